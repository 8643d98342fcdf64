"""Who reported, and on which year: by evidence, with a warning where it disagrees."""

from datetime import date

import pytest

from lawreport_utils import parse_report

TITLE = "青溪区2023年法治政府建设年度报告"


def read(text):
    return parse_report(text.replace("|", "\n"))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        # the title, in one line or two, before what is published or signed
        ("发布机构：市司法局|临江市人民政府|关于2023年法治政府建设的报告|一、学", "临江市人民政府"),
        ("柳林街道办事处|二〇二三年度法治政府建设工作报告|一、学习", "柳林街道办事处"),
        ("青溪区水务局2023年度法治政府建设报告|来源：区政府办|一、学习", "青溪区水务局"),
        ("青溪区2023年度法治政府建设报告|一、学习|青溪区人民政府|2024年1月3日", "青溪区人民政府"),
        ("国家税务总局青溪区税务局|2023年度法治情况报告|一、学", "国家税务总局青溪区税务局"),
        ("临江海关2022年法治政府建设年度报告|一、学", "临江海关"),
        ("中共云岭县委 云岭县人民政府|关于2024年法治的报告|一、学", "中共云岭县委 云岭县人民政府"),
        ("青溪区发展和改革局“十四五”法治政府建设报告|一、学", "青溪区发展和改革局"),
        ("青溪经济技术开发区管理委员会2024年法治报告|一、学", "青溪经济技术开发区管理委员会"),
        ("临江市烟草专卖局(公司)2024年法治建设报告|一、学", "临江市烟草专卖局(公司)"),
        ("临江市林业局（园林局）2024年法治建设报告|一、学", "临江市林业局（园林局）"),
        ("青溪区行政执法局（城管局）2023年法治报告|一、学", "青溪区行政执法局（城管局）"),
        ("临江市公安局交通警察支队2024年法治报告|一、学", "临江市公安局交通警察支队"),
        # without what a site puts before it, or behind it
        ("文库—每日更新www.example.com临江省人民政府关于2023年度法治政府建设情况的报告|一、学",
         "临江省人民政府"),
        ("临江市司法局 | 2024年法治政府建设年度报告|一、学", "临江市司法局"),
        pytest.param(
            "海州—云岭合作区管委会2024年法治报告|一、学", "海州—云岭合作区管委会",
            marks=pytest.mark.xfail(reason="a dash in a name is taken for a site's", strict=True),
        ),
        # its opening, ended where something is said of it
        ("2024年度法治报告|2024年，青溪区消防救援大队在区委领导下。|一、学", "青溪区消防救援大队"),
        ("2024年，望河镇坚持以习近平法治思想为指导，推进工作。|一、学习", "望河镇"),
        ("2024年是关键之年，也是桃林街道发展之年。桃林街道认真贯彻要求。|一、学习", "桃林街道"),
        ("2024年以来，在县委坚强领导下，青石县财政局党组聚焦主业。|一、学习", "青石县财政局"),
        ("年，望河区税务局在区委的领导下，取得新成效。|1.以防为先", "望河区税务局"),
        ("受青溪区人民政府委托，现将2024年度情况报告如下：|一、学习", "青溪区人民政府"),
        ("县委县政府高度重视。市委依法治市办指导。青石县水利局围绕中心。|一、学", "青石县水利局"),
        ("法治政府建设报告|区公安局依法履职。|一、学|青溪区公安局|2024年1月3日", "青溪区公安局"),
        ("根据临江市委依法治市办要求，现予公布。|2025年，市水利局坚持治水。|一、学", "市水利局"),
        # a line of its own, the sign-off, the publisher
        ("关于2023年度法治政府建设情况的报告|青溪区人民政府|一、学习", "青溪区人民政府"),
        ("法治政府建设报告|现报告如下。|一、学|青石县司法局|二〇二四年一月三日", "青石县司法局"),
        ("法治政府建设情况的报告|发布机构：青石县司法局|一、学", "青石县司法局"),
        # a letter that hands the report in: who, by its title, its opening, its letterhead
        ("青溪区司法局关于报送2024年法治报告的函|区委办：|一、学", "青溪区司法局"),
        ("关于报送青溪区司法局2024年法治政府建设报告的函|一、学", "青溪区司法局"),
        ("关于报送2024年法治情况的报告|现将青溪区水务局2024年情况报告：|一、学", "青溪区水务局"),
        ("关于报送2022年法治报告的函|我市学习。|一、学|临江市政府|2023年2月1日", "临江市政府"),
        ("中共青石县委：|2024年，有序推进。现将望河镇2024年工作总结如下：|一、学", "望河镇"),
        ("青石县水利局文件|青水〔2024〕3号|关于上报2023年法治报告的函|一、学", "青石县水利局"),
        ("关于呈报2021年法治报告的请示|现将我局2021年、全市2021年情况报告：|一、学", ""),
        # never the addressee, a later sentence, who leads
        ("白杨区委全面依法治区委员会：|现将2025年工作总结如下。|一、学", ""),
        ("市人民政府、县人大常委会：|现将情况报告如下。|一、学|已向区委区政府、市水利局报告。", ""),
        ("按照《规划》，现将工作报告如下。|一、学|2024年，青石县水利局坚持治水。", ""),
        ("2024年，在市委、市政府坚强领导下，全市各级机关坚持依法行政。|一、学", ""),
    ],
)  # fmt: skip
def test_agency(text, agency):
    assert read(text).agency == agency


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("青溪区2023年法治政府建设年度报告|现将有关情况报告如下。|一、学", 2023),
        ("青溪区2023法治政府建设年度报告|一、学", 2023),
        ("青溪区城管局二〇二四年法治政府建设年度报告|一、学", 2024),
        ("青溪区住建局2023年度法治报告|《纲要（2021—2025年）》。|一、公开2022年度部门决算。", 2023),
        ("青溪区应急局|关于2024年度法治情况的报告|按照2025年度普法计划。|一、学", 2024),
        ("青溪区发改局“十四五”法治政府建设报告|2025年，青溪区发改局推进工作。|一、学", 2025),
        ("2024年度部门决算|现将我局2023年法治政府建设情况报告如下：|一、学", 2023),
        ("县公安局2021—2025年法治建设规划实施报告|现将2024年工作情况总结如下。|一、学", 2024),
        ("按照《规划（2020—2025年）》《纲要（2021年—2025年）》，报告如下。|一、2024年概况", 2024),
        ("法治政府建设报告|2025年度预算。|一、学|2024年，办件。较2023年增长。2024年，查。", 2024),
        ("法治政府建设报告|一、学|到2025年，建成。2023年，办件12件。", 2023),
        ("法治政府建设报告|2019年印发文件。|一、学|2023年，查。|青溪区司法局|2024年1月9日", 2023),
        ("法治政府建设报告|一、学|青溪区司法局|2024年1月9日", 2023),
        ("法治政府建设报告|一、学|青溪区司法局|2023年12月28日", 2023),
        ("法治政府建设报告|落实规划（2021—2025年）。|一、学", None),
    ],
)  # fmt: skip
def test_year(text, year):
    report = read(text)
    assert (report.year, report.warnings) == (year, ())


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (f"{TITLE}|现将2024年工作情况报告如下：|一、学",
         "The title is on 2023, the opening on 2024: 2023 was taken for the year of the report."),
        (f"{TITLE}|一、学|青溪区人民政府|2026年1月10日",
         "The date printed, 2026-01-10, doesn't go with a report on 2023: check the year of the "
         "report."),
        ("临江市水务局2023年法治政府建设年度报告|一、学|临江市财政局|2024年1月10日",
         "The title names 临江市水务局, the sign-off 临江市财政局: 临江市水务局 was taken for the "
         "issuing body."),
    ],
)  # fmt: skip
def test_evidence_that_disagrees_is_named(text, warning):
    assert read(text).warnings == (warning,)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("关 于 2023 年 度 法 治 政 府 建 设 情 况 的 报 告", "关于2023年度法治政府建设情况的报告"),
        ("青 溪 区 2023 年 法 治 政 府 建 设 年 度 报 告", TITLE),
        (f"# {TITLE}", TITLE),
        (f"# **{TITLE}**", TITLE),
    ],
)
def test_titles_set_apart(line, title):
    report = read(f"政务公开|{line}|一、学习|二、执法")
    assert (report.title, report.year) == (title, 2023)


def belongs(report, words):
    place = report.text.index(words)
    return next(leaf.section.number for leaf in report.leaves if leaf.start <= place < leaf.end)


@pytest.mark.parametrize(
    "closing",
    [
        "青溪区司法局|2024年1月10日",
        "青 溪 区 司 法 局|2024 年 1 月 10 日",
        "（青溪区司法局 2024年1月10日）",
        "青溪区司法局|二〇二四年一月十日|（联系人：办公室）",
    ],
)
def test_the_sign_off_is_no_part_of_the_last_item(closing):
    report = read(f"{TITLE}|一、做法|（一）学法|（二）下一步打算|一是学。|二是查。|{closing}")
    assert report.published == date(2024, 1, 10)
    assert belongs(report, "查") == "1.2.2"
    assert belongs(report, closing.split("|")[0]) == "1"


def test_a_table_is_no_part_of_the_item_before_it():
    rows = "指标\t2022年\t2023年|案件\t10件\t12件"
    report = read(f"{TITLE}|一、做法|一是学。|二是查。|{rows}|二、打算")
    assert [belongs(report, words) for words in ("查", "指标", "12件", "打算")] == [
        "1.2", "1", "1", "2",
    ]  # fmt: skip
