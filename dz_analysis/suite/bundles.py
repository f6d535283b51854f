"""The scripts and styles that the site's views run, served from the site's own folder.

In: the packages that carry them (itables: DataTables with its buttons; plotly: charts) and our own
scripts. Out: files in the folder's `assets/`. Nothing is asked of a network.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

from dz_analysis import paths
from dz_analysis.language import say

SCRIPTS = paths.PACKAGE / "suite" / "page" / "scripts"
TABLES, CHARTS = "datatables.js", "plotly.js"
_EXPORTS = re.compile(r"\bexport\s*\{([^{}]*)\};")


def write_assets(folder: Path) -> None:
    """Write the libraries and our own scripts into a site's `assets/`."""
    assets = folder / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for script in sorted(SCRIPTS.glob("*.js")):
        shutil.copyfile(script, assets / script.name)
    module = _packaged("itables", "html/dt_bundle.js").read_text(encoding="utf-8")
    (assets / TABLES).write_text(open_module(module, "dt"), encoding="utf-8", newline="\n")
    shutil.copyfile(_packaged("plotly", "package_data/plotly.min.js"), assets / CHARTS)


def load_table_style() -> str:
    """Return the style of the tables' library."""
    return _packaged("itables", "html/dt_bundle.css").read_text(encoding="utf-8")


def open_module(module: str, name: str) -> str:
    """Return a script module as a plain script, its exports in one global object.

    A browser loads no module from disk, only plain scripts.

    Raises
    ------
    ValueError
        If the module does not end in one list of exports.

    Examples
    --------
    >>> open_module("const a=1;export{a as default,a as b};", "lib")
    '(()=>{const a=1;window.lib={default:a,b:a};})();'
    """
    if len(_EXPORTS.findall(module)) != 1:
        msg = say(
            "Expected a script module with one list of exports; found {module!r}.",
            module=module[-80:],
        )
        raise ValueError(msg)
    plain = _EXPORTS.sub(lambda found: f"window.{name}={{{_swap(found[1])}}};", module)
    return f"(()=>{{{plain}}})();"


def _swap(exports: str) -> str:
    pairs = (pair.strip().partition(" as ") for pair in exports.split(","))
    return ",".join(f"{known or own}:{own}" for own, _, known in pairs)


def _packaged(package: str, file: str) -> Path:
    """Return a file that a package carries; the package is not imported."""
    spec = importlib.util.find_spec(package)
    found = Path(spec.origin).parent / file if spec and spec.origin else Path()
    if not found.is_file():
        msg = say(
            "No {file} in the package {package}: it is in the lock file; install the environment "
            "again (`make run`).",
            file=file,
            package=package,
        )
        raise FileNotFoundError(msg)
    return found
