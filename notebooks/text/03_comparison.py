# %% [markdown]
# # Which district does better at what, and what can't be compared?
#
# **Data.** The tables `observations`, `documents` and `terms`.
#
# **Method.** Numbers stand in one column only if they are of one indicator, measure, unit and basis, of places of one level, and of one period (or, by the rule "kind", of one kind of period). Every number that is not like the others is shown with the reason in words. Ranks carry the interval that rounding allows.
#
# **Limits.** A rank here is a rank among the places that state the number, not among all places. A number of grade C is compared with a mark, and settles no target. Not stated, named without a number and not comparable are three things, and none of them is zero. A name can only be found without its number where the segmenter keeps it as one word.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/03_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
indicator: str = ""  # indicator compared, by name or id; blank takes the one that most places state
rule: str = "same"  # periods that may stand together: one of same, kind, any
period: str = ""  # period compared, YYYY-MM/YYYY-MM; blank takes the commonest
min_grade: str = "C"  # lowest grade of a number that is compared: one of A, B, C
settled_by: str = "B"  # lowest grade of a number that settles a target: one of A, B, C
highlight: list[str] = []  # districts drawn however many there are
top: int = 8  # indicators in the matrix at most; 1 to 1000
print_rows: int = 500  # lines of an exported table at most; 1 to 100000

# %%
import pandas as pd
from IPython.display import display

from dz_analysis.comparing import (
    build_matrix,
    choose_indicator,
    compare_indicator,
    compare_measures,
    compute_per_head,
    compute_shares,
    count_outcomes,
    count_reasons,
    find_least,
    find_mentions,
    flag_partnered,
    join_promises,
    list_namings,
    list_regions,
    list_widest,
    pair_growth_and_level,
    prepare_facts,
    rank_regions,
    say_doubtful,
    show_cells,
    show_promises,
    tabulate_ranks,
    tabulate_structure,
)
from dz_analysis.corpus import load_corpus
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    describe_source,
    plot_growth_against_level,
    plot_matrix,
    plot_outcomes,
    plot_over_time,
    plot_ranking,
    plot_structure,
    region_palette,
    save_figure,
    save_table,
    say_outcomes,
    say_ranking,
    say_trend,
    spell_count,
    use_style,
)

run = start_run("03_comparison", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# The places compared are those of the level that most documents are about: a district is never ranked among cities.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, observations = chosen.table("documents"), chosen.table("observations")
facts = prepare_facts(observations, documents)
places = list_regions(facts, documents)
palette, source = region_palette(chosen), describe_source(chosen)
name = choose_indicator(facts, indicator, places)

# %%
assert len(documents) and len(facts), "a corpus without documents or without numbers"
assert len(facts) == len(observations), "a fact is an observation, no more and no less"
assert not facts.duplicated(["document", "observation"]).any()
assert (facts["low"] <= facts["value"]).all() and (facts["value"] <= facts["high"]).all()
assert set(facts["status"]) <= {"actual", "estimate", "target"}
assert places, "no place that a document reports on"
told = {"documents": len(documents), "numbers": f"{len(facts):,}", "places": len(places)}
named = say(", ").join(places[:8])
print(say("{documents} documents, {numbers} numbers, {places} places: {named}", **told, named=named))

# %% [markdown]
# ## Like for like
#
# Level and growth of one indicator for one and the same period. Rows that are refused stay in the table with their reason, so that a reader can disagree. What is doubtful (grade C) is marked; a parameter refuses it.

# %%
words = list_namings(chosen.values("terms", "term"), [name])
near = {"columns": ["document", "paragraph", "term"], "filters": [("term", "in", words)]}
mentions, least = find_mentions(chosen.table("terms", **near), [name]), find_least(min_grade)
asked = {"rule": rule, "period": period, "regions": places, "min_confidence": least}
cells = compare_measures(facts, name, mentions=mentions, **asked)
show_cells(cells).head(60)

# %%
levels = cells[cells["measure"] == "level"]
ranked = rank_regions(levels)
ranked[
    [
        "rank",
        "rank_best",
        "rank_worst",
        "tied",
        "region",
        "quote",
        "grade",
        "mark",
        "document",
        "observation",
    ]
].head(60)

# %%
ranking_figure = plot_ranking(levels, source=source, palette=palette, highlight=highlight)
ranking_figure

# %% [markdown]
# ## Growth against level
#
# A small district can grow fast and stay small. Only places that state both for the same months are drawn.

# %%
pairs = pair_growth_and_level(facts, name, **asked)
pairs.head(60)

# %%
growth_figure = plot_growth_against_level(
    pairs, name, source=source, palette=palette, highlight=highlight
)
growth_figure

# %% [markdown]
# ## Districts by indicators
#
# The indicators whose level most places state. Each has a period of its own, the one that most places share; a cell outside it is refused, not squeezed in.

# %%
widest = list_widest(facts, places, most=top) or [name]
matrix = build_matrix(facts, widest, **asked)
show_cells(matrix).head(60)

# %%
matrix_figure = plot_matrix(matrix, source=source, regions=places, highlight=highlight)
matrix_figure

# %% [markdown]
# ## What could not be compared, and why

# %%
reasons = count_reasons(pd.concat([cells, matrix], ignore_index=True))
reasons.head(30)

# %% [markdown]
# ## Stated ranks beside the corpus's own
#
# A rank such as 全市第二 says nothing of the number behind it. Where the corpus holds other places of the same city for the same months, their order is set beside the claim. The basis is the measure that stands before the rank in its paragraph, and either where level and growth both do; the grade is that of the rank, or of the value ranked where that is less sure.

# %%
ranks = tabulate_ranks(facts, regions=places)
ranks.head(40)

# %% [markdown]
# ## Shares, structure, per head and per area
#
# A share is computed only from a part and a whole of the same document, place and period, and stands beside the stated one. Per head and per area need a population or an area that the corpus states; where it states none, nothing is computed. What is computed is as sure as the least sure of its numbers.

# %%
shares = compute_shares(facts, regions=places)
per_head = compute_per_head(facts, name, **asked)
per_area = compute_per_head(facts, name, basis="area", **asked)
structure = tabulate_structure(facts)
found = {"shares": shares, "per head": per_head, "per area": per_area, "structure": structure}
display(pd.DataFrame({"view": list(map(label, found)), "rows": [len(table) for table in found.values()]}))
display(*(table.head(20).round(4) for table in found.values() if len(table)))

# %%
series = compare_indicator(facts, name, **{**asked, "rule": "kind"})
comparable = series[series["state"] == "comparable"]
many = comparable["period"].nunique() > 1
periods = spell_count(comparable["period"].nunique(), "period")
print(say("{name}: comparable numbers of {periods} of one kind", name=name, periods=periods))
drawn = (
    {"03_years": (plot_over_time(series, source=source, palette=palette), comparable)}
    if many
    else {}
)
drawn |= (
    {"03_structure": (plot_structure(structure, source=source), structure)}
    if len(structure)
    else {}
)
display(*(figure for figure, _ in drawn.values()))

# %% [markdown]
# ## Promises and results
#
# A target is joined to the result of the same thing, place and period, wherever in the corpus it stands. A result that the corpus lacks is not a missed target, and a number that is too doubtful settles none: such targets are doubtful, with what would be said of them. Targets are counted by how they are put: by the word that governs them (确保, 力争, 预期目标 …) and by the bound of the number (左右, 以上, 以内). One that is put in two ways (力争…以上) stands under both, and once among all.

# %%
settled = find_least(settled_by)
promises = join_promises(facts, documents, min_confidence=settled)
outcomes = count_outcomes(promises)
print(say("{finding}.", finding=say_doubtful(facts, min_confidence=settled)))
display(outcomes)
show_promises(promises).head(30)

# %%
outcomes_figure = plot_outcomes(outcomes, source=source)
outcomes_figure

# %% [markdown]
# ## The answer

# %% tags=["answer"]
usable = int(flag_partnered(matrix).sum())
against = count_reasons(matrix)
often = 2 * against["cells"].max() > len(matrix) - usable
print(say("{finding}.", finding=say_ranking(levels) if len(places) > 1 else say_trend(series)))
told = {"n": usable, "all": len(matrix)}
scope = say("Of {all} cells (places by most widely stated levels) {n} can be compared", **told)
if len(against):
    why = against["reason"].iloc[0]
    scope += say(", the rest mostly not because: {why}", why=why) if often else say(
        ", the rest most often not because: {why}", why=why
    )
scope = scope if len(places) > 1 else say("{place} alone has no place to be compared with", place=places[0])
outcome = say_outcomes(outcomes)
print(say("{scope}; {outcome}.", scope=scope, outcome=outcome[0].lower() + outcome[1:]))

# %% [markdown]
# ## Export

# %%
run["resolved"] = {"indicator": name, "periods": sorted(set(levels["period"]) - {""})}
drawn |= {"03_ranking": (ranking_figure, cells), "03_growth": (growth_figure, pairs)}
drawn |= {"03_matrix": (matrix_figure, matrix), "03_promises": (outcomes_figure, outcomes)}
[
    *(
        save_figure(figure, name, numbers, **run)
        for name, (figure, numbers) in drawn.items()
        if len(numbers)
    ),
    save_table(
        show_cells(cells).head(print_rows), "03_like_for_like", title=say("Like for like"), paper=True, **run
    ),
    save_table(
        reasons, "03_not_compared", title=say("What could not be compared, and why"), **run
    ),
    save_table(
        show_promises(promises).head(print_rows),
        "03_promises_table",
        title=say("Targets and what became of them"),
        **run,
    ),
]
