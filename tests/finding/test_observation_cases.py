"""Every case: what is found in its text is what its rows say, in order, nothing more or less."""

from __future__ import annotations

import pytest
from observation_cases import read_cases
from observation_run import faults

CASES = [case for _, case in read_cases()]


def as_parameter(case):
    """Return the case as a parameter, a strict expected failure where it is known to fail."""
    reason = case["known_failure"]
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_case_is_read_as_expected(case):
    wrong = faults(case)
    assert not wrong, "\n".join([case["why"], case["text"], *wrong])
