from __future__ import annotations

import pytest

from benchmarks.soak.weighing import Growth, growth


def test_growth_is_told_by_the_minute_and_by_thirds() -> None:
    """Ten bytes more each second are six hundred a minute."""
    found = growth([(float(second), 100.0 + 10 * second) for second in range(9)])
    assert found == Growth(100, (110, 140, 170), 180, 180, found.a_minute)
    assert found.a_minute == pytest.approx(600)


def test_what_goes_up_and_down_does_not_grow() -> None:
    """A peak that comes and goes is seen as the most, and is no trend."""
    found = growth([(0, 5), (1, 9), (2, 5), (3, 9), (4, 5)])
    assert found.a_minute == pytest.approx(0)
    assert found.most == 9
