# %% [markdown]
# # What is in the corpus, and how damaged was it?
#
# **Data.** The tables `documents`, `paragraphs`, `observations` and `repairs` of the corpus: what was measured in the pages, not their text.
#
# **Method.** Lengths are counted in Han characters of the repaired article. A repair is a span that the ledger lists, under the ledger's name of its kind; it is certain when only one original was possible. Kinds that only unify spelling or join the lines of a paragraph (parameter `harmless`) are no damage. What should be looked at is what `dz doctor` lists.
#
# **Limits.** A repair that was never suspected is in no ledger. A document says what its authors chose to report: a measure that is absent was not reported, which is not the same as zero.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/01_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
top: int = 30  # documents drawn at most; 1 to 1000
harmless: list[str] = ["folded_punctuation", "line_break"]  # kinds of repair that are of no damage

# %%
from dz_analysis.corpus import load_corpus
from dz_analysis.health import list_to_look_at
from dz_analysis.language import label, say, say_count
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    Caption,
    describe_source,
    label_documents,
    plot_coverage,
    plot_heatmap,
    plot_ranked_bars,
    region_palette,
    save_figure,
    save_table,
    spell_count,
    use_style,
)
from dz_analysis.tables import MEASURES, READ_FIELDS, STANCES

run = start_run("01_corpus", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Everything below is counted in these four tables; the asserts say what must hold before anything is counted.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, paragraphs = chosen.table("documents"), chosen.table("paragraphs")
observations = chosen.table("observations", columns=["document", "measure"])
repairs = chosen.table("repairs")
labels, palette, source = (
    label_documents(documents),
    region_palette(chosen),
    describe_source(chosen),
)

# %%
assert len(documents), "a corpus without documents"
assert labels.is_unique and set(documents["region"]) >= set(regions)
assert set(paragraphs["document"]) == set(documents["id"])
assert set(observations["document"]) | set(repairs["document"]) <= set(documents["id"])
assert (paragraphs.groupby("document").size() == documents.set_index("id")["paragraphs"]).all()
assert (documents["period_start"] <= documents["period_end"]).all()
assert (repairs["certain"] <= repairs["count"]).all()
counts = {"documents": documents, "paragraphs": paragraphs, "numbers": observations}
counts = {name: len(table) for name, table in counts.items()}
print(say("{documents} documents, {paragraphs} paragraphs, {numbers} numbers", **counts))

# %% [markdown]
# ## How long are the documents?
#
# A district that writes more says everything more often, so counts are comparable only per character. The density of numbers tells reports from reportage.

# %%
sizes = documents.assign(
    document=documents["id"].map(labels),
    numbers=documents["id"].map(observations.groupby("document").size()).fillna(0).astype(int),
)
sizes["numbers_per_10k_chars"] = (sizes["numbers"] / sizes["han_chars"] * 10_000).round(1)
sizes = sizes.sort_values(["han_chars", "document"], ascending=[False, True], ignore_index=True)
years = sizes.sort_values(["period_end", "document"])["document"]
drawn = sizes["document"].head(top) if sizes["region"].nunique() > 1 else years
sizes = sizes[
    ["document", "region", "genre", "period_start", "period_end", "han_chars", "numbers"]
    + ["numbers_per_10k_chars"]
]
sizes

# %%
longest, shortest = sizes.iloc[0], sizes.iloc[-1]
ratio = longest["han_chars"] / max(shortest["han_chars"], 1)
finding = say("{name} holds {n:,} Han characters", name=longest["document"], n=longest["han_chars"])
if len(sizes) > 1:
    told = {"ratio": ratio, "name": shortest["document"]}
    finding += say(", {ratio:.1f} times as many as {name}: compare rates, not counts", **told)
caption = Caption(finding, say("Han characters"), spell_count(len(sizes), "document"), source)
sizes_figure = plot_ranked_bars(
    sizes,
    label="document",
    value="han_chars",
    colour_by="region",
    palette=palette,
    caption=caption,
    most=top,
)
sizes_figure

# %% [markdown]
# ## How damaged were the pages?
#
# Pages reach a researcher with readings pushed between the characters, with characters of another script and with menus round the article. What was repaired is listed by kind; what was lost for good is counted, never guessed.

# %%
harm = repairs[~repairs["kind"].isin(harmless) & (repairs["count"] > 0)]
found = harm.groupby("document")[["count", "certain"]].sum().reindex(documents["id"], fill_value=0)
found = found.rename(columns={"count": "damaged_spans"}).reset_index(names="id")
damage = documents[["id", "raw_chars", "chars", "unrepaired"]].merge(found, on="id", validate="1:1")
damage["certain_pct"] = (100 * damage["certain"] / damage["damaged_spans"]).round(1)
damage["damaged_per_1k_chars"] = (1000 * damage["damaged_spans"] / damage["raw_chars"]).round(2)
damage.insert(0, "document", damage.pop("id").map(labels))
order = ["damaged_spans", "document"]
damage = damage.sort_values(order, ascending=[False, True], ignore_index=True)
damage

# %%
kinds = repairs[repairs["count"] > 0].merge(
    documents[["id", "raw_chars"]], left_on="document", right_on="id", validate="m:1"
)
kinds["per_1k_chars"] = (1000 * kinds["count"] / kinds["raw_chars"]).round(2)
kinds["document"] = kinds["document"].map(labels)
kinds = kinds[["document", "kind", "count", "certain", "per_1k_chars"]]
totals = kinds.groupby("kind")["count"].sum().sort_values(ascending=False, kind="stable")
kinds

# %%
hurt = int((damage["damaged_spans"] > 0).sum())
worst = next((kind for kind in totals.index if kind not in harmless), "")
pages = spell_count(len(damage), "page")
finding = say_count(hurt, "{n} of {pages} was damaged", "{n} of {pages} were damaged", pages=pages)
where = spell_count(kinds.loc[kinds["kind"] == worst, "document"].nunique(), "page")
finding += say("; most spans are '{kind}', in {pages}", kind=label(worst), pages=where) if worst else ""
unit = say("spans repaired per 1,000 characters of the page")
caption = Caption(finding, unit, say("{n:,} spans repaired", n=totals.sum()), source)
kinds_figure = plot_coverage(
    kinds,
    row="document",
    column="kind",
    value="per_1k_chars",
    column_order=totals.index,
    row_order=damage["document"].head(top),
    caption=caption,
)
kinds_figure

# %% [markdown]
# ## Which documents are to be looked at?
#
# A page that came in wrong spoils every row behind it, so each document has a line of health: whether it was read, what was lost of it, how much of it is letters, how many rows lack a name or a unit, and what nobody states. `dz doctor` followed by the corpus prints the list below it with a cure for each reason; the weight of the worst reason runs from 100, a fault of ours, down to 1.

# %%
health = chosen.health()
to_look_at = list_to_look_at(health)
health = health.assign(worst=health["id"].map(to_look_at.set_index("id")["worst"]).fillna(0))
health = health.sort_values(["worst", "id"], ascending=[False, True], ignore_index=True)
line = ["id", "outcome", "charset", "unrepaired", "letter_share", "tables_read"]
line += ["rows", "rows_without_name", "rows_without_unit", "not_stated"]
health[line].head(top)

# %%
to_look_at[["id", "worst", "reasons"]].head(top)

# %% [markdown]
# ## Who says what each document is?
#
# Title, publisher, dates, place and genre decide which numbers may be compared. The table counts the documents that were read by what tells each field: `given` is a person's word in the manifest, all else was read from the page, a dateline or a title more surely than a meeting, a site or a file's name. `dz draft` writes the words of the page beside each field, so that a person can correct or confirm it.

# %%
fields = {f"{name}_from": name for name in READ_FIELDS}
told = documents.drop(columns=list(READ_FIELDS), errors="ignore").rename(columns=fields)
told = told.melt("id", list(READ_FIELDS), "field", "told_by")
told["told_by"] = told["told_by"].replace("", "nobody")
evidence = told.groupby(["field", "told_by"]).size().unstack(fill_value=0)
evidence.reindex(list(READ_FIELDS))

# %% [markdown]
# ## What do the documents talk about?
#
# Plans and results must not be mixed: a number in a plan is a promise. The share of text that looks back, looks ahead or explains terms says how a document may be used; headings show whether a number can be placed in a section.

# %%
stances = paragraphs.groupby(["document", "stance"], as_index=False)["han_chars"].sum()
stances["share_pct"] = stances["han_chars"] / stances.groupby("document")["han_chars"].transform(
    "sum"
)
stances = stances.assign(
    document=stances["document"].map(labels), share_pct=(100 * stances["share_pct"]).round(1)
)
stances

# %%
sides = stances[stances["stance"].isin(["plan", "review"])].groupby("document").size()
both = int((sides == 2).sum())
n = spell_count(len(documents), "document")
finding = say_count(
    both,
    "{n} of {all} looks ahead as well as back",
    "{n} of {all} look ahead as well as back",
    all=n,
)
caption = Caption(finding, say("% of the document's Han characters"), n, source)
stances_figure = plot_heatmap(
    stances,
    row="document",
    column="stance",
    value="share_pct",
    column_order=STANCES,
    row_order=drawn,
    caption=caption,
)
stances_figure

# %%
under = paragraphs[(paragraphs["section"] != "") & (paragraphs["heading_level"] == 0)]
sections = sizes[["document", "han_chars"]].copy()
found = under.assign(document=under["document"].map(labels)).groupby("document")
sections["sections"] = sections["document"].map(found["section"].nunique()).fillna(0).astype(int)
sections["chars_in_sections"] = sections["document"].map(found["han_chars"].sum()).fillna(0)
share = 100 * sections.pop("chars_in_sections") / sections["han_chars"]
sections["in_sections_pct"] = share.round(1)
sections

# %% [markdown]
# ## Who reports which kind of number?
#
# A dash is a silence. It must stay one: nothing that is not reported may be read as zero or filled in.

# %%
measures = observations.groupby(["document", "measure"], as_index=False).size()
measures = measures.assign(document=measures["document"].map(labels)).rename(
    columns={"size": "numbers"}
)
reporting = measures.groupby("measure")["document"].nunique().reindex(MEASURES, fill_value=0)
reporting.rename("documents").to_frame().T

# %%
common = [measure for measure in MEASURES if reporting[measure] == len(documents)]
everyone = say("all documents") if len(documents) > 1 else say("the only document")
finding = say_count(
    len(common),
    "{n} of {all} kinds of number is reported by {everyone}",
    "{n} of {all} kinds of number are reported by {everyone}",
    all=len(MEASURES),
    everyone=everyone,
)
finding += say(": {names}", names=say(", ").join(map(label, common))) if common else ""
caption = Caption(finding, say("numbers found"), spell_count(len(observations), "number"), source)
measures_figure = plot_coverage(
    measures,
    row="document",
    column="measure",
    value="numbers",
    column_order=MEASURES,
    row_order=drawn,
    caption=caption,
)
measures_figure

# %% [markdown]
# ## The answer

# %% tags=["answer"]
total, characters = len(documents), documents["han_chars"].sum()
districts = documents.loc[documents["region"] != "", "region"].nunique()
told = {"share": longest["han_chars"] / characters, "name": longest["document"]}
share = say(", {share:.0%} of them from {name}", **told) if total > 1 else ""
told = {"documents": spell_count(total, "document"), "places": spell_count(districts, "place")}
told |= {"characters": characters, "share": share}
print(say("The corpus holds {documents} about {places} with {characters:,} Han characters{share}.", **told))
print(
    say_count(
        hurt,
        "{n} of {pages} was damaged: {spans} repaired, {certain:,} of them with only one possible "
        "original; characters lost for good: {lost:,}.",
        "{n} of {pages} were damaged: {spans} repaired, {certain:,} of them with only one possible "
        "original; characters lost for good: {lost:,}.",
        pages=spell_count(total, "page"),
        spans=spell_count(damage["damaged_spans"].sum(), "span"),
        certain=damage["certain"].sum(),
        lost=documents["unrepaired"].sum(),
    )
)

# %% [markdown]
# ## Export

# %%
headings = {
    "raw_chars": say("page, characters"),
    "chars": say("article, characters"),
    "certain_pct": say("certain, %"),
    "damaged_spans": say("damaged spans"),
    "damaged_per_1k_chars": say("damaged spans per 1,000 characters"),
    "unrepaired": say("characters lost"),
}
captions = say("Line of health by document"), say("Damage and repair by document")
[
    save_figure(sizes_figure, "01_sizes", sizes, **run),
    save_figure(kinds_figure, "01_damage", kinds, **run),
    save_figure(stances_figure, "01_stances", stances, **run),
    save_figure(measures_figure, "01_measures", measures, **run),
    save_table(health[line], "01_health", title=captions[0], paper=True, **run),
    save_table(damage, "01_repairs", title=captions[1], labels=headings, **run),
]
