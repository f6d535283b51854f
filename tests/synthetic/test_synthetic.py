"""The corpus of known truth: every planted fault found, nothing else, ranks and promises exact."""

import pandas as pd
import pytest

from dz_analysis.auditing.audit import audit_facts
from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.facts import list_regions, prepare_facts
from dz_analysis.comparing.promises import count_outcomes, join_promises, name_modifier
from dz_analysis.comparing.tabulate import compute_shares, rank_regions, tabulate_structure
from dz_analysis.synthetic.corpus import make_synthetic
from dz_analysis.synthetic.faults import PLANTS

LAST = "2017-01/2017-12"


def positions(facts):
    keys = zip(facts["document"], facts["observation"], strict=True)
    return {key: number for number, key in enumerate(keys)}


@pytest.mark.parametrize("kind", PLANTS)
def test_every_planted_fault_of_a_kind_is_found(kind, synthetic, synthetic_facts, synthetic_audit):
    where = positions(synthetic_facts)
    planted = synthetic.planted[synthetic.planted["kind"] == kind]
    off = synthetic_audit[synthetic_audit["verdict"] == "disagrees"]
    assert len(planted) == 3
    for fault in planted.itertuples():
        lines = off[off["check"] == fault.check]
        assert any(where[fault.document, fault.observation] in rows for rows in lines["rows"])


@pytest.mark.parametrize("check", sorted({check for check, _ in PLANTS.values()}))
def test_no_check_raises_a_false_alarm(check, synthetic, synthetic_facts, synthetic_audit):
    where = positions(synthetic_facts)
    keys = zip(synthetic.planted["document"], synthetic.planted["observation"], strict=True)
    faults = {where[key] for key in keys}
    off = synthetic_audit[
        (synthetic_audit["verdict"] == "disagrees") & (synthetic_audit["check"] == check)
    ]
    assert len(off)
    assert all(faults & set(rows) for rows in off["rows"])


@pytest.mark.parametrize("seed", [2, 3])
def test_a_clean_corpus_raises_no_alarm(seed):
    clean = make_synthetic(districts=20, seed=seed, plants=0)
    audit = audit_facts(prepare_facts(clean.observations, clean.documents))
    assert (audit["verdict"] == "agrees").sum() > 1000
    assert not (audit["verdict"] == "disagrees").any()


def test_ranks_are_those_of_the_truth(synthetic, synthetic_facts):
    regions = list_regions(synthetic_facts, synthetic.documents)
    ranked = rank_regions(
        compare_indicator(synthetic_facts, "一般公共预算收入", period=LAST, regions=regions)
    )
    truth = synthetic.truth
    truth = truth[(truth["name"] == "revenue") & (truth["year"] == 2017)]
    values = truth.set_index("region")["value"].loc[list(ranked["region"])]
    true_ranks = values.rank(ascending=False)
    assert len(ranked) > 50
    assert (ranked["rank_best"].to_numpy() <= true_ranks.to_numpy()).all()
    assert (true_ranks.to_numpy() <= ranked["rank_worst"].to_numpy()).all()
    untied = ranked["rank_best"] == ranked["rank_worst"]
    assert (ranked["rank"].to_numpy() == true_ranks.to_numpy())[untied].all()


def test_every_target_has_the_outcome_of_the_truth(synthetic, synthetic_facts):
    found = join_promises(synthetic_facts, synthetic.documents)
    both = found.merge(
        synthetic.outcomes,
        left_on=["target_document", "target_observation"],
        right_on=["document", "observation"],
        how="outer",
        suffixes=("", "_true"),
        validate="one_to_one",
    )
    assert len(both) == len(synthetic.outcomes) > 2000
    assert (both["outcome"] == both["outcome_true"]).all()
    assert {"met", "missed", "not_stated", "no_document"} <= set(both["outcome"])


@pytest.mark.parametrize("word", ["力争", "确保", ""])
def test_outcomes_per_modifier_are_those_of_the_truth(word, synthetic, synthetic_facts):
    counts = count_outcomes(join_promises(synthetic_facts, synthetic.documents))
    told = synthetic.outcomes
    if word:
        told, kind = told[told["modifier"] == word], name_modifier(word, "")
    else:
        told, kind = told[(told["modifier"] == "") & (told["bound"] == "")], "plain"
    row = counts.set_index("modifier").loc[kind]
    assert row["targets"] == len(told) > 300
    assert row["met"] == (told["outcome"] == "met").sum() > 0
    assert row["missed"] == (told["outcome"] == "missed").sum() > 0


def test_shares_and_structure_come_back(synthetic_facts, synthetic):
    shares = compute_shares(synthetic_facts)
    told = shares.dropna(subset="stated_pct")
    meet = (told["computed_low"] - 0.06 <= told["stated_pct"]) & (
        told["stated_pct"] <= told["computed_high"] + 0.06
    )
    faults = synthetic.planted["kind"].isin(["share of total", "shares do not sum"]).sum()
    assert len(told) > 1000
    assert (~meet).sum() >= faults
    structure = tabulate_structure(synthetic_facts)
    off = structure[(structure["total_pct"] - 100).abs() > 0.15]
    assert len(off) == (synthetic.planted["kind"] == "shares do not sum").sum()


def test_renamed_places_and_names_are_one(synthetic, synthetic_facts):
    assert synthetic.documents["region"].str.endswith("县").any()
    assert len(list_regions(synthetic_facts, synthetic.documents)) == 60
    renamed = synthetic_facts[synthetic_facts["indicator"] == "公共财政预算收入"]
    assert set(renamed["label"]) == {"一般公共预算收入"}


def test_the_same_seed_gives_the_same_corpus():
    first, second = (make_synthetic(districts=20, years=7, plants=1, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(first.observations, second.observations)
    pd.testing.assert_frame_equal(first.planted, second.planted)


def test_too_small_a_corpus_is_refused():
    with pytest.raises(ValueError, match="need 38 districts"):
        make_synthetic(districts=30, plants=2)
