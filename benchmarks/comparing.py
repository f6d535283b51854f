"""How long six hundred reports take to be compared, audited and drawn, on one core.

The tables are the synthetic corpus's: sixty districts over ten years, with their cities. No peer
does this; the limit is the one that the project set itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from dz_analysis.auditing.audit import audit_facts, count_verdicts
from dz_analysis.comparing.compare import compare_indicator, compare_measures
from dz_analysis.comparing.coverage import list_widest, map_coverage
from dz_analysis.comparing.facts import list_regions, prepare_facts
from dz_analysis.comparing.promises import count_outcomes, join_promises
from dz_analysis.comparing.ranks import tabulate_ranks
from dz_analysis.comparing.tabulate import (
    build_matrix,
    compute_shares,
    pair_growth_and_level,
    tabulate_structure,
)
from dz_analysis.showing.agreement import plot_disagreements, plot_outcomes, plot_verdicts
from dz_analysis.showing.districts import plot_growth_against_level, plot_ranking
from dz_analysis.showing.export import render_figure
from dz_analysis.showing.grids import plot_coverage_map, plot_matrix
from dz_analysis.showing.trends import plot_over_time, plot_structure
from dz_analysis.synthetic.corpus import Synthetic, make_synthetic

NAME, LIMIT, SOURCE = "一般公共预算收入", 20.0, "the synthetic corpus"
Result = TypeVar("Result")


def measure(name: str, work: Callable[[], Result], times: dict[str, float]) -> Result:
    """Do a piece of work and keep the seconds of processor time that it took."""
    start = time.process_time()
    result = work()
    times[name] = time.process_time() - start
    return result


def run(corpus: Synthetic) -> dict[str, float]:
    """Compare, audit and draw a corpus; return the seconds of each step."""
    times: dict[str, float] = {}
    facts = measure("facts", lambda: prepare_facts(corpus.observations, corpus.documents), times)
    regions = list_regions(facts, corpus.documents)
    cells = measure("like for like", lambda: compare_measures(facts, NAME, regions=regions), times)
    pairs = measure("growth and level", lambda: pair_growth_and_level(facts, NAME), times)
    years = measure("years", lambda: compare_indicator(facts, NAME, rule="kind"), times)
    names = list_widest(facts, regions)
    matrix = measure("matrix", lambda: build_matrix(facts, names, regions=regions), times)
    coverage = measure("coverage", lambda: map_coverage(facts, regions), times)
    measure("shares", lambda: compute_shares(facts), times)
    structure = measure("structure", lambda: tabulate_structure(facts), times)
    measure("stated ranks", lambda: tabulate_ranks(facts, regions=regions), times)
    audit = measure("audit", lambda: audit_facts(facts), times)
    promises = measure("promises", lambda: join_promises(facts, corpus.documents), times)
    levels = cells[cells["measure"] == "level"]
    figures = [
        lambda: plot_ranking(levels, source=SOURCE),
        lambda: plot_growth_against_level(pairs, NAME, source=SOURCE),
        lambda: plot_over_time(years, source=SOURCE),
        lambda: plot_matrix(matrix, source=SOURCE, regions=regions),
        lambda: plot_coverage_map(coverage, source=SOURCE),
        lambda: plot_structure(structure, source=SOURCE),
        lambda: plot_verdicts(count_verdicts(audit), source=SOURCE),
        lambda: plot_disagreements(audit, source=SOURCE),
        lambda: plot_outcomes(count_outcomes(promises), source=SOURCE),
    ]
    drawn = measure("nine figures", lambda: [draw() for draw in figures], times)
    measure("nine PNGs", lambda: [render_figure(figure, "png") for figure in drawn], times)
    return times


def main() -> None:
    """Print a table of seconds, and whether the whole is within the limit."""
    corpus = make_synthetic()
    times = run(corpus)
    total = sum(times.values())
    print(f"{len(corpus.documents)} documents, {len(corpus.observations):,} numbers\n")
    print("| step | seconds |\n| --- | ---: |")
    for name, seconds in times.items():
        print(f"| {name} | {seconds:.2f} |")
    print(f"| **all** | **{total:.2f}** |")
    verdict = "within" if total < LIMIT else "over"
    print(f"\nThe limit is {LIMIT:.0f} seconds of one core: {verdict}.")


if __name__ == "__main__":
    main()
