"""Figures: the values they show, the same file on every run, nothing cut off or left behind."""

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from lawreport_utils import parse_report, plots
from lawreport_utils.plots import style

mpl.use("agg")


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


OUTLINE = pd.DataFrame(
    [
        ("", 0, "", "", 10, 0, 10),
        (
            "1",
            1,
            "一、",
            "深入学习贯彻上级部署要求并持续推进法治政府建设的主要举措和成效",
            50,
            10,
            60,
        ),
        ("1.1", 2, "(一)", "健全制度", 20, 20, 40),
        ("1.1.1", 3, "一是", "修订办法", 10, 30, 40),
        ("1.2", 2, "(二)", "规范执法", 20, 40, 60),
        ("2", 1, "二、", "存在的不足", 40, 60, 100),
    ],
    columns=["number", "level", "marker", "heading", "chars", "start", "end"],
)
THEMES = pd.DataFrame(
    [
        ("1", "法治", "法治政府", 4, 40.0),
        ("1", "法治", "法治", 2, 20.0),
        ("2", "法治", "法治", 1, 5.0),
        ("10", "自拟主题", "河长制", 3, 15.0),
    ],
    columns=["number", "theme", "term", "count", "per_1000"],
)
DISPERSION = pd.DataFrame(
    {
        "term": ["法治", "监督", "没有"],
        "count": [3, 1, 0],
        "dp": [0.2, 0.9, float("nan")],
        "positions": [[0, 30, 99], [50], []],
    }
)
KEYNESS = pd.DataFrame(
    {
        "term": ["执法", "服务", "会议", "学习"],
        "count_target": [1200, 20, 5, 1],
        "count_reference": [10, 9, 5, 30],
        "keyness": [40.0, 3.0, 0.0, -25.0],
        "measure": "G2",
        "p_value": [0.0, 0.08, 1.0, 0.0],
        "log_ratio": [3.0, 1.0, 0.0, -4.0],
    }
)
OUTCOMES = pd.DataFrame(
    [
        ("刑事警情", 15.6, "%", "decrease", "change", ""),
        ("涉企行政检查频次较高领域的企业满意度", 2.5, "%", "increase", "change", "1.2"),
        ("刑事警情", 310.0, "件", None, "count", "1.1.1"),
        ("办结率", 98.0, "%", None, "level", "2"),
        ("投诉", 3.0, "件", "decrease", "change", "2"),
    ],
    columns=["metric", "value", "unit", "direction", "kind", "number"],
)
CLAIMS = pd.DataFrame({"metric": ["治安", "效率"], "number": ["1.1.2", "3"]})

FIGURES = {
    "outline": lambda **kw: plots.plot_outline(OUTLINE, **kw),
    "heat map": lambda **kw: plots.plot_theme_heatmap(THEMES, **kw),
    "heat map, named": lambda **kw: plots.plot_theme_heatmap(THEMES, outline=OUTLINE, **kw),
    "dispersion": lambda **kw: plots.plot_dispersion(DISPERSION, **kw),
    "dispersion, parts": lambda **kw: plots.plot_dispersion(DISPERSION, outline=OUTLINE, **kw),
    "keyness": lambda **kw: plots.plot_keyness(KEYNESS, **kw),
    "word cloud": lambda **kw: plots.plot_wordcloud(THEMES, **kw),
    "changes": lambda **kw: plots.plot_changes(OUTCOMES, **kw),
    "concreteness": lambda **kw: plots.plot_concreteness(OUTCOMES, CLAIMS, **kw),
}
EMPTY = {
    "outline": lambda **kw: plots.plot_outline(OUTLINE.head(0), **kw),
    "heat map": lambda **kw: plots.plot_theme_heatmap(THEMES.head(0), **kw),
    "dispersion": lambda **kw: plots.plot_dispersion(DISPERSION.head(0), outline=OUTLINE, **kw),
    "keyness": lambda **kw: plots.plot_keyness(KEYNESS.head(0), **kw),
    "word cloud": lambda **kw: plots.plot_wordcloud(THEMES.head(0), **kw),
    "changes": lambda **kw: plots.plot_changes(OUTCOMES[OUTCOMES["kind"] == "level"], **kw),
    "concreteness": lambda **kw: plots.plot_concreteness(OUTCOMES.head(0), CLAIMS.head(0), **kw),
}


def svg(ax) -> str:
    buffer = io.StringIO()
    with mpl.rc_context():
        plots.use_style()
        ax.figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    return buffer.getvalue()


def shown_texts(ax):
    return [text.get_text() for text in ax.texts]


def row_labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_table_gives_the_same_file(name, capfd):
    assert svg(FIGURES[name]()) == svg(FIGURES[name]())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_outside_the_figure_changes(name):
    before = mpl.rcParams.copy()
    _, (left, right) = plt.subplots(1, 2)
    assert FIGURES[name](ax=right, title="本局的结论") is right
    assert right.get_title() == "本局的结论"
    assert not left.has_data()
    assert mpl.rcParams == before
    assert plt.get_fignums() == [1]


LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_every_text_is_chinese_capable_inside_the_page_and_apart(name, language):
    figure = FIGURES[name](language=language).figure
    figure.canvas.draw()
    page = figure.bbox.padded(1)
    for ax in figure.axes:
        if not ax.axison:
            continue
        labels = [*ax.get_xticklabels(), *ax.get_yticklabels()]
        texts = [t for t in [*ax.texts, *labels, ax.xaxis.label, ax.title] if t.get_text().strip()]
        for text in texts:
            assert text.get_fontname() == "Noto Sans SC"
            box = text.get_window_extent()
            assert page.x0 <= box.x0 < box.x1 <= page.x1, text.get_text()
            assert page.y0 <= box.y0 < box.y1 <= page.y1, text.get_text()
        for axis in (ax.get_xticklabels(), ax.get_yticklabels()):
            boxes = [text.get_window_extent() for text in axis if text.get_text()]
            assert not any(one.overlaps(other) for one, other in pairwise(boxes))


@pytest.mark.parametrize("name", FIGURES)
def test_letters_are_read_on_a_phone(name):
    """A screen of 390 pixels shows a figure 350 pixels wide."""
    figure = FIGURES[name]().figure
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text().strip()]
    smallest = min(text.get_fontsize() for text in texts)
    assert smallest * 350 / (72 * figure.get_figwidth()) >= 8.9


def quoted():
    """Words of the report, which stay Chinese: headings, terms, names, as one text."""
    tables = (OUTLINE, THEMES[["term"]], DISPERSION, KEYNESS, OUTCOMES)
    texts = [table.select_dtypes("str").to_numpy().ravel() for table in tables]
    return "自拟主题" + "".join(map(str, np.concatenate(texts)))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_speaks_one_language(name):
    for text in FIGURES[name](language="en").figure.findobj(mpl.text.Text):
        for run in re.findall("[一-鿿]+", text.get_text().replace("\n", "")):
            assert run in quoted()
    chinese = [text.get_text() for text in FIGURES[name]().figure.findobj(mpl.text.Text)]
    assert re.findall("[A-Za-z]{3,}", " ".join(chinese)) == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_title_set_afterwards_on_ones_own_axes_shows_its_characters(name, recwarn):
    figure, ax = plt.subplots()
    FIGURES[name](ax=ax)
    ax.set_title("我的标题")
    ax.set_xlabel("我的横轴")
    figure.canvas.draw()
    assert [warning for warning in recwarn.list if "missing from font" in str(warning)] == []
    assert ax.title.get_fontname() == ax.xaxis.label.get_fontname() == "Noto Sans SC"
    assert ax.get_title(loc="left") == ax.get_title(loc="right") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_table_says_so(name, language):
    ax = EMPTY[name](language=language)
    assert shown_texts(ax) == [{"zh": "没有可以显示的数据", "en": "nothing to show"}[language]]


@pytest.mark.parametrize("name", FIGURES)
def test_another_language_is_an_error_that_lists_the_choices(name):
    with pytest.raises(ValueError, match="language must be zh or en, not 'fr'"):
        FIGURES[name](language="fr")


def test_a_report_in_place_of_a_table_is_told():
    report = parse_report("一、学习\n培训3次。")
    with pytest.raises(TypeError, match=r"such as outline\(report\) gives, not of a Report"):
        plots.plot_outline(report)
    with pytest.raises(ValueError, match=r"no column chars; outline\(report\) gives one"):
        plots.plot_outline(THEMES.assign(level=1, marker="", heading=""))


def many(table, rows, **columns):
    """A table of many rows like the last one."""
    table = pd.concat([table.tail(1)] * rows, ignore_index=True)
    numbers = [str(i + 1) for i in range(rows)]
    return table.assign(number=numbers, **columns)


MANY = {
    "outline": lambda: plots.plot_outline(many(OUTLINE, 3000)),
    "heat map": lambda: plots.plot_theme_heatmap(many(THEMES, 3000)),
    "themes": lambda: plots.plot_theme_heatmap(
        many(THEMES, 3000, theme=[f"主题{i}" for i in range(3000)]).assign(number="1")
    ),
    "dispersion": lambda: plots.plot_dispersion(pd.concat([DISPERSION] * 1000)),
    "keyness": lambda: plots.plot_keyness(pd.concat([KEYNESS] * 1000), top=1000),
    "changes": lambda: plots.plot_changes(many(OUTCOMES.head(1), 3000)),
    "concreteness": lambda: plots.plot_concreteness(many(OUTCOMES, 3000), CLAIMS),
}


@pytest.mark.parametrize("name", MANY)
def test_a_figure_of_thousands_stays_one_and_says_what_it_leaves_out(name):
    start = time.process_time()
    ax = MANY[name]()
    ax.figure.canvas.draw()
    assert time.process_time() - start < 10
    assert ax.figure.get_figheight() < 40
    assert name == "keyness" or re.search(r"只画出 3\d\d\d", ax.get_xlabel())


def test_settings_are_restored_in_threads():
    before = mpl.rcParams.copy()

    def draw(_):
        plots.plot_changes(OUTCOMES, ax=mpl.figure.Figure().add_subplot())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(draw, range(80)))
    assert mpl.rcParams == before


def test_tables_of_several_reports_name_their_reports():
    several = pd.concat([OUTCOMES.assign(report="甲.txt"), OUTCOMES.assign(report="乙.txt")])
    counted = OUTCOMES[OUTCOMES["unit"] == "件"].assign(report="丙.txt", metric="企业满意度")
    ax = plots.plot_changes(pd.concat([several, counted]))
    assert "刑事警情（乙 引言）" in row_labels(ax)
    assert len(row_labels(ax)) == 4
    assert ax.get_xlabel() == "其中同时写出绝对数的 2 个"
    themes = THEMES.drop(columns="number").assign(report=["甲.txt", "甲.txt", "乙.txt", "乙.txt"])
    ax = plots.plot_theme_heatmap(themes)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["甲", "乙"]


def test_a_word_cloud_of_what_never_occurs_says_so():
    ax = plots.plot_wordcloud(DISPERSION.tail(1))
    assert shown_texts(ax) == ["没有可以显示的数据"]


def luminance(color):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


COLOURS = (style.INK, style.MUTED, style.TEXT, style.WORDS, style.FIGURES, style.CLAIMS)


@pytest.mark.parametrize("color", COLOURS)
def test_colours_are_legible_on_white(color):
    """WCAG 2: a contrast of at least 4.5 for text."""
    assert 1.05 / (luminance(mpl.colors.to_rgb(color)) + 0.05) >= 4.5


def test_outline_bars_are_the_lengths():
    ax = plots.plot_outline(OUTLINE)
    assert [bar.get_width() for bar in ax.patches] == [10, 50, 20, 20, 40]
    assert [text.strip() for text in shown_texts(ax)] == [
        "10 字，10.0%",
        "50 字，50.0%",
        "40 字，40.0%",
    ]
    assert row_labels(ax)[1] == "一、深入学习贯彻上级\n部署要求并持续推进法…"
    ax = plots.plot_outline(OUTLINE.replace("存在的不足", "推进法治政府建设的主要举措和成效"))
    assert row_labels(ax)[2] == "二、推进法治政府建\n设的主要举措和成效"


def test_a_heading_is_no_formula():
    ax = plots.plot_outline(OUTLINE.assign(heading=r"经费$\frac$"))
    assert svg(ax)
    assert r"$\frac$" in row_labels(ax)[1]


def test_heat_map_adds_up_the_terms_of_a_theme_and_orders_divisions_by_number():
    ax = plots.plot_theme_heatmap(THEMES)
    assert ax.images[0].get_array().tolist() == [[60.0, 5.0, None], [None, None, 15.0]]
    assert shown_texts(ax) == ["6", "1", "·", "·", "·", "3"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "10"]
    assert row_labels(ax) == ["法治", "自拟主题"]


def test_dispersion_draws_a_stroke_for_each_position():
    ax = plots.plot_dispersion(DISPERSION, outline=OUTLINE)
    drawn = [[path.vertices[0][0] for path in row.get_paths()] for row in ax.collections]
    assert drawn == DISPERSION["positions"].tolist()
    assert ax.get_xlim() == (0, 100)
    assert {"引言", "一", "二"} <= set(shown_texts(ax))


def test_keyness_shows_both_ends():
    ax = plots.plot_keyness(KEYNESS, top=1)
    assert row_labels(ax) == ["执法", "学习"]
    assert [bar.get_width() for bar in ax.patches] == [40, -25]
    assert shown_texts(ax) == ["1,200 : 10", "1 : 30"]


def test_changes_have_a_sign_a_percent_sign_and_a_place():
    ax = plots.plot_changes(OUTCOMES)
    assert row_labels(ax) == ["刑事警情（引言）", "涉企行政检查频次较高领域的\n企业满意度（1.2）"]
    assert shown_texts(ax) == ["−15.6%", "+2.5%"]
    assert ax.get_xlabel() == "其中同时写出绝对数的 1 个"


def test_concreteness_counts_both_sides_by_division():
    aim = pd.DataFrame({"metric": ["安全感"], "number": ["2"], "form": ["aim"]})
    claims = pd.concat([CLAIMS.assign(form="result"), aim])
    ax = plots.plot_concreteness(OUTCOMES, claims, outline=OUTLINE)
    assert row_labels(ax) == [
        "引言",
        "(一)健全制度",
        "(二)规范执法",
        "二、存在的不足",
        "3",
    ]
    assert [bar.get_width() for bar in ax.patches] == [1, 1, 1, 2, 0, 0, -1, 0, 0, -1]


def test_word_cloud_keeps_words_whole_apart_and_in_rank():
    table = pd.DataFrame({"term": [f"术语{i}" for i in range(40)], "count": range(40, 0, -1)})
    ax = plots.plot_wordcloud(table, top=30)
    words = [patch.get_path() for patch in ax.patches]
    boxes = [word.get_extents() for word in words]
    assert len(words) == 30
    grid = np.stack(np.meshgrid(np.arange(0, 1520, 3), np.arange(-720, 0, 3)), -1).reshape(-1, 2)
    inked = sum(word.contains_points(grid).astype(int) for word in words)
    assert inked.max() == 1
    assert boxes[0].height == max(box.height for box in boxes)
    width, height = ax.get_xlim()[1], ax.get_ylim()[0]
    assert all(box.x0 >= 0 and box.x1 <= width and height <= box.y0 for box in boxes)


def test_a_changed_value_changes_the_file():
    changed = KEYNESS.assign(keyness=[40.0, 3.0, 0.0, -24.0])
    assert svg(plots.plot_keyness(changed)) != svg(plots.plot_keyness(KEYNESS))
