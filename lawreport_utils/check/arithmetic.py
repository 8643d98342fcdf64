"""Figures that must fit one another: a total and its parts, two values and the stated change."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from .finding import Checked, Figure, Finding, choice

# What leads from a total to its parts: after 分别为 and 分为 all parts are listed, after 其中 some.
_TO_PARTS = re.compile(
    r"[^,;:。()\d]{0,10}[,:(] ?"
    r"(?:(?P<all>(?:分别|依次)(?:为|是)|分为)|其中|包括|分别)(?P<name>[^,;。\d]*)"
)
_JOINT = re.compile(r"(?P<join>[、,]|以及|和|及) ?(?P<name>[^,;:。、()\d]{0,24})")
_REST = re.compile("其[他它余]|剩余|余下")
_IN_ALL = re.compile(r"[,;、]? ?(?:合计|共计|总计|总共|一共|共)(?:为|是|达)?")


def check_sums(checked: Checked) -> Iterator[Finding]:
    """``sum``: a total against its parts.

    Evidence: figures with the measure word of the total, joined by 、 or , alone, right after it
    and 其中, 分别为, 分为, 包括; or right before 合计, 共计. They must add up where the list
    says that it is complete: it ends in 其他 or 其余, begins with 分别为, or leads to 合计. After
    其中 alone they must not exceed the total: one part never; their sum where they exclude one
    another (食品类、药品类; 维持、撤销; 日常检查、专项检查 of 执法检查). Shares (治安类占40%)
    that end in 其他占 must add up to 100%. Rounding, 余 and 近 are allowed for.
    """
    for _, _, _, group in checked.by_sentence:
        yield from _leading_total(checked, group)
        yield from _closing_total(checked, group)
        yield from _shares(checked, group)


def _leading_total(checked: Checked, group: list[Figure]) -> Iterator[Finding]:
    for i, (total, first) in enumerate(pairwise(group)):
        lead = _TO_PARTS.fullmatch(checked.folded, total.end, first.start)
        if not lead or not _counted_alike(total, first):
            continue
        parts, names = _parts(checked, group[i + 1 :], lead["name"])
        closed = bool(lead["all"] or _REST.search(names[-1]))
        if over := next((part for part in parts if part.low > total.high), None):
            yield _finding(checked, "sum_part", total, [over])
        elif len(parts) > 1:
            clause = checked.folded[checked.clause(total.start) : total.start]
            if _off(total, parts) if closed else _too_many(total, parts, names, clause):
                yield _finding(checked, "sum", total, parts)


def _parts(checked: Checked, figures: list[Figure], name: str) -> tuple[list[Figure], list[str]]:
    """The figures of a list that starts with the first one, and the names before them."""
    parts, names, join = figures[:1], [name], ""
    for before, part in pairwise(figures):
        joint = _JOINT.fullmatch(checked.folded, before.end, part.start)
        alike = part.unit == parts[0].unit and part.kind == parts[0].kind
        if not joint or not alike or _REST.search(names[-1]):
            break
        if join == "、" and joint["join"] == ",":
            break  # A 5件、B 7件,移送3件: the list has ended
        join = join or joint["join"]
        parts.append(part)
        names.append(joint["name"])
    return parts, names


def _closing_total(checked: Checked, group: list[Figure]) -> Iterator[Finding]:
    for i in range(2, len(group)):
        total = group[i]
        if not _IN_ALL.fullmatch(checked.folded, group[i - 1].end, total.start):
            continue
        parts, lists = [group[i - 1]], list[list[Figure]]()
        for before, part in reversed([*pairwise(group[:i])]):
            joint = _JOINT.fullmatch(checked.folded, before.end, part.start)
            if not joint or not _counted_alike(total, before):
                break
            if joint["join"] == ",":  # the list may begin here or go back further
                lists.append(parts[:])
            parts.insert(0, before)
        lists.append(parts)
        lists = [each for each in lists if len(each) > 1]
        if lists and all(_off(total, each) for each in lists):
            yield _finding(checked, "sum", total, lists[0])


def _shares(checked: Checked, group: list[Figure]) -> Iterator[Finding]:
    """Shares of a whole of which the last is that of all others."""
    at = 0
    while at < len(group):
        begin = checked.clause(group[at].start)
        parts, names = _parts(checked, group[at:], checked.folded[begin : group[at].start])
        at += len(parts)
        shares = [part for part in parts if part.unit == "%" and part.kind == "level"]
        last = re.fullmatch(f"(?:{_REST.pattern}).{{0,4}}占(?:比)?", names[-1])
        if last and len(parts) > 1 and len(shares) == len(parts):
            low, high = sum(p.low for p in parts), sum(p.high for p in parts)
            if low > _WHOLE or high < _WHOLE:
                span = parts[0].start, parts[-1].end
                said = {"found": f"{sum(part.value for part in parts):g}%"}
                said["quote"] = checked.text[begin : parts[-1].end].strip(" 　、")
                yield Finding("sum", "sum_shares", span, said=said)


_WHOLE = 100.0


def _counted_alike(total: Figure, part: Figure) -> bool:
    stated = {total.kind, part.kind} <= {"count", "level"}
    return stated and total.unit == part.unit != "" and total.unit not in ("%", "倍")


def _off(total: Figure, parts: list[Figure]) -> bool:
    low, high = sum(p.low for p in parts), sum(p.high for p in parts)
    return low > total.high or high < total.low


def _too_many(total: Figure, parts: list[Figure], names: list[str], clause: str) -> bool:
    """Do parts that exclude one another exceed their total?"""
    names = [name.strip() for name in names]
    ends = takewhile(_same, zip(*map(reversed, names), strict=False))
    head = "".join(signs[0] for signs in ends)[::-1]  # 日常检查、专项检查: 检查
    sorts = head in _HEADS or (len(head) > 1 and head in clause and not any(map(_OVERLAP, names)))
    exclusive = sorts or all(_DECIDED.search(name) for name in names)
    return exclusive and sum(part.low for part in parts) > total.high


def _same(signs: tuple[str, ...]) -> bool:
    return len(set(signs)) == 1


_HEADS = tuple(choice("exclusive_heads").split("|"))
_DECIDED = re.compile(choice("exclusive_decisions"))
_OVERLAP = re.compile(choice("overlapping")).search


def _finding(checked: Checked, question: str, total: Figure, parts: list[Figure]) -> Finding:
    said = {
        "quote": checked.quote(total),
        "unit": total.unit,
        "part": checked.quote(parts[0]),
        "found": f"{sum(part.value for part in parts):g}",
        "parts": " + ".join(checked.text[part.start : part.end] for part in parts),
    }
    return Finding("sum", question, (total.start, total.end), (parts[0].start, parts[-1].end), said)


_UP, _DOWN = choice("up"), choice("down")
_FROM = re.compile(r"[由从][^,;:。]{0,16}$")
_TO = re.compile(
    rf" ?,?(?:{choice('degree')})*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅)?(?:至|到|为|成)"
    r"(?:(?:今年|本年度?|20\d\d年)的?)?"
)
_LAST_YEAR = r"20\d\d年|上一?年|去年|前年|上年度"
# …150件,2023年受理120件 / …150件(上年120件) / …150件,较上年的120件
_YEAR_PAIR = re.compile(
    rf"[,;(] ?(?:而|较|比|与)?(?P<year>{_LAST_YEAR})(?:度|全年|同期)*(?:的|为|是|有|仅|共)*"
    r"(?P<name>[^,;:。()\d]{0,12}?)(?:为|是|有|达|共)?"
)
# 2023年、2024年分别…120件、150件
_TWO_YEARS = re.compile(r"(20\d\d)年(?:度)?[、和](20\d\d)年[^,;。\d]*$")
_CHANGE = re.compile(
    rf"\)? ?[,;(]? ?(?:相比|同比|环比|(?:较|比)(?:{_LAST_YEAR})(?:同期)?)*,?"
    rf"(?:{choice('degree')})*(?:{_UP}|{_DOWN}|[增升涨降减]?幅度?)(?:了|率|幅度?|达到?|为)*"
)
_YEAR = re.compile(r"(20\d\d)年")


def check_rates(checked: Checked) -> Iterator[Finding]:
    """``rate``: two values against the change that is stated right after them.

    Evidence: 由 A 增至 B or 从 A 降到 B (the verb must go the same way as the values), or B and
    in the next clause A with 上年 or another year and no other name; then, with nothing but words
    of change between, the change in %, 个百分点, 倍 or the measure word itself. Rounding, cutting
    off and bounds are allowed for; from 80% to 88%, both 8% and 10% are accepted.
    """
    for _, start, _, group in checked.by_sentence:
        for i, (first, second) in enumerate(pairwise(group)):
            third = group[i + 2] if i + 2 < len(group) else None
            pair = _from_to(checked, first, second) or _years(checked, first, second, start)
            if not pair or first.unit not in (second.unit, "") or "target" in (first.kind,):
                continue
            before, after, wrong_way = pair
            if wrong_way:
                yield _rate(checked, "rate_direction", second, (first, first), before, after)
            elif (
                third
                and _CHANGE.fullmatch(checked.folded, second.end, third.start)
                and not _fits(before, after, third)
            ):
                yield _rate(checked, "rate", third, (first, second), before, after)


_Pair = tuple[Figure, Figure, bool]  # before, after, does the verb go the other way?


def _from_to(checked: Checked, first: Figure, second: Figure) -> _Pair | None:
    verb = _TO.fullmatch(checked.folded, first.end, second.start)
    origin = _FROM.search(checked.folded, max(0, first.start - 17), first.start)
    ranks = re.search("排名|位次|名次|位列", checked.folded[max(0, first.start - 17) : first.start])
    if not verb or not origin or ranks:
        return None
    fell, rose = second.high < first.low, second.low > first.high
    return first, second, bool((verb["up"] and fell) or (verb["down"] and rose))


def _years(checked: Checked, first: Figure, second: Figure, start: int) -> _Pair | None:
    clause = checked.folded[start : first.start]
    if checked.folded[first.end : second.start] in ("、", "和"):
        years = _TWO_YEARS.search(clause)
        if years and years[1] != years[2]:
            return (first, second, False) if years[1] < years[2] else (second, first, False)
    named = _YEAR_PAIR.fullmatch(checked.folded, first.end, second.start)
    if not named or first.unit != second.unit:
        return None
    if named["name"].strip() not in clause:
        return None  # something else is counted
    own, other = [*_YEAR.finditer(clause)], _YEAR.match(named["year"])
    if own and other and int(own[-1][1]) < int(other[1]):
        return first, second, False
    return second, first, False


def _fits(before: Figure, after: Figure, stated: Figure) -> bool:
    """Can the change be what is stated, however the three were rounded or cut off?"""
    step = stated.value - stated.low
    low, high = sorted((stated.low - step, stated.high + step))
    if stated.direction == "decrease":
        low, high = -high, -low
    found = [(after.low - before.high, after.high - before.low)]  # points, or the measure word
    if stated.unit in ("%", "倍"):
        scale = 100 if stated.unit == "%" else 1
        if before.low <= 0:
            return True
        growth = after.low / before.high - 1, after.high / before.low - 1
        rates = [(scale * growth[0], scale * growth[1])]
        if stated.unit == "倍":  # 增长1.5倍 is read both ways
            rates.append((after.low / before.high, after.high / before.low))
        found = rates + (found if before.unit == "%" else [])
    elif (
        stated.unit not in (after.unit, "个百分点")
        or (stated.unit == "个百分点" and after.unit != "%")
        or (stated.kind != "change" and not stated.direction)
    ):
        return True
    return any(least - _EXACT <= high and low <= most + _EXACT for least, most in found)


_EXACT = 1e-9


def _rate(
    checked: Checked, question: str, place: Figure, pair: tuple[Figure, Figure],
    before: Figure, after: Figure,
) -> Finding:  # fmt: skip
    difference = after.value - before.value
    if place.unit == "%":
        found = f"{abs(difference) / before.value * 100:.1f}%"
    elif place.unit == "倍":
        found = f"{after.value / before.value:.2f}"
    else:
        found = f"{abs(difference):g}{place.unit}"
    said = {
        "before": checked.text[before.start : before.end],
        "after": checked.text[after.start : after.end],
        "stated": checked.text[place.start : place.end],
        "quote": checked.text[checked.clause(place.start) : place.end],
        "found": found,
    }
    return Finding("rate", question, (place.start, place.end), (pair[0].start, pair[1].end), said)
