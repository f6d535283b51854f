# %% [markdown]
# # What was promised, how was it put, and what came of it?
#
# **Data.** The tables `documents` and `observations`.
#
# **Method.** A target is held against the result of the same thing, measure, unit, place and period, wherever in the corpus it stands. How it is put has two sides: the bound of its number (about, at least, at most, range, exact) and its tone, the word that governs it (确保, 力争, 预期 …). A target that is said again counts once. A promise of 左右 is met by what 左右 allows: half a percentage point where the number is in per cent, else a twentieth of it; where only that makes it met, it is said. Targets for prices and deficits are ceilings: less keeps them.
#
# **Limits.** A target that no later document takes up is not missed: it is not judged. What is judged is what governments chose to tell again, and the result is their own first figure, not the revised one. A number of doubtful confidence settles nothing and stands aside, as do tasks that one report alone counts. Shares of different tones are of different targets and show no effect of the tone.
#
# **Reads.** `data/<corpus>/tables/`
#
# **Writes.** `figures/<corpus>/09_*`, among them the panel of targets as CSV, Excel and Stata

# %% tags=["parameters", "nbval-ignore-output"]
corpus: str = "dezhou"  # folder under data/
regions: list[str] = []  # districts to keep; empty keeps all
lang: str = "en"  # language of what is told: one of en, zh
target: str = "two_columns"  # what figures are drawn for: one of one_column, two_columns, slide
titles: bool = True  # whether the finding stands above a figure; a journal sets it below
dpi: int = 300  # dots an inch of the PNG; 72 to 1200
font: str = "Hei"  # Chinese type of figures: one of Hei, Song
growth_of: list[str] = ["地区生产总值", "国民生产总值", "工农业总产值", "国民收入"]  # growth followed, the first stated
year: int = 0  # year whose growth targets stand side by side; 0 takes the one with most places
place: str = ""  # place followed over the years; blank takes the one with most years
fewest_years: int = 3  # years with a growth target that a chart over the years needs; 1 to 100
settled_by: str = "B"  # lowest grade of a number in the panel: one of A, B, C

# %%
from IPython.display import display

from dz_analysis.comparing import (
    PANEL_LABELS,
    choose_target_place,
    choose_target_year,
    count_results,
    divide_panel,
    find_least,
    make_target_panel,
    prepare_facts,
    select_growth,
)
from dz_analysis.corpus import load_corpus
from dz_analysis.language import say
from dz_analysis.parameters import start_run
from dz_analysis.showing import (
    describe_source,
    plot_growth_targets,
    plot_growth_years,
    plot_results,
    save_dataset,
    save_figure,
    say_best_and_worst,
    say_growth_targets,
    say_growth_years,
    say_panel,
    use_style,
)

run = start_run("09_targets", globals())
use_style(target, titles=titles, dpi=dpi, font=font)

# %% [markdown]
# ## Load
#
# Every row of the panel is one number of a document, so that it can be read where it stands.

# %%
chosen = load_corpus(corpus, regions=regions)
documents, observations = chosen.table("documents"), chosen.table("observations")
facts, source = prepare_facts(observations, documents), describe_source(chosen)
least = find_least(settled_by)
targets = make_target_panel(facts, documents, min_confidence=least)
panel, aside = divide_panel(targets, min_confidence=least)

# %%
assert len(documents), "a corpus without documents"
assert len(targets) == (facts["status"] == "target").sum(), "one row a target, no more and no less"
assert len(panel) + len(aside) == len(targets), "a target was lost"
assert not targets.duplicated(["target_document", "target_start", "target_end", "indicator", "measure"]).any()
assert (panel["target_start"] < panel["target_end"]).all(), "offsets of nothing"
assert panel.loc[panel["result"].isin(["met", "missed"]), "result_value"].notna().all()
told = {"n": len(targets), "documents": targets["target_document"].nunique()}
print(say("{n:,} mentions of targets in {documents} documents", **told))
told = {"n": len(panel), "aside": len(aside)}
print(say("{n:,} are of listed indicators and sure enough; {aside:,} stand aside", **told))

# %% [markdown]
# ## The panel
#
# One row a target: place, code and year, what is promised, how it is put, what came of it, and where both stand. It holds what places and years can be compared by: indicators that the catalogue lists, of the grade that `settled_by` asks for or better. Tasks that one report alone counts, and doubtful numbers, are set aside and exported beside it.

# %%
shown = ["place", "year", "indicator", "measure", "value", "high", "unit", "bound", "tone", "result"]
panel[[*shown, "result_value", "confidence"]].head(12)

# %%
display(count_results(panel))
panel.loc[panel["mention"] == 1, "result"].value_counts().rename_axis("result").reset_index(name="targets")

# %% [markdown]
# ## By wording
#
# The tone is the word that governs the number, the bound is what stands at the number itself. The two are counted apart.

# %%
tones, bounds = count_results(panel, "tone"), count_results(panel, "bound")
display(tones, bounds)

# %%
tones_figure = plot_results(tones, source=source)
tones_figure

# %%
bounds_figure = plot_results(bounds, source=source)
bounds_figure

# %% [markdown]
# ## By indicator and by place
#
# The things and places with most targets that can be judged. Few judged targets make a share of little weight, so the counts stand beside it.

# %%
things, by_place = count_results(panel, "indicator"), count_results(panel, "place")
display(things.head(20), by_place.head(32))

# %%
things_figure = plot_results(things, source=source)
things_figure

# %%
places_figure = plot_results(by_place, source=source, most=32)
places_figure

# %% [markdown]
# ## Growth targets of all places
#
# The targets for the growth of one whole year side by side, each with the growth that a later document tells of it.

# %%
growth = select_growth(panel, growth_of)
chosen_year = year or choose_target_year(growth)
growth.loc[growth["year"] == chosen_year, [*shown, "result_value", "target_document"]].head(40)

# %%
growth_figure = plot_growth_targets(growth, chosen_year, names=growth_of, source=source)
growth_figure

# %% [markdown]
# ## Growth targets over the years
#
# The targets of one place since the first that the corpus holds, and the growth told a year later. A year without a target or without a result told is a gap.

# %%
followed = place or choose_target_place(growth)
line = growth[growth["place"] == followed]
is_long = len(line) >= fewest_years
drawn = {"09_years": (plot_growth_years(growth, followed, source=source), line)} if is_long else {}
display(line[[*shown, "result_value", "target_document", "result_document"]].head(80))
display(*(figure for figure, _ in drawn.values()))

# %% [markdown]
# ## The answer

# %% tags=["answer"]
judged = tones["judged"].any()
last = say_growth_years(growth, followed) if is_long else say_best_and_worst(tones) if judged else ""
told = [say_panel(panel, aside=len(aside)), say_growth_targets(growth, chosen_year, growth_of), last]
print("\n".join(say("{finding}.", finding=one) if one else "" for one in told))

# %% [markdown]
# ## Export

# %%
run["resolved"] = {"year": chosen_year, "place": followed}
datasets = [
    ("09_panel", panel, say("Targets of the corpus {corpus}", corpus=corpus)),
    ("09_aside", aside, say("Tasks and doubtful numbers of the corpus {corpus}", corpus=corpus)),
]
drawn |= {"09_tones": (tones_figure, tones), "09_bounds": (bounds_figure, bounds)}
drawn |= {"09_indicators": (things_figure, things), "09_places": (places_figure, by_place)}
drawn |= {"09_growth": (growth_figure, growth[growth["year"] == chosen_year])}
[
    *(save_figure(figure, name, numbers, **run) for name, (figure, numbers) in drawn.items()),
    *(save_dataset(rows, name, labels=PANEL_LABELS, title=title, **run) for name, rows, title in datasets),
]
