# %% [markdown]
# # Which indicators does each document state, and how?
#
# **Data.** The tables `observations` and `documents`: one row a number that measures something, with its quote, period, region and status.
#
# **Method.** A row belongs to an indicator of the catalogue (`lexicon/indicators.csv`) by its id or by its name in one spelling; the rest keep the words of the text. Level, growth, share and rank of one indicator and period stand in one line, as in a yearbook. Results and estimates stand in one table, targets in another.
#
# **Limits.** A blank cell is a silence, not a zero. What the extractor misreads is misread here too: every line carries the numbers of its observations, by which it can be looked up. Bounds stand before the quote (≥, ≤, ≈), what a rank or share is within stands behind it, and so does the grade C of a doubtful number. The last column has the grade of the least sure number of a line.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/02_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
top: int = 30  # indicators drawn at most, the most widely stated first; 1 to 1000
few: int = 24  # documents drawn one by one at most; of more, their regions are drawn; 1 to 1000
rows: int = 60  # lines of a long table shown at most; 1 to 10000
print_rows: int = 500  # lines of an exported table at most; 1 to 100000

# %%
import pandas as pd

from dz_analysis.comparing import (
    count_grades,
    count_groups,
    list_doubtful,
    list_regions,
    list_uncatalogued,
    map_coverage,
    prepare_facts,
    summarise_documents,
    tabulate_corpus,
)
from dz_analysis.comparing.facts import shorten_name
from dz_analysis.corpus import load_corpus
from dz_analysis.language import say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    describe_source,
    label_documents,
    plot_coverage_map,
    plot_groups,
    save_figure,
    save_table,
    say_coverage,
    spell_count,
    use_style,
)

run = start_run("02_indicators", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Facts are the observations themselves, with one name a thing, one name a place, and the interval that each number can have been before it was rounded.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, observations = chosen.table("documents"), chosen.table("observations")
facts = prepare_facts(observations, documents)
places, labels = list_regions(facts, documents), label_documents(documents)
source = describe_source(chosen)
decades = documents.set_index("id")["period_end"].str[:3] + "0s"
facts = facts.assign(decade=facts["document"].map(decades))

# %%
assert len(documents) and len(facts), "a corpus without documents or without numbers"
assert len(facts) == len(observations), "a fact is an observation, no more and no less"
assert not facts.duplicated(["document", "observation"]).any()
assert (facts["low"] <= facts["value"]).all() and (facts["value"] <= facts["high"]).all()
assert set(facts["status"]) <= {"actual", "estimate", "target"}
assert places, "no place that a document reports on"
told = {"documents": len(documents), "numbers": len(facts), "places": len(places)}
named = say(", ").join(places[:8])
print(say("{documents} documents, {numbers} numbers, {places} places: {named}", **told, named=named))

# %% [markdown]
# ## How much does each document measure?
#
# A work report states hundreds of numbers, a press piece a handful. The share that is catalogued says how much of a document can be set beside others at all.

# %%
summary = summarise_documents(facts)
summary = summary.assign(document=summary["document"].map(labels))
summary.head(rows)

# %%
several = "region" if len(places) > 1 else "decade"
by = "document" if len(documents) <= few else several
groups = count_groups(facts, by=by)
groups = groups.assign(**{by: groups[by].replace(labels.to_dict())})
group_order = list(groups["group"].unique())
column_order = sorted(groups[by].unique()) if by == "decade" else list(groups[by].unique())
wide = groups.pivot(index="group", columns=by, values="numbers")
told = {"n": min(12, len(column_order)), "all": spell_count(len(column_order), by)}
print(say("{n} of {all}", **told))
wide.reindex(index=group_order, columns=column_order[:12])

# %%
groups_figure = plot_groups(
    groups, source=source, order=[*places, *summary["document"]], most=few
)
groups_figure

# %% [markdown]
# ## How sure are the numbers?
#
# Every number has a confidence: how likely its name, value, unit, measure, period and status are all right, by the marks that such readings carry. Grade A is sure, B likely, and C is to be looked up in its page before it is used. The notebook on the scorecard says how often each grade was right in texts that no rule had seen.

# %%
grades = count_grades(facts, documents)
grades

# %%
doubtful = list_doubtful(facts)
told = {"n": len(doubtful), "all": len(facts)}
print(say("{n:,} of {all:,} numbers are doubtful (grade C); the least sure, long names cut:", **told))
cut = doubtful["indicator"].str.replace(r"(.{10}).+", r"\1…", regex=True)
doubtful.head(15).assign(document=doubtful["document"].map(labels), indicator=cut)

# %% [markdown]
# ## The indicator table
#
# What a yearbook would print: catalogued indicators by group, results and estimates only, with (C) behind what is doubtful. Two values in one cell, joined by a stroke, are two statements of the document about one thing; the notebook on consistency takes them up.

# %%
table = tabulate_corpus(facts, grades=lang)
catalogued = table[table["group"] != "other"].reset_index(drop=True)
catalogued.head(rows)

# %% [markdown]
# ## What the catalogue does not know
#
# These lines keep the words of the text. They can be read, but not compared over districts before somebody decides that two names are one thing: the commonest are candidates for the catalogue.

# %%
uncatalogued = list_uncatalogued(facts)
uncatalogued.head(15).assign(indicator=uncatalogued["indicator"].map(shorten_name))

# %% [markdown]
# ## What is promised
#
# Targets are kept apart: a target in a column of results is the commonest mistake of tables made by hand.

# %%
targets = tabulate_corpus(facts, statuses=("target",), grades=lang)
targets.head(rows)

# %% [markdown]
# ## Who states what?
#
# The figure shows catalogued indicators that at least two places state; of one place it shows its decades. It counts a statement of any period; whether two statements can be compared is another question.

# %%
eras = places if len(places) > 1 else sorted(facts["decade"].unique())
about = facts if len(places) > 1 else facts.assign(place=facts["decade"])
coverage = map_coverage(about, eras, fewest=min(2, len(eras)))
mapped = coverage[coverage["indicator"].isin(facts.loc[facts["catalogued"], "label"])]
states = pd.crosstab(coverage["indicator"], coverage["state"])
states.reindex(coverage["indicator"].unique()).head(top)

# %%
coverage_figure = plot_coverage_map(mapped, source=source, most=top, of=several)
coverage_figure

# %% [markdown]
# ## The answer

# %% tags=["answer"]
share = (summary["catalogued_pct"] * summary["numbers"]).sum() / 100 / len(facts)
print(
    say(
        "{numbers} of {indicators} stand in the corpus ({documents}), {share:.0%} of the numbers under a "
        "catalogued name; {targets:,} are targets, {doubtful:,} doubtful (grade C).",
        numbers=spell_count(len(facts), "number"),
        indicators=spell_count(facts["concept"].nunique(), "indicator"),
        documents=spell_count(len(documents), "document"),
        share=share,
        targets=(facts["status"] == "target").sum(),
        doubtful=len(doubtful),
    )
)
print(say("{finding}.", finding=say_coverage(mapped, of=several)))

# %% [markdown]
# ## Export

# %%
[
    save_figure(groups_figure, "02_groups", groups, **run),
    *([save_figure(coverage_figure, "02_coverage", coverage, **run)] if len(coverage) else []),
    save_table(
        table.head(print_rows),
        "02_indicators",
        title=say("Indicators by document: results and estimates"),
        paper=True,
        **run,
    ),
    save_table(grades, "02_grades", title=say("Numbers by genre and grade"), **run),
    save_table(targets.head(print_rows), "02_targets", title=say("Targets by document"), **run),
]
