# %% [markdown]
# # Do the numbers agree with one another?
#
# **Data.** The table `observations`; `documents` for places and codes.
#
# **Method.** Each check sets a stated number beside what other stated numbers imply: last year's value from level and growth, a share from part and whole, a plan from what is done and its completion, and so on. A number is the interval of all values that round to it, so that rounding alone never makes a contradiction. Numbers of grade C are too doubtful to contradict others: comparisons with them are listed apart. Parts, wholes and definitions stand in `lexicon/audit_*.csv` and `lexicon/audit.toml`.
#
# **Limits.** Agreement proves little: two numbers may be wrong together. Published growth of output is real growth, and growth of investment is on a revised base, so such a difference is undecided, not an error. Two values for one name may be two things where the name is general. Nothing is corrected.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/07_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
checks: list[str] = []  # checks to run, by name; empty runs all
min_grade: str = "B"  # lowest grade of a number that is checked: one of A, B, C
rows: int = 60  # lines of a long table shown at most; 1 to 10000
print_rows: int = 500  # lines of an exported table at most; 1 to 100000

# %%
from dz_analysis.auditing import audit_facts, count_verdicts, list_sources, say_audit
from dz_analysis.comparing import (
    count_grades,
    find_least,
    list_regions,
    prepare_facts,
    say_doubtful,
)
from dz_analysis.corpus import load_corpus
from dz_analysis.language import say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    describe_source,
    plot_disagreements,
    plot_verdicts,
    save_figure,
    save_table,
    use_style,
)

run = start_run("07_consistency", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# A check needs to know what is the same thing, the same place and the same period; numbers without one of these can't be checked and are not.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, observations = chosen.table("documents"), chosen.table("observations")
facts = prepare_facts(observations, documents)
places = list_regions(facts, documents)
source = describe_source(chosen)

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
# ## Which numbers are taken?
#
# A wrong reading makes a contradiction where there is none, and hides one where there is. The least sure numbers are therefore left out, unless the parameter asks for all.

# %%
least = find_least(min_grade)
print(say("{finding}.", finding=say_doubtful(facts, min_confidence=least)))
count_grades(facts, documents)

# %% [markdown]
# ## The audit
#
# A line is one comparison. `disagrees` means that no values before rounding could have given all the numbers; `undecided` that a definition may explain the difference; `doubtful` that a number was left out, with what would be said if it is read right; `unchecked` that the counterpart is not in the corpus, with what it would have to be.

# %%
audit = audit_facts(facts, names=checks, min_confidence=least)
verdicts = count_verdicts(audit)
verdicts

# %%
verdicts_figure = plot_verdicts(verdicts, source=source)
verdicts_figure

# %% [markdown]
# ## Lines that disagree, and lines that can't be decided
#
# Read the quotes before blaming anybody: the cause may be the author, the printer, the page or our reading of it.

# %%
shown = [
    "line",
    "check",
    "verdict",
    "region",
    "period",
    "compared",
    "stated",
    "implied",
    "tolerance",
    "grade",
    "note",
]
audit.loc[audit["verdict"].isin(["disagrees", "undecided"]), shown].head(rows)

# %%
off_figure = plot_disagreements(audit, source=source)
off_figure

# %% [markdown]
# ## Lines that agree
#
# The share of a part in its whole (税收占比), parts within wholes, ranks within their fields: what could be recomputed within rounding.

# %%
audit.loc[audit["verdict"] == "agrees", shown].head(rows)

# %% [markdown]
# ## Comparisons with doubtful numbers
#
# The grade is that of the least sure number compared. Look the number up in its page: if it is read right, the verdict in the note holds.

# %%
audit.loc[audit["verdict"] == "doubtful", shown].head(rows)

# %% [markdown]
# ## What would have to be true
#
# These numbers imply a value that the corpus does not hold: last year's, the plan's, the city's average. Whoever has the other document can check it here.

# %%
audit.loc[audit["verdict"] == "unchecked", shown].head(rows)

# %% [markdown]
# ## Every line with its sources
#
# Document, number of the observation, quote, and offsets in the article and in the page as it was read: the way back from any line to its characters.

# %%
sources = list_sources(audit, facts)
assert set(sources["line"]) == set(audit["line"]), "every line has its sources"
sources.head(2 * rows)

# %% [markdown]
# ## The answer

# %% tags=["answer"]
share = audit.loc[audit["verdict"] != "doubtful", "rows"].explode().nunique() / len(facts)
print(say("{finding}.", finding=say_audit(audit)))
print(
    say(
        "{share:.0%} of {n} numbers took part in a comparison; {open} comparisons wait for a number that the "
        "corpus does not hold.",
        share=share,
        n=len(facts),
        open=(audit["verdict"] == "unchecked").sum(),
    )
)

# %% [markdown]
# ## Export

# %%
lines = audit.drop(columns=["rows"])
[
    *([save_figure(verdicts_figure, "07_verdicts", verdicts, **run)] if len(audit) else []),
    *([save_figure(off_figure, "07_disagreements", lines, **run)] if len(audit) else []),
    save_table(
        lines[[*shown, "documents"]].head(print_rows),
        "07_audit",
        title=say("Comparisons of numbers"),
        paper=True,
        **run,
    ),
    save_table(
        sources.head(2 * print_rows),
        "07_sources",
        title=say("Sources of every comparison"),
        **run,
    ),
]
