"""What a researcher needs, gathered from the rooms; each is loaded when it is first used."""

from .auditing import audit as audit
from .comparing import compare as compare
from .comparing import coverage as coverage
from .comparing import prepare_facts as prepare_facts
from .comparing import promises as promises
from .comparing import rank as rank
from .corpus import create_corpus as create_corpus
from .corpus import load_corpus as load_corpus
from .counting import collocations as collocations
from .counting import concordance as concordance
from .counting import count_slogans as count_slogans
from .counting import count_terms as count_terms
from .counting import dispersion as dispersion
from .counting import keyness as keyness
from .counting import overlap as overlap
from .counting import rates as rates
from .evidence import explain as explain
from .evidence import find as find
from .evidence import show_rows as show_rows
from .measure import extract as extract
from .publishing import write_table as write_table
from .reading import read_page as read_page
from .reading import repair as repair
from .showing import Caption as Caption
from .showing import cloud as cloud
from .showing import plot_cloud as plot_cloud
from .showing import plot_heatmap as plot_heatmap
from .showing import plot_ranked_bars as plot_ranked_bars
from .showing import save_figure as save_figure
from .showing import save_table as save_table

__version__: str
