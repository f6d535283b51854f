# %% [markdown]
# # Which slogans does each district use, and what did it coin itself?
#
# **Data.** The tables `slogans`, `terms`, `documents`, `paragraphs` and `observations`: listed slogans with all their written forms, and coinages that nobody listed (numeric abbreviations such as 三区一基地, names in quotes).
#
# **Method.** Slogans are counted as strings, the longest where one stands inside another; no segmenter has a say. A phrase asked for that is not listed is counted in the texts, or refused if they are not at hand. Rates are per 10,000 Han characters with exact (Garwood) 95 % Poisson intervals, as if mentions fell independently: a district that never says a slogan has a rate of 0 with an upper bound, not a gap. Districts (or whatever places the documents are about), or decades of one place, are compared as in notebook 04, by slogans with `minimum` mentions or more; a coinage that another place says as a plain word, without quotes, is no one's own and is not compared. Plan and review are compared within the documents that hold both, each weighed by the size of its parts (Mantel and Haenszel).
#
# **Limits.** A slogan that stands once or twice has an interval that is wide and overlaps others; a short document that says a slogan once has a higher rate than a long one that says it five times. What a list leaves out is found only if it stands in quotes or sums up by a number. First uses are a matter of notebook 10.
#
# **Reads.** `data/<corpus>/tables/`; the texts of the corpus named in `text_corpus`
#
# **Writes.** `figures/<corpus>/05_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
slogans: list[str] = ["双招双引", "保姆式帮办"]  # slogans or phrases asked for
top: int = 12  # further slogans shown; 1 to 1000
minimum: int = 5  # least mentions of a slogan that places are compared by, times; 1 to 100000
print_rows: int = 200  # lines of a printed table at most; 1 to 100000
text_corpus: str = "digests"  # corpus whose texts show how coinages are found

# %%
import pandas as pd

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import (
    compare_within,
    contrast_regions,
    cooccur,
    count_asked,
    find_coinages,
    find_in_context,
    find_series,
    group_documents,
    judge_contrasts,
    keep_leading,
    list_plain_words,
    rate_by_region,
    rate_words,
    say_glossary,
    set_glossary_aside,
    slogan_kinds,
    split_glossary,
    standard_forms,
)
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    Caption,
    assign_colours,
    describe_source,
    kind_labels,
    plot_coverage,
    plot_facets,
    plot_ranked_dots,
    region_palette,
    save_figure,
    save_table,
    say_asked,
    say_own,
    say_rates,
    say_spread,
    say_subjects,
    say_within,
    spell_count,
    use_style,
)

run = start_run("05_slogans", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# A slogan in a plan and one in a review are the same slogan; which it is stands with its paragraph. What a glossary (名词解释) explains is not said: it is set aside, with its characters.

# %%
chosen = load_corpus(corpus, regions=regions)
paragraphs, observations = chosen.table("paragraphs"), chosen.table("observations")
counted, explained = split_glossary(chosen.table("slogans"), paragraphs)
documents = set_glossary_aside(chosen.table("documents"), paragraphs, chosen.table("terms"))
documents, group = group_documents(documents)
palette, source = assign_colours(documents["region"]) | region_palette(chosen), describe_source(chosen)
region_of = documents.set_index("id")["region"]
plain = list_plain_words(counted, chosen.table("terms"), documents)

# %%
assert len(documents) and documents["id"].is_unique, "a corpus without documents"
assert set(counted["document"]) <= set(documents["id"])
assert set(chosen.table("documents")["region"]) >= set(regions)
assert not counted.duplicated(["document", "paragraph", "slogan", "form"]).any()
assert (counted["count"] > 0).all() and slogans, "name at least one slogan"
told = {"finding": say_glossary(paragraphs), "n": explained["count"].sum()}
print(say("{finding}; mentions of slogans in glossaries: {n:,}.", **told))
told = {"group": label(group), "n": len(plain), "names": "、".join(plain[:9])}
print(say("Coinages of one {group} that others say as plain words: {n} ({names})", **told))
forms = counted.groupby("form")["count"].agg(["sum", "size"])
forms.rename(columns={"sum": "mentions", "size": "rows"}).reset_index()

# %% [markdown]
# ## How often does each district say the slogans asked for?
#
# The dot is the rate, the bar its exact interval: districts whose bars overlap have not been shown to differ.

# %%
at_hand = chosen.articles(glossary=False) if chosen.has_texts else None
wanted = count_asked(slogans, counted, texts=at_hand)
asked = rate_by_region(wanted, documents, standard_forms(slogans))
asked.dropna(axis="columns", how="all").round(2)

# %%
told = asked[(asked["count"] > 0) | (len(asked) <= 30)]
drawn = told.assign(label=told["slogan"] + " · " + told["region"])
colours = dict(zip(drawn["label"], drawn["region"].map(palette), strict=True))
asked_figure = plot_ranked_dots(
    drawn,
    label="label",
    value="per_10k_chars",
    low="per_10k_chars_low",
    high="per_10k_chars_high",
    palette=colours,
    caption=Caption(
        say_asked(asked, group=group),
        say("per 10,000 Han characters (exact 95 % interval)"),
        spell_count(asked["count"].sum(), "mention"),
        source,
    ),
)
asked_figure

# %% [markdown]
# ## Which slogans are common property?
#
# Slogans by the number of documents that hold them, and by their rate in each district; what stands in one document of several is no common property. What ties with the first one left out is left out with it. A dash means that the district does not say it in this document: not that it does not do it.

# %%
spread = rate_words(counted, documents, name="slogan")
shared = spread[spread["documents"] > min(1, len(documents) - 1)]
common = keep_leading(shared, top, by=["documents", "count"])
once = int((spread["count"] == 1).sum())
print(say("{n:,} of {all:,} are said once and not ranked", n=once, all=len(spread)))
common.round(3).reset_index(drop=True)

# %%
by_region = rate_by_region(counted, documents, common["slogan"].tolist()).round(1)
said = by_region[by_region["count"] > 0]
finding = say_spread(spread, documents=len(documents))
told = {"mentions": counted["count"].sum(), "n": len(spread), "drawn": len(common)}
n = say("{mentions:,} mentions of {n:,} slogans and coinages, {drawn} drawn", **told)
caption = Caption(finding, say("per 10,000 Han characters"), n, source)
common_figure = plot_coverage(
    said,
    row="slogan",
    column="region",
    value="per_10k_chars",
    row_order=common["slogan"].tolist(),
    column_order=sorted(set(documents["region"])),
    caption=caption,
)
common_figure

# %% [markdown]
# ## What did each district coin, or alone take up?
#
# Coinages and slogans that stand in one district only, the most frequent first, with their rates and exact intervals. One that stands once is no habit: those are counted, not ranked.

# %%
placed = counted.assign(region=counted["document"].map(region_of))
owners = placed.groupby("slogan")["region"].nunique()
single = placed[(placed["slogan"].map(owners) == 1) & ~placed["slogan"].isin(plain)]
own = (
    single.groupby(["region", "slogan"], as_index=False)
    .agg({"form": "first", "count": "sum"})
    .sort_values(["region", "count", "slogan"], ascending=[True, False, True])
)
own_rates = rate_by_region(counted, documents, own["slogan"].unique().tolist())
rate = ["per_10k_chars", "per_10k_chars_low", "per_10k_chars_high"]
own = own.merge(own_rates[["region", "slogan", *rate]], on=["region", "slogan"])
repeated = own[own["count"] > 1]
told = {"often": len(repeated), "once": len(own) - len(repeated)}
print(say("Said more than once: {often:,}; once: {once:,}", **told))
repeated.groupby("region").head(top).round(2).reset_index(drop=True)

# %%
richest = repeated.groupby("region").size().sort_values(ascending=False, kind="stable")
finding = say_own(repeated, groups=region_of.nunique(), group=group)
drawn = repeated[repeated["region"].isin(richest.head(8).index)].groupby("region").head(6).round(1)
told = {"n": len(drawn), "all": len(repeated), "group": label(group)}
n = say("{n} of {all:,} drawn: at most 6 of a {group}, the most frequent", **told)
caption = Caption(finding, say("per 10,000 Han characters"), n, source)
own_figure = plot_facets(
    drawn,
    facet="region",
    label="slogan",
    value="per_10k_chars",
    colour_by="region",
    palette=palette,
    caption=caption,
)
own_figure

# %% [markdown]
# ## What are the slogans about?
#
# Listed slogans by kind. The kinds are those of the list: a coinage has none.

# %%
listed = counted[counted["form"] == "lexicon"]
kinds = listed.assign(kind=listed["slogan"].map(dict(slogan_kinds(corpus))).map(dict(kind_labels())))
themes = rate_by_region(kinds, documents, sorted(kinds["kind"].unique()), name="kind").round(1)
subjects = kinds.groupby("kind")["count"].sum().sort_values(ascending=False, kind="stable")
finding = say_subjects(subjects)
n = say("{n:,} mentions of listed slogans", n=kinds["count"].sum())
caption = Caption(finding, say("per 10,000 Han characters"), n, source)
themes_figure = plot_coverage(
    themes[themes["count"] > 0],
    row="kind",
    column="region",
    value="per_10k_chars",
    row_order=subjects.index,
    column_order=sorted(set(documents["region"])),
    caption=caption,
)
themes_figure

# %% [markdown]
# ## Do slogans stand where the districts look back, or where they look ahead?
#
# The first table adds up all documents. Whether plans say more of them is a question within documents: only those with both parts can answer it, and one with a plan of two sentences less than one with long parts.

# %%
stances = counted.merge(
    paragraphs[["document", "paragraph", "stance"]], on=["document", "paragraph"], validate="many_to_one"
)
assert len(stances) == len(counted)
sizes = paragraphs.groupby("stance")["han_chars"].sum()
looks = stances.groupby(["stance", "form"])["count"].sum().unstack(fill_value=0)
pooled = looks.assign(han_chars=sizes, per_10k_chars=(10_000 * looks.sum(axis=1) / sizes).round(1))
pooled.reset_index()

# %%
both = compare_within(stances.assign(slogan="listed slogans and coinages"), paragraphs, weigh=True)
print(say("{finding}.", finding=say_within(both)))
both.round(3)

# %% [markdown]
# ## Which slogans stand where the numbers are?
#
# Pairs of slogan and indicator in one paragraph. Paragraphs of reports are long, so a pair says that both are spoken of together, not that one caused the other.

# %%
pairs = cooccur(counted, observations, units=int((paragraphs["stance"] != "glossary").sum()), minimum=2)
print(say("{n:,} pairs share at least two paragraphs", n=len(pairs)))
pairs.head(12).round(3)

# %% [markdown]
# ## Can slogans tell the districts apart?

# %%
compared = counted[~counted["slogan"].isin(plain)]
contrasts = contrast_regions(compared, documents, name="slogan", minimum=minimum)
surviving = contrasts[contrasts["lrc"] > 0].sort_values(["p_max", "lrc"], ascending=[True, False])
verdict = judge_contrasts(contrasts)
told = {"n": len(surviving), "all": len(contrasts), "verdict": verdict}
print(say("Slogan by slogan, {n:,} of {all:,} comparisons pass. {verdict}", **told))
shown = ["region", "term", "count", "reference", "log_ratio", "low", "lrc", "g2", "p_bonferroni"]
surviving[[*shown, "p_permuted", "p_max"]].head(20).round(3).reset_index(drop=True)

# %% [markdown]
# ## How are coinages found, and what do they sum up?
#
# Shown on texts that may be shown. The parts are given only where the text spells out as many as the numeral says.

# %%
texts = load_corpus(text_corpus).articles()
found = pd.DataFrame(
    [
        (document, coinage.text, coinage.form, "、".join(coinage.parts))
        for document, text in texts.items()
        for coinage in find_coinages(text)
    ],
    columns=["document", "coinage", "form", "parts"],
).drop_duplicates(ignore_index=True)
told = {"n": len(found), "texts": len(texts), "whole": (found["parts"] != "").sum()}
print(say("{n} coinages in {texts} texts, {whole} with their parts", **told))
found[found["parts"] != ""].reset_index(drop=True)

# %%
series = [(document, "、".join(s.members)) for document, text in texts.items() for s in find_series(text)]
context = pd.concat([find_in_context(texts, slogan, width=12) for slogan in slogans], ignore_index=True)
print(say("parallel series: {series}", series=series))
context[["document", "left", "keyword", "right"]]

# %% [markdown]
# ## The answer

# %% tags=["answer"]
print(say("{finding}.", finding=say_rates(asked)))
told = {"all": len(spread), "n": len(own), "group": label(group), "often": len(repeated)}
apart = say(
    "Of {all:,} slogans and coinages {n:,} stand in one {group} only, {often:,} of them more than once.",
    **told,
)
told = {"all": len(spread), "often": (spread["count"] > 1).sum()}
alone = say("Of {all:,} slogans and coinages {often:,} are said more than once.", **told)
print(apart if region_of.nunique() > 1 else alone)
print(verdict)

# %% [markdown]
# ## Export

# %%
[
    save_figure(asked_figure, "05_asked", asked, **run),
    save_figure(common_figure, "05_common", by_region, **run),
    save_figure(own_figure, "05_own", repeated, **run),
    save_figure(themes_figure, "05_themes", themes, **run),
    save_table(
        own.round(4),
        "05_coinages",
        title=say("Slogans and coinages of one {group}", group=label(group)),
        most=print_rows,
        paper=True,
        **run,
    ),
    save_table(
        pairs.round(4),
        "05_pairs",
        title=say("Slogans and indicators in one paragraph"),
        note=say("The pairs that share most paragraphs first."),
        most=print_rows,
        **run,
    ),
]
