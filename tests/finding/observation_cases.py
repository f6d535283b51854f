"""Read the cases in tests/cases/observations and compare what is found with them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases" / "observations"
CONTEXT = ("title", "published", "region", "period", "genre")
EXACT = ("measure", "unit", "bound", "period", "region", "status")
# Names that mean the same in these reports, in the form that `plain` leaves of them.
SAME = {
    "gdp": "地区生产总值",
    "生产总值": "地区生产总值",
    "国内生产总值": "地区生产总值",
    "经济总量": "地区生产总值",
    "公共财政预算收入": "一般公共预算收入",
    "公共预算收入": "一般公共预算收入",
    "地方一般预算收入": "一般公共预算收入",
    "税收": "税收收入",
    "外贸进出口总额": "进出口总额",
    "外贸进出口": "进出口总额",
    "进出口": "进出口总额",
    "外贸进出口总值": "进出口总额",
    "进出口总值": "进出口总额",
    "社零总额": "社会消费品零售总额",
    "城镇居民可支配收入": "城镇居民人均可支配收入",
    "农村居民可支配收入": "农村居民人均可支配收入",
    "全社会固定资产投资": "固定资产投资",
    "新增城镇就业": "城镇新增就业",
    "规上工业产值": "规上工业总产值",
}
MARKS = re.compile(r"[\s“”\"'‘’《》（）()、，,的]")
DECORATION = re.compile(
    r"^(?:全区|全市|全县|全省|全国|本区|我区|我市|我县|累计|当年|全年|预计|新区|实现|完成)+"
)


def read_cases(folder: Path = FOLDER) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield each case with the file that holds it, files by name, cases as they stand."""
    for file in sorted(folder.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield file, case


def plain(name: str) -> str:
    """Drop from a name what makes no difference to what is measured."""
    bare = MARKS.sub("", name).lower().replace("规模以上", "规上")
    bare = DECORATION.sub("", bare)
    return SAME.get(bare, bare)


def same_name(name: str, others: Iterable[str]) -> bool:
    """Tell whether a name equals another, or one holds the other and at least half of it."""
    mine = plain(name)
    for other in map(plain, others):
        short, long = sorted((mine, other), key=len)
        half = len(short) > 1 and short in long and 2 * len(short) >= len(long)
        if mine and (mine == other or half):
            return True
    return False


def same_number(wanted: float | None, found: Any, *, within: float = 0.0) -> bool:
    """Tell whether two numbers are equal but for rounding; None equals None only."""
    if wanted is None or found is None:
        return wanted is None and found is None
    return abs(float(wanted) - float(found)) <= max(within, 1e-9 * max(1.0, abs(float(wanted))))


def differences(row: Mapping[str, Any], found: Any) -> list[str]:
    """Return what differs between an expected row and an observation, in words."""
    wrong = [
        f"{field}: wanted {row[field]!r}, found {getattr(found, field)!r}"
        for field in ("quote", *EXACT)
        if field in row and getattr(found, field) != row[field]
    ]
    names = [row["indicator"], *row.get("alt", [])]
    if not (found.indicator in names if row.get("exact") else same_name(found.indicator, names)):
        wrong.append(f"indicator: wanted {row['indicator']!r}, found {found.indicator!r}")
    if "value" in row:
        within = row.get("within", 0.0)
        for field in ("value", "value_high"):
            if not same_number(row.get(field), getattr(found, field), within=within):
                wrong.append(f"{field}: wanted {row.get(field)}, found {getattr(found, field)}")
    return wrong
