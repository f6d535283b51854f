"""Tables to figures and tables for papers."""

from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    label_documents,
    new_figure,
    spell_value,
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
    make_ellipse,
    plot_cloud,
    write_svg,
)
from dz_analysis.showing.export import FigureFiles, describe_source, save_figure, save_table
from dz_analysis.showing.figure_spec import describe_figure, figure_spec, fingerprint
from dz_analysis.showing.fonts import font_file, missing_glyphs
from dz_analysis.showing.matrices import plot_coverage, plot_heatmap
from dz_analysis.showing.style import assign_colours, region_palette, use_style

__all__ = [
    "Caption",
    "Cloud",
    "FigureFiles",
    "add_caption",
    "assign_colours",
    "describe_figure",
    "describe_source",
    "figure_spec",
    "fingerprint",
    "font_file",
    "kind_colours",
    "kind_labels",
    "kind_of_pos",
    "label_documents",
    "lay_out_cloud",
    "make_ellipse",
    "missing_glyphs",
    "new_figure",
    "plot_cloud",
    "plot_coverage",
    "plot_facets",
    "plot_heatmap",
    "plot_ranked_bars",
    "plot_ranked_dots",
    "plot_scatter",
    "region_palette",
    "save_figure",
    "save_table",
    "spell_value",
    "use_style",
    "write_svg",
]
