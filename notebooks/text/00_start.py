# %% [markdown]
# # What becomes of a folder of pages of your own?
#
# **Data.** The corpus that is asked about (`corpus`), and as a folder to try the way on the pages of `practice`: short texts of ours about districts of Dezhou, damaged as pages on the web are.
#
# **Method.** The pages are taken into a corpus that is thrown away afterwards, as `dz new` takes them into one that stays: the manifest is drafted with what each field was read from, every number that measures something becomes a row, and each row says how sure its reading is. Then a row is looked up in its sentence, the rows worth a look are listed, and one is corrected.
#
# **Limits.** A number of grade C is to be looked up before it is used. Where the pages of a corpus are not at hand, rows lead to offsets and not to sentences.
#
# **Reads.** Tables `documents` and `observations` of the corpus; the pages and tables of `practice`.
#
# **Writes.** Figure and table `00_grades`.

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/: the corpus that is asked about
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
practice: str = "digests"  # folder under data/: the corpus whose pages the way is tried on
indicator: str = "一般公共预算收入"  # name of an indicator that is looked up
most: int = 8  # rows shown of a long table, count; 1 to 1000

# %%
import dz_analysis as dz
from dz_analysis.comparing import count_grades
from dz_analysis.corpus import load_corpus
from dz_analysis.draft import try_corpus
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.review import Correction, Corrections, Place, apply_corrections
from dz_analysis.showing import (
    Caption,
    describe_source,
    plot_ranked_bars,
    save_figure,
    save_table,
    spell_count,
    use_style,
)
from dz_analysis.triage import list_for_review

run = start_run("00_start", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# A corpus is loaded by the name of its folder. It shows what was read of each document.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, rows = chosen.table("documents"), chosen.table("observations")
chosen

# %%
assert not documents.duplicated("id").any(), "a document stands twice"
assert set(rows["document"]) <= set(documents["id"]), "a row is of no document"
assert not rows.duplicated(["document", "start"]).any(), "a number is read twice"
print(say("{documents} documents, {numbers} numbers", documents=len(documents), numbers=len(rows)))

# %% [markdown]
# ## A folder becomes a corpus
#
# In a terminal this is `dz new mine pages/`: folders in folders, patterns and zip archives are taken too. The manifest `documents.csv` is drafted: each field beside what of the page it was read from. Open it in a spreadsheet; what you write there wins, and `dz ingest mine` measures anew.

# %%
pages = load_corpus(practice)
trial = try_corpus([pages.texts])
columns = ["id", "region", "region_from", "period", "period_from", "genre"]
trial.manifest[columns].head(most)

# %% [markdown]
# ## Was it understood?
#
# One line a document: whether it was read, how many numbers it gave, what had to be repaired. `dz doctor mine` lists what to look at, the worst first, with the cure.

# %%
columns = ["id", "outcome", "rows", "rows_without_name", "repairs", "unrepaired", "not_stated"]
trial.documents[columns].head(most)

# %% [markdown]
# ## Find a number, with its sentence
#
# An indicator is found under all its names. Each value stands with the sentence that it was read from.

# %%
known = dz.load_corpus(practice).table("observations")["indicator"]
wanted = indicator if indicator in set(known) else known[known != ""].iloc[0]
if wanted != indicator:
    print(f"No number of {practice} is called {indicator}: {wanted} is looked up instead.")
found = dz.find(wanted, corpus=practice)
found[["region", "period", "measure", "quote", "grade", "sentence"]].head(most)

# %% [markdown]
# ## Why was it read so?
#
# Every field of a row leads to the rule, and to the line of the word list, that decided it: `dz.explain` lists them behind the sentence and what was read of it.

# %%
place, sentence, read, *reasons = dz.explain(found.iloc[0]).splitlines()
for line in (place, sentence, read, say("and {n} reasons", n=len(reasons))):
    print(line)

# %% [markdown]
# ## What to look at first
#
# Rows that are doubtful and matter: headline indicators, numbers that lie apart from others of their kind or contradict them. In a terminal: `dz review mine`.

# %%
listed = list_for_review(rows, documents)
listed[["urgency", "document", "quote", "indicator", "grade", "reasons"]].head(most)

# %% [markdown]
# ## Keep what you know
#
# A correction is a line of `corrections.csv` in the corpus's folder: the number by document, offset and quote, the field, what it was and what it is. Here the first number of the practice pages is confirmed, and the second one called no observation; `dz ingest mine` does the same with the file, and says where a line no longer fits.

# %%
first, second = trial.observations.head(2).to_dict("records")
places = [Place(row["document"], row["start"], row["quote"]) for row in (first, second)]
said = [Correction(2, places[0], "row", "", "right"), Correction(3, places[1], "row", "", "none")]
applied = apply_corrections(trial.observations, Corrections(tuple(said)))
print(applied.reviewed.say_counts())
applied.rows[["document", "observation", "quote", "indicator", "confidence", "review"]].head(most)

# %% [markdown]
# ## How sure are the numbers of the corpus?
#
# Grade A may be used as it stands, B is right more often than not, C is to be looked up.

# %%
counted = count_grades(rows, documents)
total = counted.iloc[-1]
names = [name for name in counted if name not in ("genre", "documents", "rows", "mean_confidence")]
grades = counted.iloc[[-1]][names].T.reset_index().set_axis(["grade", "numbers"], axis=1)
grades["numbers"] = grades["numbers"].astype(int)
grades

# %%
title = say("{n} of {all} numbers are to be looked up before they are used", n=total["C"], all=len(rows))
n = spell_count(len(documents), "document")
caption = Caption(title, label("numbers"), n, describe_source(chosen))
figure = plot_ranked_bars(grades, label="grade", value="numbers", caption=caption)
figure

# %% [markdown]
# ## The answer
#
# Where to go from here: `dz run mine` runs the other notebooks, each of which asks one question of the corpus.

# %% tags=["answer"]
print(
    say(
        "The {pages} pages of the folder that was tried became {rows} rows, each with its place in the page.",
        pages=len(trial.documents),
        rows=len(trial.observations),
    ),
    say(
        "{corpus} holds {numbers} numbers of {documents} documents, {a} of grade A, {b} of B, {c} of C; "
        "{n} are worth a look first.",
        corpus=corpus,
        numbers=len(rows),
        documents=len(documents),
        **{grade.lower(): total[grade] for grade in "ABC"},
        n=len(listed),
    ),
)

# %% [markdown]
# ## Export

# %%
written = {**run, "reads": [practice]}
[
    save_figure(figure, "00_grades", grades, **written),
    save_table(grades, "00_grades_table", **written),
]
