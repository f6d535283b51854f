# %% [markdown]
# # Which words set each district apart, and how sure is that?
#
# **Data.** The tables `terms`, `paragraphs` and `documents` of the corpus; for the comparison of segmenters, the words in context and the shared text, the articles of a corpus whose text is at hand.
#
# **Method.** A district is compared with all the others together; of one place with a dozen documents or more, a decade with the other decades. Rates are per 10,000 Han characters (and per 10,000 words), with intervals over documents: quasi-Poisson, with the dispersion of the counts; exact Poisson intervals, as if words fell independently, stand beside them. Signed G2, of words among words, tests a difference; Log Ratio is its size (1 = twice as often); LRC is the end of Log Ratio's interval nearest zero and ranks the words. The test that respects documents deals the documents among the districts anew and holds each word against the largest distance that any word of any district reaches (max-T); a district of one document stands among the others only, where others have more. LRC, its p values and max-T are corrected for every word in every district. DPnorm says how evenly a word is spread: 0 even, 1 in one document. Stop words, single characters, numbers and names of places, people and bodies are left out; a word that the dictionary tags as a name counts if most documents say it (城市). A district stands for whatever place the documents are about: the answer names its level.
#
# **Limits.** Words in one document are not independent of one another, so G2, LRC and their p values are too sure of themselves. Max-T asks how purely a word stands in the documents of one district, not how often: with two or three documents each, a word said three times in each of them and nowhere else comes before a frequent one that others say too. With few documents the test by documents cannot reject anything, and then no word can be shown to belong to a district rather than to one author on one day. Genres differ: a work report and a press piece differ in words whatever the district.
#
# **Reads.** `data/<corpus>/tables/`; the texts of the corpus named in `text_corpus`
#
# **Writes.** `figures/<corpus>/04_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
minimum: int = 5  # least occurrences of a word in the corpus, times; 1 to 100000
top: int = 6  # words shown of each district; 1 to 1000
text_corpus: str = "digests"  # corpus whose texts are cut by two segmenters
keyword: str = "项目"  # word shown in context

# %%
import pandas as pd

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import (
    compare_counts,
    contrast_regions,
    cut_words,
    find_collocations,
    find_in_context,
    group_documents,
    is_stop_word,
    judge_contrasts,
    keep_leading,
    list_differences,
    list_names,
    measure_agreement,
    measure_overlap,
    rate_words,
    say_glossary,
    set_glossary_aside,
    split_glossary,
    weigh_terms,
)
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    Caption,
    assign_colours,
    describe_source,
    label_documents,
    plot_facets,
    plot_ranked_dots,
    region_palette,
    save_figure,
    save_table,
    say_common,
    say_contrasts,
    spell_count,
    use_style,
)

run = start_run("04_keywords", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Punctuation, numbers and quantities are no words and are not in the table; stop words are, and are left out here. So are names of places, people and bodies: that a district names itself is no finding. What a report explains at its end (名词解释) is no use of a word: it is set aside, with its characters.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, paragraphs = chosen.table("documents"), chosen.table("paragraphs")
every_term, _ = split_glossary(chosen.table("terms"), paragraphs)
documents = set_glossary_aside(documents, paragraphs, chosen.table("terms"))
named = every_term["term"].isin(list_names(every_term, documents))
terms = every_term[~is_stop_word(every_term["term"], corpus=corpus) & ~named]
labels, source = label_documents(documents), describe_source(chosen)
documents, group = group_documents(documents)
palette = assign_colours(documents["region"]) | region_palette(chosen)

# %%
assert len(documents) and documents["id"].is_unique, "a corpus without documents"
assert set(every_term["document"]) <= set(documents["id"])
assert not every_term.duplicated(["document", "paragraph", "term", "pos"]).any()
assert set(chosen.table("documents")["region"]) >= set(regions)
assert (every_term.groupby("document")["count"].sum() <= documents.set_index("id")["tokens"]).all()
print(say("{finding}.", finding=say_glossary(paragraphs)))
told = {"all": every_term["count"].sum(), "n": terms["count"].sum(), "different": terms["term"].nunique()}
print(say("{all:,} words, {n:,} of them neither stop words nor names, {different:,} different ones", **told))

# %% [markdown]
# ## What do all of them say?
#
# Words that tie with the first one left out are left out with it. A word is common to the corpus only if it stands in most documents and is spread evenly: both are shown beside the rate. Two intervals: the exact one holds if mentions fall independently of one another; the one over documents is as wide as the documents differ (a dispersion of 1 is independence), and needs three of them.

# %%
rates = rate_words(terms, documents)
common = keep_leading(rates, 20).round(3)
common

# %%
finding = say_common(common, documents=len(documents))
several = len(documents) > 2
unit = (
    say("per 10,000 Han characters (95 % interval over documents)")
    if several
    else say("per 10,000 Han characters (95 % interval of Poisson counts)")
)
ends = ("by_document_low", "by_document_high") if several else ("per_10k_chars_low", "per_10k_chars_high")
common_figure = plot_ranked_dots(
    common,
    label="term",
    value="per_10k_chars",
    low=ends[0],
    high=ends[1],
    caption=Caption(finding, unit, spell_count(rates["count"].sum(), "word"), source),
)
common_figure

# %% [markdown]
# ## What sets each district apart?
#
# Each district's words against those of all the others together: raw counts, both rates, the test and the size of the difference in one row. Only words whose LRC is above zero survive the correction for all the words compared in all the districts, if words were independent of one another.

# %%
contrasts = contrast_regions(terms, documents, minimum=minimum)
family = len(contrasts)
typical = contrasts[contrasts["g2"] > 0].groupby("region").head(top)
shown = ["region", "term", "count", "reference", "per_10k_chars", "reference_per_10k_chars", "g2"]
effects = ["log_ratio", "low", "high", "lrc", "bic", "q", "dp_norm", "p_permuted", "p_max"]
typical[shown + effects].round(3).reset_index(drop=True)

# %%
surviving = contrasts[contrasts["lrc"] > 0]
panels = surviving.drop_duplicates("region").sort_values("lrc", ascending=False, kind="stable")["region"]
drawn = surviving[surviving["region"].isin(panels.head(8))].groupby("region").head(top).round(2)
told = {"n": len(surviving), "all": family}
finding = say("Word by word, as if words fell independently, {n:,} of {all:,} comparisons pass", **told)
n = say("{n:,} comparisons of a word in a {group} with the others", n=family, group=label(group))
if len(drawn) < len(surviving):
    groups = spell_count(drawn["region"].nunique(), group)
    n += say("; drawn: {n} that pass, in {groups}", n=len(drawn), groups=groups)
caption = Caption(finding, say("LRC: at least so many doublings of the others' rate"), n, source)
typical_figure = plot_facets(
    drawn,
    facet="region",
    label="term",
    value="lrc",
    facet_order=panels.head(8).tolist(),
    colour_by="region",
    palette=palette,
    caption=caption,
)
typical_figure

# %% [markdown]
# ## How certain is that?
#
# The table above treats words as independent. The documents are what was drawn, so the documents are dealt among the districts anew: how often would any word of any district stand out as far as this? What so few documents can show at best is known before any counting.

# %%
verdict = judge_contrasts(contrasts)
print(verdict)
held = contrasts[contrasts["p_max"] < 0.05].sort_values(["p_max", "region", "term"])
held[["region", "term", "count", "reference", "documents", "z", "p_permuted", "p_max"]].head(20).round(
    4
).reset_index(drop=True)

# %% [markdown]
# ## What does each document have that others have not?
#
# TF-IDF is a description, not a test: tf = 1 + ln(count), idf = ln((1 + N) / (1 + df)) + 1, each document scaled to length 1. With few documents idf has few levels, and many words tie: words that tie with one left out are left out with it, and what stands once is not ranked.

# %%
totals = terms.groupby(["document", "term"], as_index=False)["count"].sum()
weights = weigh_terms(totals, documents=len(documents))
each = [keep_leading(own, 3, by=["tfidf"]) for _, own in weights.groupby("document", sort=False)]
leading = pd.concat(each).assign(document=lambda frame: frame["document"].map(labels))
leading.round(3).reset_index(drop=True)

# %% [markdown]
# ## Does it depend on who cuts the words?
#
# The texts of the corpus named in `text_corpus`, whatever corpus is asked about, are cut by two segmenters of different kinds: rjieba (a word list and a hidden Markov model) and LAC (a neural network). Words on whose count they differ by more than a fifth are marked: nothing should be built on those counts without saying which segmenter was used.

# %%
texts = load_corpus(text_corpus).articles()
agreement = measure_agreement(texts).round(3)
print(say("Texts of {corpus}: words that either segmenter cuts, and those that both do", corpus=text_corpus))
agreement

# %%
differences = list_differences(texts.values())
differences.head(12)

# %%
cut = load_corpus(text_corpus)
own_rates = rate_words(cut.table("terms"), cut.table("documents"))
asked = own_rates.loc[~is_stop_word(own_rates["term"], corpus=text_corpus), "term"].head(15).tolist()
sides = compare_counts(texts.values(), asked)
told = {"n": sides["depends"].sum(), "all": len(sides), "corpus": text_corpus}
print(say("{n} of the {all} most frequent words of {corpus} depend on the segmenter", **told))
sides

# %% [markdown]
# ## In which company does a word stand?
#
# The word in its context, sorted by what follows, and the words within five words of it. Both need the text itself, so they are shown for the corpus named in `text_corpus`.

# %%
context = find_in_context(texts, keyword, width=12, sort="right")
told = {"word": keyword, "n": len(context), "documents": context["document"].nunique()}
print(say("{word}: {n} mentions in {documents} documents of {corpus}", **told, corpus=text_corpus))
context[["document", "left", "keyword", "right"]].head(8)

# %%
lines = [line for text in texts.values() for line in text.splitlines()]
sentences = [[word for word, pos in cut_words(line) if pos != "x"] for line in lines]
company = find_collocations(sentences, keyword, window=5, minimum=3)
company[~is_stop_word(company["term"], corpus=text_corpus)].head(8).round(3).reset_index(drop=True)

# %% [markdown]
# ## How much of it was copied?
#
# Runs of at least 14 Han characters that two documents of the corpus named in `text_corpus` share; what other corpora copied is a matter of notebook 11. Counts of words in them say what was handed round, not what a district chose to say.

# %%
overlap = measure_overlap(texts).round(2)
told = {"n": (overlap["shared_chars"] > 0).sum(), "all": len(overlap)}
print(say("Texts of {corpus}: {n} of {all} share a run", **told, corpus=text_corpus))
overlap

# %% [markdown]
# ## The answer

# %% tags=["answer"]
print(say("{finding}.", finding=say_contrasts(contrasts, group=group)))
print(verdict)

# %% [markdown]
# ## Export

# %%
captions = [
    say("Words more frequent in a {group} than elsewhere, whether they pass or not", group=label(group)),
    say("Where two segmenters differ in the texts of {corpus}", corpus=text_corpus),
    say("Counts in the texts of {corpus} as strings and by segmenter", corpus=text_corpus),
]
[
    save_figure(common_figure, "04_common_words", common, **run),
    save_figure(typical_figure, "04_typical_words", drawn, **run),
    save_table(
        typical.round(4),
        "04_typical_words_table",
        title=captions[0],
        paper=True,
        **run,
    ),
    save_table(
        differences.head(50),
        "04_segmenter_differences",
        title=captions[1],
        reads=[text_corpus],
        **run,
    ),
    save_table(
        sides,
        "04_segmenter_counts",
        title=captions[2],
        reads=[text_corpus],
        **run,
    ),
]
