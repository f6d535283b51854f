"""Indicator tables, comparisons and slogan statistics from Chinese local-government reports.

`import dz_analysis as dz` gives a researcher these, each with an example in its docstring:

=======  ==========================================================================
page     `read_page` (a file, made whole), `repair` (damaged text), `extract` (its
         numbers, one row each), `explain` (how one number was read, and why)
corpus   `load_corpus`, `create_corpus` (from pages of your own), `find` (the values of an
         indicator with their sentences), `show_rows` (rows that open on theirs)
numbers  `prepare_facts` (observations made ready), then `coverage` (who states what),
         `compare` (places side by side), `rank`, `promises` (targets joined to
         results), `audit` (do the numbers agree)
words    `count_terms`, `count_slogans`, `rates` (with intervals), `dispersion` (how
         evenly spread), `keyness` (what sets a group apart), `collocations`,
         `concordance` (each mention in context), `overlap` (shared text)
figures  `Caption`, `plot_ranked_bars`, `plot_heatmap`, `cloud` (words laid out),
         `plot_cloud`, `save_figure`, `save_table`, `write_table` (Word, Excel, LaTeX, Stata)
=======  ==========================================================================

Everything else is imported from its room (`from dz_analysis.counting import cooccur`). A room is
loaded when one of its names is first used, so that `dz extract` need not wait for the plotting
libraries; `__init__.pyi` says which room each name comes from.
"""

import lazy_loader as lazy

__version__ = "0.12.0"
__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
