"""Parameters as they are typed on a command line."""

import pytest

from dz_analysis.suite import read_settings


def test_settings_of_a_command_line_are_typed_by_the_notebooks():
    assert read_settings(["regions=德城区,陵城区", "top=7"]) == {
        "regions": ["德城区", "陵城区"],
        "top": 7,
    }


@pytest.mark.parametrize(
    ("setting", "told"),
    [("top", "name=value"), ("topp=3", "Did you mean 'top'"), ("top=many", "must be int")],
)
def test_a_setting_that_can_not_be_read_is_refused_in_words(setting, told):
    with pytest.raises(ValueError, match=told):
        read_settings([setting])
