# %% [markdown]
# # How far can the numbers be trusted?
#
# **Data.** Blind batches (`data/blind`): passages that a reader marked who knows no rule, what the suite read in them when it saw them first, and how sure it was; facts without text. A corpus with a list of observations that a reader marked by hand (parameter `judged`), and what the suite found in the same texts, the damaged ones among them.
#
# **Method.** Found and marked observations are aligned in text order on the number; each field of an aligned pair is judged. A row is right when value, unit, measure, name, period and status are; a strict row has the exact name, the region and the bound right as well. The score of a batch is that of its first run and stays, whatever is learned from it later. Intervals of first runs and of confidences come from drawing the documents anew with all their rows; those of the judged corpus from drawing the pairs anew within each document, because its documents were chosen. The confidence of a row is the one that weights give it which were fitted without its document.
#
# **Limits.** What first runs got is to be expected of texts like theirs, and the intervals are wide where a genre has few passages. The texts of the judged corpus were written for this project, and its rules were improved with them in sight: their scores are a ceiling. Nothing is said here of how right the numbers of a corpus are that no reader judged: mark fifty numbers of your own before you cite it.
#
# **Reads.** `data/blind/`, `data/<judged>/gold/`, `data/<judged>/tables/`, `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/08_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/: the numbers that are asked about
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
judged: str = "digests"  # folder under data/: the corpus with a hand-made list
draws: int = 1000  # bootstrap draws for the intervals, count; 100 to 100000

# %%
import pandas as pd
from IPython.display import display

from dz_analysis.comparing import count_grades
from dz_analysis.corpus import load_corpus
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.review import list_disputes, measure_agreement, read_corrections
from dz_analysis.scoring import (
    align_observations,
    bin_confidence,
    judge_confidence,
    load_blind,
    score_batches,
    score_fields,
    score_genres,
    score_grades,
    score_intervals,
    score_pairs,
)
from dz_analysis.showing import (
    Caption,
    describe_source,
    plot_calibration,
    plot_first_runs,
    plot_genres,
    plot_ranked_bars,
    plot_ranked_dots,
    save_figure,
    save_table,
    say_calibration,
    say_genres,
    use_style,
)

run = start_run("08_scorecard", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# The list and the findings are about the same documents; every marked number must come out of the alignment exactly once. Of the blind batches there are only facts.

# %%
chosen, reference = load_corpus(corpus, regions=regions), load_corpus(judged)
numbers, found = chosen.table("observations"), reference.table("observations")
gold = reference.gold()
pairs = align_observations(gold, found)
batches, passages, sureness = map(load_blind, ("first_runs", "passages", "confidence"))
places = set(chosen.table("documents")["region"]) & set(reference.table("documents")["region"])
is_judged = corpus == judged or bool(places)
show = display if is_judged else (lambda *tables: None)
source, unseen = describe_source(reference), say("blind batches (dz_analysis)")

# %%
assert not gold.duplicated(["document", "start"]).any(), "a number is marked twice"
assert set(gold["document"]) <= set(reference.table("documents")["id"])
assert pairs["in_gold"].sum() == len(gold), "the alignment loses marked numbers"
assert (pairs["in_gold"] | pairs["in_found"]).all()
assert not (pairs["row"] & ~pairs["number"]).any()
assert not batches.duplicated("batch").any(), "a batch is run first once"
assert sureness["confidence"].between(0, 1).all()
assert (passages["row"] <= passages[["marked", "found"]].min(axis=1)).all()
told = {"n": len(gold), "documents": gold["document"].nunique(), "found": len(found)}
others = {"judged": judged, "corpus": corpus}
print(
    say("{n} numbers marked in {documents} documents, {found} found", **told)
    if is_judged
    else say(
        "{judged} has no place of {corpus}: its list judges nothing here, and nothing is said of it", **others
    )
)

# %% [markdown]
# ## What do texts get that no rule had seen?
#
# The learning curve: each batch was read once, when nobody here had looked at its texts. A line joins batches of the same kinds of text, because others can't be set beside one another. An interval stands where the rows of the first run were kept.

# %%
runs = score_batches(batches, passages, draws=draws)
shares = ["row_f1", "strict_f1", "headline_recall", "low", "high"]
shown = runs.assign(**(100 * runs[shares]).round(1))
shown.astype({name: "str" for name in shares}).replace("nan", "–")

# %%
first_figure = plot_first_runs(runs, source=unseen)
first_figure

# %% [markdown]
# ## What is to be expected by genre?
#
# All passages of the blind batches, by the genre that the suite itself tells them. Each counts as it was read by rules that nothing of it had gone into: at the first run where its rows were kept, else by a version before that, which reads a little worse.

# %%
genres = score_genres(passages, draws=draws)
genres

# %%
genres_figure = plot_genres(genres, source=unseen)
genres_figure

# %% [markdown]
# ## Can the confidence be believed?
#
# Of rows that are called so sure, so many should be right: the marks should lie on the dashed line. Grade A should be right nearly always, and the least sure fifth of the rows should hold most of the wrong ones. The figure draws first runs alone. Documents drawn anew repeat some, which adds to the error: its interval leans upward.

# %%
fresh = sureness[sureness["run"] == "first run"]
each = {name: judge_confidence(rows, draws=draws) for name, rows in sureness.groupby("run")}
calibration = each["first run"]
pd.concat(each, names=["run"]).reset_index("run").reset_index(drop=True)

# %%
tenths, grades = bin_confidence(fresh, draws=draws), score_grades(fresh, draws=draws)
display(grades)
tenths

# %%
confidence_figure = plot_calibration(tenths, calibration, source=unseen)
confidence_figure

# %% [markdown]
# ## How sure is the suite of the numbers asked about?
#
# Counted by their marks alone, whether a reader judged them or not. A number of grade C is to be looked up in its page.

# %%
own = count_grades(numbers, chosen.table("documents"))
own

# %% [markdown]
# ## How far do readers agree?
#
# Where several readers have judged rows of the corpus (`corrections.csv`): Krippendorff's alpha by field, and what they disagree on, of which nothing is applied. Where none have, nothing stands here.

# %%
said = read_corrections(chosen.folder)
agreement, disputes = measure_agreement(said, numbers), list_disputes(said, numbers)
for table in filter(len, (agreement.round(3), disputes)):
    display(table)

# %% [markdown]
# ## How many numbers of the judged corpus are found, and how many are read right?
#
# A list says something of a corpus only where both are about the same places; else these sections stay empty. F1 punishes what is missed and what is made up alike. The headline score asks only for the indicators that every report gives.

# %%
intervals = score_intervals(pairs, draws=draws)
scores = intervals.assign(score=intervals["score"].str.replace("_", " "))
scores[["value", "low", "high"]] = (100 * scores[["value", "low", "high"]]).round(1)
show(scores)

# %%
best, row = scores.iloc[0], scores.set_index("score").loc["row f1"]
told = {name: row[name] for name in ("value", "low", "high")}
finding = say("Whole rows are right at F1 {value:.1f} %, between {low:.1f} and {high:.1f}", **told)
caption = Caption(finding, "%", say("{n} numbers marked by hand", n=len(gold)), source)
named = scores.assign(score=scores["score"].map(label))
scores_figure = plot_ranked_dots(
    named, label="score", value="value", low="low", high="high", caption=caption
)
show(scores_figure)

# %% [markdown]
# ## Which field goes wrong?
#
# A wrong value is worse than a long name. Shares are of the numbers that were found at all.

# %%
fields = score_fields(pairs).assign(field=lambda card: card["field"].str.replace("_", " "))
fields["share_pct"] = (100 * fields["share"]).round(1)
fields = fields.drop(columns="share")
show(fields)

# %%
weakest = fields.sort_values(["share_pct", "field"], ignore_index=True).iloc[0]
told = {"field": label(weakest["field"]), "share": weakest["share_pct"]}
finding = say("The weakest field is the {field}: {share:.1f} % right", **told)
n = say("{n} numbers found and marked", n=pairs["number"].sum())
caption = Caption(finding, say("% right"), n, source)
named = fields.assign(field=fields["field"].map(label))
fields_figure = plot_ranked_bars(named, label="field", value="share_pct", caption=caption)
show(fields_figure)

# %% [markdown]
# ## Does damage make the reading worse?
#
# Some of the documents were found clean and some garbled; if repair works, their scores do not tell which.

# %%
documents = score_pairs(pairs, by="document")
columns = ["document", "gold", "found", "number_f1", "row_f1", "strict_f1", "headline_recall"]
damage = reference.table("documents").set_index("id")["repairs"]
documents = documents[columns].assign(repairs=documents["document"].map(damage))
show(documents)

# %%
measures = score_pairs(pairs, by="measure")[["measure", "gold", "found", "number_f1", "row_f1"]]
show(measures)

# %% [markdown]
# ## What kind of error is it?
#
# Each pair that is not strictly right is named by its wrong fields; `missed` was not found, `surplus` was not marked.

# %%
errors = pairs.loc[pairs["wrong"] != "", "wrong"].value_counts().rename("pairs").reset_index()
errors = errors.sort_values(["pairs", "wrong"], ascending=[False, True], ignore_index=True)
show(errors.head(12))

# %% [markdown]
# ## The answer

# %% tags=["answer"]
recall = pairs["number"].sum() / len(gold)
right = pairs["row"].sum() / max(pairs["in_found"].sum(), 1)
told = {"n": len(numbers), "corpus": corpus, **{grade.lower(): own.iloc[-1][grade] for grade in "ABC"}}
told["read"] = say("read above") if corpus == judged else say("which no reader judged here")
told |= {"marked": len(gold), "judged": judged, "recall": recall, "right": right}
print(say("{finding}.", finding=say_genres(genres)))
print(say("{finding}.", finding=say_calibration(calibration)))
print(
    say(
        "Of {marked} numbers marked in {judged} {recall:.1%} are found, and {right:.1%} of what is found is "
        "right; of the {n:,} numbers of {corpus}, {read}, {a:,} are of grade A, {b:,} of B, {c:,} of C.",
        **told,
    )
    if is_judged
    else say(
        "Of the {n:,} numbers of {corpus}, {read}, {a:,} are of grade A, {b:,} of B, {c:,} of C.", **told
    )
)

# %% [markdown]
# ## Export

# %%
written = {**run, "reads": [judged, "blind"] if is_judged else ["blind"]}
figures = {"08_first_runs": (first_figure, runs), "08_genres": (genres_figure, genres)}
figures |= {"08_confidence": (confidence_figure, tenths)}
tables = {}
if is_judged:
    figures |= {"08_scores": (scores_figure, scores), "08_fields": (fields_figure, fields)}
    tables = {"08_documents": (documents, say("Score by document"))}
    tables |= {"08_measures": (measures, say("Score by measure"))}
title = say("Rows right by grade, at first runs")
[
    *(save_figure(figure, name, table, **written) for name, (figure, table) in figures.items()),
    save_table(grades, "08_grades", title=title, paper=True, **written),
    *(save_table(table, name, title=head, **written) for name, (table, head) in tables.items()),
]
