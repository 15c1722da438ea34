from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.soak.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable


def clock_of(*moments: float) -> Callable[[], float]:
    """Return a clock that shows one moment after the other."""
    return iter(moments).__next__


def test_the_only_release_is_served_at_any_time() -> None:
    """Before anything changes there is nothing to mistake it for."""
    assert Timeline("a", clock_of(10)).allowed(0) == {"a"}


def test_both_releases_may_be_served_during_a_change() -> None:
    """From the first file replaced on, an answer may be of either."""
    timeline = Timeline("a", clock_of(10, 11))
    timeline.begin("b")
    assert timeline.allowed(10.5) == {"a", "b"}


def test_the_old_release_may_not_be_served_after_a_change() -> None:
    """Who asks when the new release is known to be served gets it."""
    timeline = Timeline("a", clock_of(10, 12, 14))
    timeline.begin("b")
    timeline.finish()
    assert timeline.allowed(13) == {"b"}


def test_the_old_release_may_answer_who_asked_before_the_change_was_over() -> None:
    """A request keeps the release it began with."""
    timeline = Timeline("a", clock_of(10, 12, 14))
    timeline.begin("b")
    timeline.finish()
    assert timeline.allowed(11) == {"a", "b"}


def test_a_release_may_come_back() -> None:
    """The second time a release is served is another time."""
    timeline = Timeline("a", clock_of(10, 12, 20, 22, 24, 24))
    timeline.begin("b")
    timeline.finish()
    timeline.begin("a")
    timeline.finish()
    assert timeline.allowed(23) == {"a"}
    assert timeline.allowed(13) == {"a", "b"}
