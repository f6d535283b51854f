"""Everything that the rooms offer can be imported from the package itself, without the wait."""

import importlib
import subprocess
import sys

import pytest

import dz_analysis

ROOMS = (
    "auditing",
    "comparing",
    "counting",
    "finding",
    "reading",
    "scoring",
    "showing",
    "synthetic",
)


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_offers_can_be_imported_from_the_root(room):
    module = importlib.import_module(f"dz_analysis.{room}")
    for name in module.__all__:
        assert getattr(dz_analysis, name) is getattr(module, name), name


def test_a_light_import_leaves_the_plotting_libraries_alone():
    code = "import sys; from dz_analysis import load_corpus; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
