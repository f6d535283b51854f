"""The words of time, read from lexicon/periods.toml into one pattern.

In: the word list. Out: `Words`, with the composed pattern that `periods` reads texts with, and
`read_number` for the numerals that stand in statements of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dz_analysis.lexicon import load_rules, one_of

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
DIGITS |= {c: i for i, c in enumerate("０１２３４５６７８９")}
DIGITS |= {str(i): i for i in range(10)}

SPACE = r"[ \u3000\u00a0]?"
TO = r"(?:[-—–－~～〜至到]{1,2})"
CIPHER = "[0-9０-９]"
MONTH = "(?:1[0-2]|0?[1-9]|１[０-２]|[１-９]|十[一二]?|[一二三四五六七八九])"
YEAR = (
    rf"(?:(?:19|20){CIPHER}{{2}}|(?:１９|２０){CIPHER}{{2}}"
    r"|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
)
PLAN = "(?:[六七八九]五|十[一二三四五六]?五)"
AMOUNT = r"[\d.．:：%％]{0,24}"  # the numbers before, where three stand in one: 30:41:29
COUNT = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"


@dataclass(frozen=True, slots=True)
class Words:
    """The word list in the shapes that reading needs."""

    trigger: re.Pattern[str]
    pattern: re.Pattern[str]
    alone: tuple[tuple[str, str], ...]
    relative: Mapping[str, tuple[int, str]]
    parts: Mapping[str, tuple[int, int]]
    events: Mapping[str, str]
    edge_end: tuple[str, ...]
    edge_start: tuple[str, ...]
    since: tuple[str, ...]
    future: tuple[str, ...]
    base_before: tuple[str, ...]
    base_strong: tuple[str, ...]
    base_after: tuple[str, ...]
    times_before: tuple[str, ...]
    times_after: re.Pattern[str]
    record: re.Pattern[str]
    origin: tuple[str, ...]
    turn: re.Pattern[str]
    not_time: tuple[str, ...]
    brought: tuple[str, ...]
    among: tuple[str, ...]
    by_part: re.Pattern[str]
    attribute: re.Pattern[str]
    earlier: re.Pattern[str]
    later: re.Pattern[str]
    moved: re.Pattern[str]
    related: re.Pattern[str]
    reached: re.Pattern[str]
    this_is: re.Pattern[str]
    kept: re.Pattern[str]
    mean: re.Pattern[str]
    summed: re.Pattern[str]
    changed: re.Pattern[str]
    relation: re.Pattern[str]
    joint: re.Pattern[str]
    compared: re.Pattern[str]
    each: str
    same: tuple[str, ...]
    amount_of_base: re.Pattern[str]
    report: re.Pattern[str]
    history: re.Pattern[str]
    history_before: tuple[str, ...]
    remark: re.Pattern[str]
    opening: re.Pattern[str]


def read_number(numeral: str) -> int:
    """Read a numeral of a year, a month or a count.

    Examples
    --------
    >>> read_number("2021"), read_number("二〇一九"), read_number("十一"), read_number("二十")
    (2021, 2019, 11, 20)
    """
    if "十" in numeral:
        tens, ones = numeral.split("十", 1)
        return 10 * (read_number(tens) if tens else 1) + (read_number(ones) if ones else 0)
    value = 0
    for character in numeral:
        value = 10 * value + DIGITS[character]
    return value


@cache
def load_words() -> Words:
    """Read the word list once for the process."""
    rules = load_rules("periods")
    base, edge, reached, origin = (rules[k] for k in ("base", "edge", "reached", "origin"))
    about, times = one_of(base["about"]), "[0-9.．一二两三四五六七八九十百半]{1,8}"
    relative = {row["word"]: (row["years"], row["from"]) for row in rules["year"]}
    parts = {row["word"]: (row["months"][0], row["months"][1]) for row in rules["part"]}
    events = {row["word"]: row["month"] for row in rules["event"]}
    strong = tuple(word for word in base["before"] if word not in base["weak"])
    pattern = _compose(rules, relative, parts, events)
    alone = [name for name in pattern.groupindex if name.startswith("alone_")]
    return Words(
        trigger=_trigger(rules, [*relative, *parts, *events]),
        pattern=pattern,
        alone=tuple((name.removeprefix("alone_"), name) for name in alone),
        relative=relative,
        parts=parts,
        events=events,
        edge_end=tuple(edge["end"]),
        edge_start=tuple(edge["start"]),
        since=tuple(rules["since"]["words"]),
        future=tuple(rules["span"]["future"]),
        base_before=tuple(base["before"]),
        base_strong=strong,
        base_after=tuple(base["after"]),
        times_before=tuple(base["times_before"]),
        times_after=re.compile(rf"的?{about}?{times}{one_of(base['times_after'])}"),
        each=base["each"],
        same=tuple(base["same"]),
        amount_of_base=re.compile(
            rf"(?:[^，。；\d]{{0,12}}{one_of(base['counts'])})?的{about}?(?!{times}{one_of(base['times_after'])})(?:[0-9.]+(?:[:：∶︰][0-9.]+)*|第)"
        ),
        record=re.compile(rf"的?{one_of(base['record'])}"),
        origin=tuple(rules["origin"]["before"]),
        turn=re.compile(rf"{one_of(rules['origin']['until'])}|[，。；;\n]"),
        not_time=tuple(rules["not_time"]["after"]),
        brought=tuple(rules["not_time"]["brought"]),
        history=re.compile(
            rf"(?=[^，,。；;：:\n\d]{{0,60}}(?:[，,。；;\n]|$))[^，,。；;\n]{{0,30}}?"
            rf"{one_of(rules['history']['after'])}"
        ),
        history_before=tuple(rules["history"]["before"]),
        remark=re.compile(rf"{one_of(rules['history']['remark'])}?[)）]"),
        # 2013年的税收: of this clause; 2013年的目标是：: of what it announces
        attribute=re.compile(r"度|之?前|的(?![^，,。；;\n\d]{0,24}(?:[：:]|是[，,]))"),
        # 由5亿元…, and 从全省第六位…
        earlier=re.compile(rf"{one_of(origin['before'])}(?!于)[\u4e00-\u9fff]{{0,4}}{AMOUNT}$"),
        later=re.compile(
            rf"[^，,。；;\n]{{1,30}}[，,]?{one_of(origin['change'])}{one_of(origin['until'])}"
        ),
        moved=re.compile(
            rf"{one_of(origin['before'])}[^，,。；;\n]{{1,24}}"
            rf"{one_of(origin['change'])}{one_of(origin['until'])}"
        ),
        related=re.compile(rf"[^，,。；;\n]{{1,12}}[，,]{one_of(reached['relation'])}"),
        reached=re.compile(f"{one_of(reached['words'])}{one_of(reached['small'])}?{AMOUNT}$"),
        mean=re.compile(f"{one_of(reached['means'])}(?!{one_of(reached['not_means'])})"),
        this_is=re.compile(rf"[\s—－\-·]{{0,4}}{one_of(rules['span']['this'])}"),
        kept=re.compile(one_of(reached["kept"])),
        summed=re.compile(one_of(reached["sums"])),
        changed=re.compile(rf"{one_of(reached['changes'])}(?!值)"),
        relation=re.compile(one_of(reached["relation"])),
        among=tuple(rules["opening"]["among"]),
        by_part=re.compile(one_of(rules["opening"]["by_part"])),
        compared=re.compile(rf"[^，。；\n]{{0,20}}{one_of(base['compared'])}"),
        joint=re.compile(f"{one_of(base['joints'])}"),
        report=re.compile(f"[，,]?[^，,。；\n]{{0,12}}{one_of(rules['not_time']['news'])}"),
        opening=_opening(rules["opening"]["words"]),
    )


def _opening(words: Iterable[str]) -> re.Pattern[str]:
    """Only opening words, ordinals, list signs or one short place name."""
    place = r"[\u4e00-\u9fff]{1,6}(?<![社小园校片])[省市县区州盟旗]"
    sign = r"[\s·•●■◆\-－]|[一二三四五六七八九十]{1,2}是|[（(]?\d{1,2}[).）、．]"
    return re.compile(rf"(?:{sign}){{0,4}}(?:{one_of(words)}){{0,4}}(?:{place})?{one_of(words)}?")


def _trigger(rules: Mapping[str, dict[str, list[str]]], words: Iterable[str]) -> re.Pattern[str]:
    """Return a cheap pattern that stands wherever a statement of time may begin.

    The composed pattern has too many ways to begin for the engine to skip what is none; asking
    it only where this one stands makes reading several times faster.
    """
    span, edge, founding = rules["span"], rules["edge"], rules["founding"]
    listed = [*words, *span["past"], *span["future"], *edge["end"], *edge["start"]]
    listed += [*rules["so_far"]["words"], *rules["present"]["words"], *founding["before"]]
    alone = set('截到至第前头“"「『') | {word for word in listed if len(word) == 1}
    first, second = {word[0] for word in listed}, {word[1] for word in listed if len(word) > 1}
    numeral, behind = "0-9０-９〇○零一二两三四五六七八九十", "年月季个五全上下\\-—–－~～〜至到"
    # All its ways begin with one class of characters: the engine skips the rest of the text.
    return re.compile(
        rf"""[{numeral}{_class(first | alone)}](?:
            (?<=[{numeral}])[{numeral}]{{0,3}}{SPACE}(?=[{behind}])
          | (?<=[{_class(alone)}])
          | (?<=[{_class(first)}])(?=[{_class(second)}])
        )""",
        re.VERBOSE,
    )


def _class(characters: Iterable[str]) -> str:
    return re.escape("".join(sorted(characters)))


def _compose(
    rules: Mapping[str, dict[str, list[str]]],
    relative: Iterable[str],
    parts: Iterable[str],
    events: Iterable[str],
) -> re.Pattern[str]:
    """Compose the pattern from named pieces; every repetition in it is bounded."""
    edge = [*rules["edge"]["end"], *rules["edge"]["start"]]
    long_edge = [word for word in edge if word.startswith(("年", "期"))]
    ends = one_of(rules["edge"]["end"])
    since, span, plan = one_of(rules["since"]["words"]), rules["span"], rules["plan"]
    part = rf"""(?:
        (?P<part>{one_of(parts)})
      | (?P<month_from>{MONTH}){SPACE}月?份?{SPACE}{TO}{SPACE}(?P<month_to>{MONTH}){SPACE}月份?
      | [前头]{SPACE}(?P<first_months>{MONTH}){SPACE}个月
      | 前{SPACE}(?P<first_quarters>[一二三两四1-4]){SPACE}个?季度
      | 第?{SPACE}(?P<quarter>[一二三四1-4]){SPACE}季度(?P<quarter_edge>{ends})?
      | (?P<month>{MONTH}){SPACE}月(?P<month_word>份)?
        (?:{SPACE}(?P<day>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}){SPACE}[日号]|(?P<month_edge>{one_of(edge)}))?
      | (?P<edge>{one_of(edge)})
    )"""
    whole = f"(?={one_of(word for word in parts if word.endswith('年'))})"  # 2022全年
    year = rf"""(?:
        (?P<year>{YEAR}){SPACE}(?:年?{SPACE}{TO}{SPACE}(?P<year_to>{YEAR}){SPACE})?(?:年|{whole}|(?=的[0-9]))
      | (?P<relative>{one_of(relative)})
    )"""
    # a part of a year without its year must not stand inside a longer number or word
    alone = part.replace("?P<edge>" + one_of(edge), "?P<edge>" + one_of(long_edge))
    alone = re.sub(r"\?P<(\w+)>", r"?P<alone_\1>", alone)
    summed = one_of(span["summed"])
    summing = rf"(?={one_of(span['adding'])}|[\u4e00-\u9fff“”、]{{0,14}}{summed})"
    windows, tails = one_of([*span["past"], *span["future"]]), one_of(span["tails"])
    body = rf"""(?P<body>
        (?P<so_far>{one_of(rules["so_far"]["words"])})
      | (?P<founding>{one_of(rules["founding"]["before"])}{one_of(rules["founding"]["after"])})
      | (?P<event>{one_of(events)}){since}
      | (?P<span_word>{windows})的?(?P<span>{COUNT})个?年{tails}?
      | (?<![0-9.十百千万第连续])(?P<span_tail>{COUNT})年{tails}
      | (?<=以来的)(?P<span_since>{COUNT})年(?!级|度)
      | (?<=的)(?P<span_this>{COUNT})年(?=[。；，！;,!\n]|$)
      | (?<![0-9.十百千万第连续前后每头上下])(?P<span_sum>{COUNT})年{summing}
      | (?P<quote>[“"「『])?(?P<plan>{PLAN})[”"」』]?(?P<plan_part>{one_of(plan["during"])})?
      | {year}(?:{SPACE}的?{part})?
      | (?<![0-9０-９.年个]){alone}
      | (?P<present>{one_of(rules["present"]["words"])})
    )"""
    ahead = rf"(?=[\u4e00-\u9fff]{{1,8}}(?P<since_ahead>{since}))"  # 自4月份开工以来
    same = one_of(rules["base"]["same"])
    tail = rf"(?P<same>{same})?(?:(?P<since>{since})|(?P<since_tail>起)|{ahead})?"
    so_far = one_of(rules["so_far"]["words"])
    until = rf"(?:(?!{so_far})(?P<until>截至到|截止到|截至|截止|到|至))?"
    return re.compile(f"{until}{SPACE}{body}{tail}", re.VERBOSE)
