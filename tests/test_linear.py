"""The measure of work that the tests of speed rest on."""

from linear import grows_with_length


def test_work_in_proportion_passes_and_quadratic_work_does_not():
    assert grows_with_length(lambda size: sum(range(size)), 500_000)
    assert not grows_with_length(lambda size: [sum(range(size)) for _ in range(size)], 1_000)
