from __future__ import annotations

import gc

import pytest

from reti_graph.collecting import collecting_later


def test_the_collector_rests_and_goes_on_again() -> None:
    """Inside it is off, afterwards on."""
    assert gc.isenabled()
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_a_failure() -> None:
    """Whatever happened inside."""
    with pytest.raises(ValueError, match="inside"), collecting_later():
        raise ValueError("inside")
    assert gc.isenabled()


def test_inside_another_rest_the_outer_one_ends_it() -> None:
    """The inner one does not wake the collector too early."""
    with collecting_later():
        with collecting_later():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
