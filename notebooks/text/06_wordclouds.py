# %% [markdown]
# # What do the documents talk about, at a glance?
#
# **Data.** The tables `terms`, `slogans`, `paragraphs` and `documents`: counts, never text.
#
# **Method.** The area of a word's characters grows with its rate per 10,000 Han characters; its colour is its kind and the same in every cloud; names of places, people and bodies are counted here, in a colour of their own, and left out in notebook 04; the layout is fixed by a seed and saved as a table. No word is shrunk to fit: the largest size is lowered until all words of readable size and the most frequent ones stand; what is not drawn is listed, and words of one rate are left out together. What is said less often than `least` times is not tried. The outline is a shape or a picture (dark on white), by parameter. A character that the font lacks is drawn as □ and said. Beside each cloud its first words stand in a ranked dot chart with their mentions and exact Poisson intervals, as if mentions fell independently.
#
# **Limits.** Eyes judge area worse than length, and long words look larger: read numbers from the dots. In a cloud of all documents a long document outweighs the short ones. A cloud compares nothing; notebooks 04 and 05 do.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/06_*`: each cloud as SVG of real text, PDF, PNG, and its layout as CSV

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
top: int = 10  # most frequent words, drawn however small; 1 to 1000
most: int = 70  # words tried in a cloud, by rate; 1 to 2000
width: int = 900  # width of a cloud, pixels; 100 to 10000
height: int = 620  # height of a cloud, pixels; 100 to 10000
least: int = 2  # least mentions of a word in a cloud, times; 1 to 100000
shape: str = "rectangle"  # outline of the clouds, one of rectangle, ellipse, circle, diamond, hexagon
picture: str = ""  # file of a picture whose dark parts are the outline, in place of a shape; blank for none
seed: int = 20210127  # of the layout; 0 to 4294967295
few: int = 12  # documents with a cloud of their own at most; 1 to 1000

# %%
import pandas as pd
from IPython.display import display

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import (
    is_stop_word,
    keep_leading,
    list_names,
    rate_words,
    say_glossary,
    set_glossary_aside,
    slogan_kinds,
    split_glossary,
)
from dz_analysis.language import say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    Caption,
    describe_source,
    join_names,
    kind_of_pos,
    label_documents,
    lay_out_cloud,
    list_first,
    make_shape,
    pick_evenly,
    plot_cloud,
    read_shape,
    save_figure,
    say_first,
    spell_count,
    use_style,
    write_svg,
)

run = start_run("06_wordclouds", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Stop words, numbers and single characters are left out; slogans are counted as strings, words by the segmenter. What a glossary (名词解释) explains is set aside, with its characters.

# %%
chosen = load_corpus(corpus, regions=regions)
paragraphs = chosen.table("paragraphs")
documents = set_glossary_aside(chosen.table("documents"), paragraphs, chosen.table("terms"))
every_term, slogans = (split_glossary(chosen.table(name), paragraphs)[0] for name in ("terms", "slogans"))
terms = every_term[~is_stop_word(every_term["term"], corpus=corpus)]
labels, source = label_documents(documents), describe_source(chosen)
unit, ends = say("per 10,000 Han characters"), {"low": "per_10k_chars_low", "high": "per_10k_chars_high"}
size = {"width": width, "height": height}
mask = read_shape(picture, **size) if picture else make_shape(shape, **size)
room = {**size, "mask": mask, "seed": seed, "top": top, "most": most, "least": least}

# %%
assert len(documents) and documents["id"].is_unique, "a corpus without documents"
assert set(terms["document"]) | set(slogans["document"]) <= set(documents["id"])
assert set(documents["region"]) >= set(regions)
kinds = terms.groupby("term")["pos"].agg(lambda tags: tags.mode().iloc[0]).map(kind_of_pos)
names = dict.fromkeys(list_names(terms, documents), "name")
kind_of = kinds.mask(kinds == "name", "noun").to_dict() | names
kind_of_slogan = dict(slogans.groupby("slogan")["form"].first()) | dict(slogan_kinds(corpus))
print(say("{finding}.", finding=say_glossary(paragraphs)))
told = {"n": terms["count"].sum(), "different": terms["term"].nunique(), "said": slogans["count"].sum()}
told["documents"] = spell_count(len(documents), "document")
print(
    say("{n:,} words ({different:,} different ones) and {said:,} mentions of slogans in {documents}", **told)
)

# %% [markdown]
# ## The words of all documents
#
# Rates over all documents together: the longest document weighs most.

# %%
words = rate_words(terms, documents)
words = words.assign(rate=words["per_10k_chars"], kind=words["term"].map(kind_of))
words_cloud = lay_out_cloud(words, **room)
print(words_cloud)
finding, n = say_first(words, "different words"), spell_count(words["count"].sum(), "word")
caption = Caption(finding, unit, n, source)
words_figure = plot_cloud(words_cloud, words=words, **ends, caption=caption)
words_figure

# %% [markdown]
# ## The slogans of all documents

# %%
said = rate_words(slogans, documents, name="slogan").rename(columns={"slogan": "term"})
said = said.assign(rate=said["per_10k_chars"], kind=said["term"].map(kind_of_slogan))
slogans_cloud = lay_out_cloud(said, **room)
print(slogans_cloud)
finding = say_first(said, "slogans and coinages")
caption = Caption(finding, unit, spell_count(said["count"].sum(), "mention"), source)
slogans_figure = plot_cloud(slogans_cloud, words=said, **ends, caption=caption)
slogans_figure

# %% [markdown]
# ## Each document by itself
#
# The same words, each document with its own rates; a word keeps its colour. Of many documents some have a cloud, at equal distances in the order of the corpus; the word that comes first is counted in all of them.

# %%
tables = {
    document: rate_words(terms[terms["document"] == document], documents[documents["id"] == document])
    for document in documents["id"]
}
clouds, figures = {}, {}
for document in pick_evenly(documents["id"].tolist(), few):
    own = tables[document].assign(kind=tables[document]["term"].map(kind_of))
    own = own.assign(rate=own["per_10k_chars"])
    clouds[document] = lay_out_cloud(own, **room)
    first = say_first(own, "different words")
    finding = say("{name}: {finding}", name=labels[document], finding=first)
    caption = Caption(finding, unit, spell_count(own["count"].sum(), "word"), source)
    figures[document] = plot_cloud(clouds[document], words=own, **ends, caption=caption)

# %%
for document in figures:
    display(figures[document])

# %% [markdown]
# ## What was left out
#
# Every word that is counted but not drawn.

# %%
everything = {say("all words"): words_cloud, say("slogans"): slogans_cloud} | {
    labels[d]: cloud for d, cloud in clouds.items()
}
for name, cloud in everything.items():
    told = {"name": name, "n": len(cloud.layout), "omitted": cloud.say_omitted()}
    told["first"] = "、".join(cloud.omitted[:6]) or say("none")
    print(say("{name}: {n} drawn, first left out: {first}. {omitted}", **told))

# %% [markdown]
# ## The answer

# %% tags=["answer"]
leading = keep_leading(words, 5)
leaders = "、".join(leading["term"])
firsts = pd.Series([word for table in tables.values() for word in list_first(table)]).value_counts()
widest = sorted(firsts.index[firsts == firsts.max()])
print(
    say(
        "The most frequent words are {words}, {most:.0f} to {least:.0f} times in 10,000 Han characters.",
        words=leaders,
        most=words["rate"].iloc[0],
        least=leading["rate"].min(),
    )
)
told = {"words": join_names(widest), "n": firsts.max(), "documents": spell_count(len(tables), "document")}
told |= {"others": spell_count(len(firsts) - len(widest), "other word")}
told |= {"slogans": len(said), "times": said["count"].sum()}
one = say(
    "First in a document, alone or tied: {words} in {n} of {documents}, {others} in fewer; the corpus "
    "mentions {slogans:,} slogans and coinages {times:,} times.",
    **told,
)
several = say(
    "First in a document, alone or tied: {words} in {n} of {documents} each, {others} in fewer; the corpus "
    "mentions {slogans:,} slogans and coinages {times:,} times.",
    **told,
)
print(several if len(widest) > 1 else one)

# %% [markdown]
# ## Export

# %%
saved = [
    save_figure(words_figure, "06_words", words_cloud.layout, svg=write_svg(words_cloud, unit=unit), **run),
    save_figure(
        slogans_figure, "06_slogans", slogans_cloud.layout, svg=write_svg(slogans_cloud, unit=unit), **run
    ),
]
saved + [
    save_figure(figures[d], f"06_words_{number:02d}", cloud.layout, svg=write_svg(cloud, unit=unit), **run)
    for number, (d, cloud) in enumerate(clouds.items(), start=1)
]
