"""Tables to figures and tables for papers.

The modules by what they draw; each group knows only those above it.

========  ==========================================================================
look      `media` (column, page or slide), `fonts` (Hei or Song, by its file), `spelling`
          (numbers for readers), `figure_spec` (a figure in words), `style` (theme, colours)
frame     `fitting` (labels to the width), `marks` (apart in grey),
          `canvas` (empty figure, caption, names of rows)
form      `charts` (one number a row), `matrices` (rows by columns), `clouds`
subject   `districts`, `trends` (years, structure), `agreement` (audit, promises),
          `targets` (what was promised and what came of it), `change_words` and `changes`
          (over the years), `first_uses` (of slogans), `maps` (of places by their words),
          `reuse` (of text), `likeness` (who says the same), `words` (what charts of words
          say), `grids` (who states what), `first_runs` (texts that no rule had seen,
          confidences); titles are made from the numbers
file      `export` (figures and tables for papers, each with its origin)
========  ==========================================================================
"""

from dz_analysis.showing.agreement import (
    plot_disagreements,
    plot_outcomes,
    plot_verdicts,
    say_outcomes,
)
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    label_documents,
    new_figure,
)
from dz_analysis.showing.change_words import (
    is_paired,
    say_breaks,
    say_entries,
    say_places,
    say_years_apart,
)
from dz_analysis.showing.changes import (
    pick_changes,
    pick_entries,
    pick_places,
    plot_courses,
    plot_entries,
    plot_places,
    plot_years_apart,
)
from dz_analysis.showing.charts import (
    plot_facets,
    plot_ranked_bars,
    plot_ranked_dots,
    plot_scatter,
)
from dz_analysis.showing.clouds import (
    Cloud,
    kind_colours,
    kind_labels,
    kind_of_pos,
    lay_out_cloud,
    make_shape,
    plot_cloud,
    read_shape,
    write_svg,
)
from dz_analysis.showing.districts import (
    join_names,
    plot_growth_against_level,
    plot_ranking,
    say_ranking,
)
from dz_analysis.showing.export import (
    FigureFiles,
    describe_source,
    save_dataset,
    save_figure,
    save_table,
)
from dz_analysis.showing.figure_spec import describe_figure, figure_spec, fingerprint
from dz_analysis.showing.first_runs import (
    plot_calibration,
    plot_first_runs,
    plot_genres,
    say_calibration,
    say_first_runs,
    say_genres,
)
from dz_analysis.showing.first_uses import (
    count_years,
    pick_lags,
    plot_first_uses,
    plot_lags,
    say_first_uses,
    say_lags,
)
from dz_analysis.showing.fonts import font_file, missing_glyphs
from dz_analysis.showing.grids import (
    plot_coverage_map,
    plot_groups,
    plot_matrix,
    say_coverage,
)
from dz_analysis.showing.likeness import (
    MEASURES,
    pick_documents,
    plot_kinds,
    plot_likeness,
    say_closest,
    say_kinds,
)
from dz_analysis.showing.maps import (
    list_points,
    name_rows,
    plot_axes,
    plot_map,
    say_axes,
    say_map,
)
from dz_analysis.showing.matrices import plot_coverage, plot_heatmap
from dz_analysis.showing.reuse import (
    plot_reuse,
    say_reuse,
)
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import assign_colours, region_palette, use_style
from dz_analysis.showing.targets import (
    plot_growth_targets,
    plot_growth_years,
    plot_results,
    say_best_and_worst,
    say_growth_targets,
    say_growth_years,
    say_panel,
)
from dz_analysis.showing.trends import plot_over_time, plot_structure, say_trend
from dz_analysis.showing.words import (
    list_first,
    pick_evenly,
    say_asked,
    say_common,
    say_contrasts,
    say_first,
    say_own,
    say_rates,
    say_spread,
    say_subjects,
    say_within,
)

cloud = lay_out_cloud  # as the package's root offers it

__all__ = [
    "MEASURES",
    "Caption",
    "Cloud",
    "FigureFiles",
    "add_caption",
    "assign_colours",
    "cloud",
    "count_years",
    "describe_figure",
    "describe_source",
    "figure_spec",
    "fingerprint",
    "font_file",
    "is_paired",
    "join_names",
    "kind_colours",
    "kind_labels",
    "kind_of_pos",
    "label_documents",
    "lay_out_cloud",
    "list_first",
    "list_points",
    "make_shape",
    "missing_glyphs",
    "name_rows",
    "new_figure",
    "pick_changes",
    "pick_documents",
    "pick_entries",
    "pick_evenly",
    "pick_lags",
    "pick_places",
    "plot_axes",
    "plot_calibration",
    "plot_cloud",
    "plot_courses",
    "plot_coverage",
    "plot_coverage_map",
    "plot_disagreements",
    "plot_entries",
    "plot_facets",
    "plot_first_runs",
    "plot_first_uses",
    "plot_genres",
    "plot_groups",
    "plot_growth_against_level",
    "plot_growth_targets",
    "plot_growth_years",
    "plot_heatmap",
    "plot_kinds",
    "plot_lags",
    "plot_likeness",
    "plot_map",
    "plot_matrix",
    "plot_outcomes",
    "plot_over_time",
    "plot_places",
    "plot_ranked_bars",
    "plot_ranked_dots",
    "plot_ranking",
    "plot_results",
    "plot_reuse",
    "plot_scatter",
    "plot_structure",
    "plot_verdicts",
    "plot_years_apart",
    "read_shape",
    "region_palette",
    "save_dataset",
    "save_figure",
    "save_table",
    "say_asked",
    "say_axes",
    "say_best_and_worst",
    "say_breaks",
    "say_calibration",
    "say_closest",
    "say_common",
    "say_contrasts",
    "say_coverage",
    "say_entries",
    "say_first",
    "say_first_runs",
    "say_first_uses",
    "say_genres",
    "say_growth_targets",
    "say_growth_years",
    "say_kinds",
    "say_lags",
    "say_map",
    "say_outcomes",
    "say_own",
    "say_panel",
    "say_places",
    "say_ranking",
    "say_rates",
    "say_reuse",
    "say_spread",
    "say_subjects",
    "say_trend",
    "say_within",
    "say_years_apart",
    "spell_count",
    "spell_value",
    "use_style",
    "write_svg",
]
