# %% [markdown]
# # Which places and years say the same?
#
# **Data.** The tables `documents`, `terms`, `slogans` and `runs` (runs of Han characters that two documents share: where they stand and how long they are, none of the characters).
#
# **Method.** Words without stop words and without names of places and persons. Cosine of tf-idf (tf = 1 + ln count, smoothed idf) or of relative rates, Jaccard of the words and of the listed slogans that two documents hold. A run goes on over marks and digits and is as long as it can be; the least length is a parameter, beyond which only sentences and set phrases reach. A set phrase is a stretch of that length that stands in a tenth of the documents (a parameter), and in five at least; shares are given with and without. Means of pairs have intervals over places drawn anew. Whether pairs of one kind are more alike is tested by dealing documents or places anew, corrected for all tests made. The map is a correspondence analysis of places, or of the documents of fewer than three, by words.
#
# **Limits.** Shared characters say that the same stands in both, not who wrote it first: provinces report in January and February, the State Council in March, and both follow the same conferences. The more sources, the more is found in them, so the share of one source on average stands beside it. A longer document has more words, which raises Jaccard and lowers it against a short one. On the map a place and a word have no distance, only a direction. Regions are large regions, provinces or prefectures as the codes tell them apart, not neighbours on a map. An arch on the map is the mark of one long change, not a second cause.
#
# **Reads.** `data/<corpus>/tables/`, and the table of documents of the corpora that its `sources.csv` names
#
# **Writes.** `figures/<corpus>/11_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
weighting: str = "tfidf"  # what the cosine is of: one of tfidf, rates
measure: str = "cosine"  # drawn: one of cosine, jaccard_words, jaccard_slogans, shared_without_set_pct
year: int = 0  # last year reported on of the documents in the matrix; 0 takes all, or the year of most places
shortest: int = 14  # least Han characters of a run that counts as taken over; 14 to 1000
common: float = 0.1  # share of the documents in which a set phrase stands; 0 to 1
least: float = 0.2  # share of the documents in which a word of the map must stand; 0 to 1

# %%
from IPython.display import display

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import (
    analyse_correspondence,
    average_pairs,
    average_reuse,
    classify_pairs,
    compare_documents,
    leave_out_names,
    list_longest,
    measure_reuse,
    measure_stability,
    permute_kinds,
    places_of,
    share_runs,
    tabulate_words,
    total_terms,
)
from dz_analysis.language import say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    MEASURES,
    describe_source,
    list_points,
    name_rows,
    pick_documents,
    plot_axes,
    plot_kinds,
    plot_likeness,
    plot_map,
    plot_reuse,
    save_figure,
    save_table,
    say_closest,
    say_kinds,
    say_reuse,
    use_style,
)

run = start_run("11_likeness", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Words that name places and persons are left out: two reports are not alike for naming the same town.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, runs, source = chosen.table("documents"), chosen.table("runs"), describe_source(chosen)
words = total_terms(leave_out_names(chosen.table("terms")), corpus=corpus)
counted = chosen.table("slogans")
slogans = counted[counted["form"] == "lexicon"]
centre = {name: load_corpus(name).table("documents") for name in chosen.sources}

# %%
assert len(documents) and documents["id"].is_unique, "a corpus without documents"
assert set(runs["document"]) <= set(documents["id"]) and (runs["han_chars"] >= 14).all()
sizes = documents.set_index("id")["han_chars"]
ends = runs["han_start"] + runs["han_chars"]
assert (ends.to_numpy() <= sizes.reindex(runs["document"]).to_numpy()).all(), "a run beyond its end"
told = {"documents": len(documents), "words": words["count"].sum(), "runs": len(runs)}
print(say("{documents} documents, {words:,} words counted, {runs:,} runs shared", **told))

# %% [markdown]
# ## Each two documents
#
# The closest pairs, with what they share. The share of characters is of both documents together, set phrases apart.

# %%
held = {"shortest": shortest, "common": common, "has_all_pairs": chosen.has_all_runs}
near = documents if chosen.has_all_runs else pick_documents(documents, year=year)
compared = compare_documents(words, slogans, near, weighting=weighting)
shared = share_runs(runs, near, **held)
pairs = classify_pairs(compared.merge(shared, on=["first", "second"]), documents)
closest = pairs.sort_values(["cosine", "first", "second"], ascending=[False, True, True])
closest.head(15).round(3).reset_index(drop=True)

# %%
side_by_side = pick_documents(near, year=year)
likeness_figure = plot_likeness(pairs, side_by_side, measure=measure, source=source)
likeness_figure

# %% [markdown]
# ## Kinds of pairs
#
# Whether a place resembles itself, its region or nobody. Pairs hang together by their documents, so documents are drawn and dealt anew, never pairs.

# %%
told = [name for name in MEASURES if chosen.has_all_runs or pairs[name].notna().any()]
averages = average_pairs(pairs, places_of(near), told)
tests = permute_kinds(pairs, near, told)
display(averages.round(4), tests.round(4))

# %%
kinds_figure = plot_kinds(averages, tests, source=source)
kinds_figure

# %% [markdown]
# ## What is taken over
#
# The share of each document's Han characters that stands in runs shared with its own report before, with the centre, with other places. The shares overlap; one character counts once in each.

# %%
reuse = measure_reuse(runs, documents, centre=centre, **held)
taken = average_reuse(reuse)
display(taken.round(2), reuse.round(2).head(20))

# %%
reuse_figure = plot_reuse(reuse, shortest=shortest, source=source)
reuse_figure

# %% [markdown]
# The longest runs by where they stand: Han characters of the document and of the source before them. What they say is not stored.

# %%
longest = list_longest(runs, documents)
longest.head(12)

# %% [markdown]
# ## A map
#
# Rows that use words in the same proportions lie together, in the direction of the words that they use more than others. How much an axis holds stands at it; the second chart says which words make it, and how far it hangs on a single row.

# %%
named, of = name_rows(documents)
table = tabulate_words(words, named, least=least)
found = None if table is None else analyse_correspondence(table)
stability = measure_stability(table)
display(*(() if found is None else (found.axes.head(5).round(4), stability.round(3))))

# %%
map_figure = plot_map(found, of=of, source=source)
map_figure

# %%
axes_figure = plot_axes(found, stability, source=source)
axes_figure

# %% [markdown]
# ## The answer

# %% tags=["answer"]
told = [say_closest(pairs, documents), say_reuse(taken, shortest=shortest), say_kinds(tests)]
print("\n".join(say("{finding}.", finding=one) for one in told))

# %% [markdown]
# ## Export

# %%
run |= {"reads": chosen.sources, "resolved": {"documents": list(side_by_side["id"])}}
makers = stability if found is None else found.columns
[
    save_figure(likeness_figure, "11_likeness", pairs, **run),
    save_figure(kinds_figure, "11_kinds", averages, **run),
    save_figure(reuse_figure, "11_reuse", reuse, **run),
    save_table(tests.round(6), "11_tests", title=say("Tests of kinds of pairs"), paper=True, **run),
    save_figure(map_figure, "11_map", list_points(found, of=of), **run),
    save_figure(axes_figure, "11_axes", makers, **run),
    save_table(longest, "11_longest", title=say("The longest runs that documents share"), **run),
]
