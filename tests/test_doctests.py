"""The examples in the docstrings hold; those of the reading room are tried with its pages."""

import doctest
import importlib
import pkgutil

import pytest

import dz_analysis

MODULES = [
    module.name
    for module in pkgutil.walk_packages(dz_analysis.__path__, "dz_analysis.")
    if not module.name.startswith("dz_analysis.reading.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_room_is_looked_at():
    rooms = {name.split(".")[1] for name in MODULES}
    assert {"finding", "counting", "comparing", "auditing", "scoring", "synthetic"} <= rooms
    assert {"showing", "suite"} <= rooms
