"""Indicator tables, comparisons and slogan statistics from Chinese local-government reports.

What a notebook needs can be imported from here; `__init__.pyi` lists it. A room is loaded when
one of its names is first used, so that `dz extract` need not wait for the plotting libraries.
"""

import lazy_loader as lazy

__version__ = "0.2.0"
__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
