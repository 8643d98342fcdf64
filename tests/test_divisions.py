"""Markers of every make as they are met in files, each with what looks like it and is none."""

import pytest

from lawreport_utils import check_numbering, outline, parse_report, sentences

TITLE = "青溪区2023年法治政府建设年度报告"


def rows(text):
    """The divisions: "number marker heading"."""
    table = outline(parse_report(text)).query("level > 0")
    return [f"{row.number} {row.marker} {row.heading}" for row in table.itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1 学习|1.2 执法", ["1 1.1 学习", "2 1.2 执法"]),
        ("1．1学习|1．2执法", ["1 1．1 学习", "2 1．2 执法"]),
        ("1.1、学习|1.2、执法", ["1 1.1、 学习", "2 1.2、 执法"]),
        ("1 总体|1.1 学习|2 问题", ["1 1 总体", "1.1 1.1 学习", "2 2 问题"]),
        ("1.1 学|1.1.1 甲|1.1.2 乙|1.2 法",
         ["1 1.1 学", "1.1 1.1.1 甲", "1.2 1.1.2 乙", "2 1.2 法"]),
        ("一、学|1.1 甲|二、法|2.1 乙", ["1 一、 学", "1.1 1.1 甲", "2 二、 法", "2.1 2.1 乙"]),
        ("3.15活动开展。|1.2亿元投入。|2.3 万户|1 月完成。|2 月开始。", []),
        ("第1章 总|第2章 分", ["1 第1章 总", "2 第2章 分"]),
        ("第 1 部分 工作|第 2 部分 问题", ["1 第 1 部分 工作", "2 第 2 部分 问题"]),
        ("第 一 章 总|第 一 节 甲|第 二 章 分",
         ["1 第 一 章 总", "1.1 第 一 节 甲", "2 第 二 章 分"]),
        ("第一章的要求|第1部分为重点", []),
        ("## 一、学习|**（一）普法**|> 二、执法",
         ["1 一、 学习", "1.1 （一） 普法", "2 二、 执法"]),
        ("### **一、学习** ###|1\\. 甲|2\\. 乙", ["1 一、 学习", "1.1 1\\. 甲", "1.2 2\\. 乙"]),
        ("一、学。**一是**甲。**二是**乙。", ["1 一、 学", "1.1 一是 甲", "1.2 二是 乙"]),
        ("● 一、学|\uf06c二、法|· 1.甲|- 2.乙",
         ["1 一、 学", "2 二、 法", "2.1 1. 甲", "2.2 2. 乙"]),
        ("20.甲。|21.5+2之家。|22.乙。", ["1 20. 甲", "2 21. 5+2之家", "3 22. 乙"]),
        ("1.24小时服务。|2.110联动。|3.丙", ["1 1. 24小时服务", "2 2. 110联动", "3 3. 丙"]),
        ("20.甲。|21.5亿元。|30.乙", ["1 20. 甲", "2 30. 乙"]),
        ("一、甲|一)学|二)法", ["1 一、 甲", "1.1 一) 学", "1.2 二) 法"]),
        ("一、甲|（一、学|（二、法", ["1 一、 甲", "1.1 （一、 学", "1.2 （二、 法"]),
        ("一　学|二　法", ["1 一 学", "2 二 法"]),
        ("壹、学|贰、法", ["1 壹、 学", "2 贰、 法"]),
        ("甲、学|乙、法", ["1 甲、 学", "2 乙、 法"]),
        ("子、学|丑、法", ["1 子、 学", "2 丑、 法"]),
        ("a.学|b.法", ["1 a. 学", "2 b. 法"]),
        ("(a)学|(b)法", ["1 (a) 学", "2 (b) 法"]),
        ("i.学|ii.法|iii.查", ["1 i. 学", "2 ii. 法", "3 iii. 查"]),
        ("Ⅰ.学|Ⅱ.法", ["1 Ⅰ. 学", "2 Ⅱ. 法"]),
        ("❶学|❷法", ["1 ❶ 学", "2 ❷ 法"]),
        ("⓵学|⓶法", ["1 ⓵ 学", "2 ⓶ 法"]),
        ("第一部份 学|第二部份 法", ["1 第一部份 学", "2 第二部份 法"]),
        ("一丶学|二丶法", ["1 一丶 学", "2 二丶 法"]),
        ("1.甲|2.3.15活动|3.乙", ["1 1. 甲", "2 2. 3.15活动", "3 3. 乙"]),
        ("1.1 学|1.1.1甲|1.2 法", ["1 1.1 学", "1.1 1.1.1 甲", "2 1.2 法"]),
        ("A类企业|B、C类企业|甲、乙双方|丁、戊", []),
    ],
)  # fmt: skip
def test_markers(text, expected):
    assert rows(f"{TITLE}\n" + text.replace("|", "\n")) == expected


@pytest.mark.parametrize(
    ("paragraph", "below"),
    [
        ("成绩来之不易。一、二、三产业增加值分别增长4%、5%、6%。", []),
        ("一、二审案件均下降。一、二级响应两次。", []),
        ("要求如下：一、学。二、查。", ["1.1 一、 学", "1.2 二、 查"]),
    ],
)
def test_a_list_of_its_own_kind_in_mid_paragraph_needs_a_second_of_its_own(paragraph, below):
    text = f"{TITLE}\n一、回顾。{paragraph}\n二、打算\n加强监督。"
    heading = "1 一、 回顾"
    assert rows(text) == [heading, *below, "2 二、 打算"]


def test_the_numbers_of_decimals_and_of_items_on_figures_follow_one_another():
    text = "1 学\n1.1 甲\n1.2 乙\n2 法\n2.1 丙\n2.3 丁\n一、查\n1.24小时\n2.110联动\n3.丙"
    found = check_numbering(parse_report(text))
    assert found[["marker", "issue", "expected"]].to_numpy().tolist() == [["2.3", "gap", 2]]


def test_bullets_and_rules_are_no_sentences():
    text = "## 一、学习\n***\n办理3件。\n## 二、执法\n——\n好。"
    assert sentences(parse_report(text))["sentence"].tolist() == [
        "一、学习", "办理3件。", "二、执法", "好。",
    ]  # fmt: skip
