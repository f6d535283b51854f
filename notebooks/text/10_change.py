# %% [markdown]
# # How do words, slogans and indicators change over the years, and who said a slogan first?
#
# **Data.** The tables `documents`, `paragraphs`, `terms`, `slogans` and `observations`. A document belongs to the year in which it was given, not to the one that it reports on.
#
# **Method.** Words, slogans and catalogued indicators (each of its numbers is a mention) are counted by document, without glossaries. Over the years of one place the surest split of each into before and after is tested by dealing the documents anew, corrected for all items and all splits; it is called a step only where a step tells the course better than a steady trend. An item enters (leaves) if the run of documents silent before its first (after its last) mention is longer than chance allows given their lengths, by an exact test. Two years are compared within the places that hold both: rates by turning the signs of the places' differences, places that take an item up or drop it by an exact test. Intervals are over documents or places, p values corrected over all comparisons made. First uses are those of the documents at hand, beside what the list of slogans knows from reports of all levels.
#
# **Limits.** Dealing documents anew takes them for alike but for their year: documents of neighbouring years that resemble one another count as change too, and one split is told where there may be several. What a page carries besides its report changes with the site and can look like a change. Years without documents are not known, and what stands in a first year may be older. The list of slogans was made from recent reports, so it knows fewer of the older ones.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/10_*`

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
followed: list[str] = []  # words, slogans, indicators or phrases followed; empty takes the surest changes
place: str = ""  # place followed over the years; blank takes the one with most years
years: list[int] = []  # two years compared within places; empty takes those that most places hold
fewest: int = 5  # documents that a word, slogan or indicator must stand in; 1 to 10000

# %%
import pandas as pd
from IPython.display import display

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import (
    CHANGE_LABELS,
    add_asked,
    choose_pair,
    choose_series,
    collect_changes,
    compare_years,
    count_first_uses,
    count_mentions,
    date_documents,
    find_breaks,
    find_entries,
    find_first_uses,
    keep_frequent,
    listed_since,
    pick_surest,
    rate_by_year,
    rate_segments,
    split_glossary,
)
from dz_analysis.language import label, say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    count_years,
    describe_source,
    is_paired,
    pick_changes,
    pick_entries,
    pick_lags,
    pick_places,
    plot_courses,
    plot_entries,
    plot_first_uses,
    plot_lags,
    plot_places,
    plot_years_apart,
    save_dataset,
    save_figure,
    say_breaks,
    say_entries,
    say_first_uses,
    say_lags,
    say_places,
    say_years_apart,
    use_style,
)

run = start_run("10_change", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Which years there are decides what can be asked: a long series of one place, two years of the same places, or neither.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, paragraphs = chosen.table("documents"), chosen.table("paragraphs")
tables = [chosen.table(name) for name in ("terms", "slogans", "observations")]
terms, slogans, observations = (split_glossary(table, paragraphs)[0] for table in tables)
dated, source = date_documents(documents, paragraphs), describe_source(chosen)
at_hand = chosen.articles() if followed and chosen.has_texts else None
mentions = count_mentions(terms, slogans, observations, corpus=corpus)
mentions, asked = add_asked(mentions, followed, slogans, texts=at_hand)

# %%
assert len(documents), "a corpus without documents"
assert set(dated["id"]) <= set(documents["id"]) and dated["id"].is_unique
assert not mentions.duplicated(["document", "item"]).any()
assert (mentions["count"] > 0).all() and set(mentions["document"]) <= set(documents["id"])
print(say("{n} of {all} documents have text and a year", n=len(dated), all=len(documents)))
sizes = dated.groupby("year").agg(
    documents=("id", "size"), places=("region", "nunique"), han_chars=("han_chars", "sum")
)
sizes.reset_index()

# %% [markdown]
# ## Breaks over the years of one place
#
# Each item's surest split into before and after. A course without a break shown is not a course without change: it may be too rare to tell.

# %%
series = choose_series(dated, place)
frequent = keep_frequent(mentions, series["id"], fewest, also=asked)
breaks = find_breaks(frequent, series)
is_long = len(breaks) > 0
print(say("{finding}.", finding=say_breaks(breaks, series)))
breaks.head(20).round(3) if is_long else series[["id", "region", "year"]]

# %% [markdown]
# The rates of those asked for, or else of the surest changes of each kind, year by year. The line is the rate of a stretch, the band its interval over documents, the dashed line a break.

# %%
items = pick_surest(breaks, asked=asked)
shown = breaks.set_index("item").loc[items].reset_index()
yearly, stretches = rate_by_year(mentions, series, items), rate_segments(mentions, series, shown)
if is_long:
    title = say_breaks(breaks, series, among=items)
    courses_figure = plot_courses(yearly, stretches, shown, title=title, source=source)
    display(courses_figure)
marks = pd.concat([yearly.assign(mark="year"), stretches.assign(mark="stretch")], ignore_index=True)
rate_by_year(mentions, dated, asked).round(3) if asked else stretches.round(3)

# %% [markdown]
# ## What enters, and what leaves
#
# A square is a year whose documents say it. Entering and leaving are of the documents of this place: the word may be older, and live on elsewhere.

# %%
entries = find_entries(frequent, series)
print(say("{finding}.", finding=say_entries(entries, series)))
surest = pick_entries(entries) if is_long else entries.head(0)
lives = rate_by_year(mentions, series, surest["item"])
surest if is_long else dated.groupby("region")["year"].agg(["min", "max", "size"]).reset_index()

# %%
if len(surest):
    entries_figure = plot_entries(surest, lives, title=say_entries(entries, series), source=source)
    display(entries_figure)

# %% [markdown]
# ## Two years within the same places
#
# Each place is compared with itself, so that a place with other words than its neighbours counts for nothing but its change.

# %%
pair = choose_pair(dated, years)
inside = dated[dated["region"].isin(pair.places) & dated["year"].isin(pair[:2])]
usual = keep_frequent(mentions, inside["id"], fewest, also=asked)
compared = compare_years(usual, dated, pair)
paired = is_paired(compared, pair)
print(say("{finding}.", finding=say_years_apart(compared, pair)))
changes = pick_changes(compared, asked=asked) if paired else compared.head(0)
changes.round(4)

# %%
if len(changes):
    changes_figure = plot_years_apart(compared, changes, pair, source=source)
    display(changes_figure)

# %%
print(say("{finding}.", finding=say_places(compared, pair)))
taken = pick_places(compared) if paired else compared.head(0)
if len(taken):
    places_figure = plot_places(compared, pair, source=source)
    display(places_figure)
taken[["item", "before", "after", "taken_up", "dropped", "p_places", "p_places_holm"]]

# %% [markdown]
# ## When a slogan was first said, and by whom
#
# A slogan that the corpus begins with may be older. The list knows from which year on it has read reports of a level; before it nothing is known of that level.

# %%
uses = find_first_uses(slogans, dated, corpus=corpus)
print(say("{finding}.", finding=say_first_uses(uses)))
since = say(", ").join(f"{label(level)} {year}" for level, year in listed_since().items())
print(say("The list knows reports since: {since}", since=since))
display(count_first_uses(uses))
uses.sort_values(["documents", "slogan"], ascending=[False, True]).head(20).reset_index(drop=True)

# %%
starts = count_years(uses)
if len(starts):
    first_figure = plot_first_uses(uses, source=source)
    display(first_figure)

# %%
late = pick_lags(uses)
if len(late):
    lags_figure = plot_lags(uses, source=source)
    display(lags_figure)
print(say("{finding}.", finding=say_lags(uses)))

# %% [markdown]
# ## The answer

# %% tags=["answer"]
by_series = [say_breaks(breaks, series), say_entries(entries, series)]
by_places = [say_years_apart(compared, pair), say_places(compared, pair)]
either = [by_places[0], by_series[0] if is_long else say_lags(uses)]
told = either if is_long == paired else by_series if is_long else by_places
print("\n".join(say("{finding}.", finding=one) for one in [*told, say_first_uses(uses)]))

# %% [markdown]
# ## Export

# %%
run["resolved"] = {"place": next(iter(series["region"]), ""), "years": list(pair[:2])}
run["resolved"]["items"] = list(items)
drawn = {"10_courses": (courses_figure, marks)} if is_long else {}
drawn |= {"10_entries": (entries_figure, lives.merge(surest, on="item"))} if len(surest) else {}
drawn |= {"10_within": (changes_figure, changes)} if len(changes) else {}
drawn |= {"10_places": (places_figure, taken)} if len(taken) else {}
drawn |= {"10_first_uses": (first_figure, starts)} if len(starts) else {}
drawn |= {"10_lags": (lags_figure, late)} if len(late) else {}
[
    *(save_figure(figure, name, numbers, **run) for name, (figure, numbers) in drawn.items()),
    save_dataset(
        collect_changes(breaks, entries, compared),
        "10_changes",
        labels=CHANGE_LABELS,
        title=say("Changes over the years in the corpus {corpus}", corpus=corpus),
        **run,
    ),
]
