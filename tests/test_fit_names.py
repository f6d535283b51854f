"""The tool that fits the weights of names: the same passages give the same weights."""

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from dz_analysis import paths

TOOL = Path(__file__).parents[1] / "tools" / "fit_names.py"
EXCERPTS = Path(__file__).parent / "cases" / "excerpts"
spec = importlib.util.spec_from_file_location("fit_names", TOOL)
tool = importlib.util.module_from_spec(spec)
sys.modules["fit_names"] = tool  # a dataclass looks its module up
spec.loader.exec_module(tool)

TEXTS = {
    "a1": (
        "新签约项目57个，总投资230亿元；税收8亿元，增长5%。",
        ["新签约项目", "项目总投资", "税收", "税收"],
    ),
    "a2": ("新建学校6所，投资2亿元，占地80亩。", ["新建学校", "学校投资", "学校占地"]),
    "b1": ("粮食产量12万吨，增长3%，居全市第二。", ["粮食产量"] * 3),
    "b2": ("普通高中12所，在校生2.3万人，增长4%。", ["普通高中", "高中在校生", "高中在校生"]),
}


@pytest.fixture
def passages(tmp_path):
    """Write four made-up passages with their numbers marked, and read them."""
    with (tmp_path / "excerpts.jsonl").open("w", encoding="utf-8") as texts:
        for key, (text, _) in TEXTS.items():
            told = {"id": key, "text": text, "region": "东河县", "period": "2021-01/2021-12"}
            texts.write(json.dumps(told, ensure_ascii=False) + "\n")
    with (tmp_path / "observations.jsonl").open("w", encoding="utf-8") as gold:
        for key, (text, names) in TEXTS.items():
            numbers = tool.find_quantities(text)
            for number, name in zip(numbers, names, strict=True):
                row = {"doc": key, "start": number.start, "quote": number.quote, "indicator": name}
                gold.write(json.dumps(row, ensure_ascii=False) + "\n")
    return tmp_path


def test_refitting_gives_the_same_weights(passages):
    choices = tool.collect_choices(tool.load_passages(passages))
    weights = tool.fit(choices)
    assert choices and weights == tool.fit(tool.collect_choices(tool.load_passages(passages)))
    assert set(weights) == set(tool.MARKS) and len(weights) <= 300
    assert all(weight == round(weight, 2) for weight in weights.values())


def test_what_is_set_apart_is_never_read(passages):
    read = tool.load_passages(passages, frozenset(["b1"]))
    assert [passage.document for passage in read] == ["a1", "a2", "b2"]


def test_a_large_penalty_keeps_the_order_set_by_hand(passages):
    choices = tool.collect_choices(tool.load_passages(passages))
    by_hand = {mark: weight / tool.STEP for mark, weight in tool.hand_marks().items()}
    assert tool.fit(choices, penalty=1e9) == by_hand


def test_the_shipped_weights_are_what_the_tool_writes(tmp_path):
    tool.write_weights(tmp_path / "weights.csv", tool.hand_marks())
    shipped = (paths.LEXICON / "name_weights.csv").read_bytes()
    assert (tmp_path / "weights.csv").read_bytes() == shipped


@pytest.mark.skipif(not os.environ.get("DZ_GOLD"), reason="DZ_GOLD names no marked passages")
def test_the_weights_set_by_hand_stay_by_the_rule():
    """They are shipped as long as fitted ones lose on any list that they were not trained on."""
    gold = Path(os.environ["DZ_GOLD"])
    apart = frozenset((gold / "others" / "apart.txt").read_text(encoding="utf-8").split())
    passages = tool.load_passages(gold / "others", apart)
    weights = tool.fit(tool.collect_choices(passages), tool.PENALTY)
    places = (gold, *(EXCERPTS / name for name in ("dev", "heldout", "unseen")))
    pairs = [tool.compare(tool.load_passages(place), weights) for place in places]
    assert not tool.is_kept([tool.cross_validate(passages, tool.PENALTY), *pairs])
