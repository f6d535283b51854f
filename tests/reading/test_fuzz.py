"""Broken files of every format are read or refused with a reason, never anything else."""

import logging

import pytest
from fuzz import fault, inputs, seeds

from dz_analysis.reading import read_page

SEED, COUNT = 20191, 2_000


@pytest.mark.parametrize("name", seeds())
def test_the_whole_file_is_read(name):
    assert read_page(seeds()[name], name="page").text


@pytest.mark.filterwarnings("ignore")
def test_broken_files_raise_nothing_but_the_declared_errors():
    logging.disable(logging.CRITICAL)
    try:
        faults = [
            (number, name, found)
            for number, (name, content) in enumerate(inputs(SEED, COUNT))
            if (found := fault(content, name))
        ]
    finally:
        logging.disable(logging.NOTSET)
    assert faults == []
