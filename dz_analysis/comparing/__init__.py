"""Tables to districts side by side: like with like, ranks, promises, tables for papers.

The modules by the question that they answer; each group knows only those above it.

========  ==========================================================================
number    `intervals` (what a rounded number can have been), `periods` (which months),
          `sizes` (which units measure the same)
fact      `facts` (one name a thing, one name a place), `confidence` (which rows are
          sure enough), `lookup` (facts as objects, and a number's counterpart)
place     `absence` (why it has no number), `compare` (like with like), `coverage`
          (who states what)
table     `tabulate` (indicators, matrix, ranks, shares, structure, per head)
claim     `ranks` (stated ranks beside the corpus's), `promises` (targets joined to
          results), `targets` (the panel: how each was put and what came of it)
========  ==========================================================================
"""

from dz_analysis.comparing.absence import find_mentions, list_namings
from dz_analysis.comparing.compare import (
    STATES,
    choose_period,
    compare_indicator,
    compare_measures,
)
from dz_analysis.comparing.confidence import (
    count_grades,
    find_least,
    list_doubtful,
    say_doubtful,
)
from dz_analysis.comparing.coverage import (
    choose_indicator,
    count_groups,
    list_uncatalogued,
    list_widest,
    map_coverage,
    say_groups,
    summarise_documents,
)
from dz_analysis.comparing.facts import find_concept, list_regions, prepare_facts
from dz_analysis.comparing.promises import (
    count_outcomes,
    join_promises,
    list_due,
    name_modifier,
    show_promises,
    spell_modifier,
)
from dz_analysis.comparing.ranks import tabulate_ranks
from dz_analysis.comparing.tabulate import (
    build_matrix,
    compute_per_head,
    compute_shares,
    count_reasons,
    flag_partnered,
    keep_best,
    pair_growth_and_level,
    rank_regions,
    show_cells,
    tabulate_corpus,
    tabulate_document,
    tabulate_structure,
)
from dz_analysis.comparing.targets import (
    PANEL_LABELS,
    choose_target_place,
    choose_target_year,
    count_results,
    divide_panel,
    make_target_panel,
    select_growth,
)

# the names of the field, under which the package's root offers them
compare = compare_indicator
coverage = map_coverage
promises = join_promises
rank = rank_regions

__all__ = [
    "PANEL_LABELS",
    "STATES",
    "build_matrix",
    "choose_indicator",
    "choose_period",
    "choose_target_place",
    "choose_target_year",
    "compare",
    "compare_indicator",
    "compare_measures",
    "compute_per_head",
    "compute_shares",
    "count_grades",
    "count_groups",
    "count_outcomes",
    "count_reasons",
    "count_results",
    "coverage",
    "divide_panel",
    "find_concept",
    "find_least",
    "find_mentions",
    "flag_partnered",
    "join_promises",
    "keep_best",
    "list_doubtful",
    "list_due",
    "list_namings",
    "list_regions",
    "list_uncatalogued",
    "list_widest",
    "make_target_panel",
    "map_coverage",
    "name_modifier",
    "pair_growth_and_level",
    "prepare_facts",
    "promises",
    "rank",
    "rank_regions",
    "say_doubtful",
    "say_groups",
    "select_growth",
    "show_cells",
    "show_promises",
    "spell_modifier",
    "summarise_documents",
    "tabulate_corpus",
    "tabulate_document",
    "tabulate_ranks",
    "tabulate_structure",
]
