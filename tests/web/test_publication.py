"""Changing the release that is served, without a dropped request."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import TYPE_CHECKING, Final

from reti_graph import wiring
from reti_graph.errors import DataError, RetiError, SiteError
from reti_graph.problems import Location, Problem, Report, Severity
from reti_graph.web.publication import Publication
from tests.fakes import InProcessAnswers
from tests.web.conftest import CHANGED, opened_release

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import pytest

    from reti_graph.release import Release
    from reti_graph.web.publication import Served

WAIT: Final = 60


class Site:
    """A site that is published as it is told: a release, or a failure."""

    def __init__(self, *steps: Release | RetiError) -> None:
        """Give one of the steps each time."""
        self._steps = list(steps)
        self.answers: list[InProcessAnswers] = []

    async def publish(self) -> Served:
        """Publish the next step."""
        step = self._steps.pop(0)
        if isinstance(step, RetiError):
            raise step
        self.answers.append(InProcessAnswers(wiring.store_for(step)))
        return opened_release(step, self.answers[-1])


def renamed(release: Release, digest: str) -> Release:
    """Return a release of another digest."""
    return dataclasses.replace(release, digest=digest)


def play(site: Site, scene: Callable[[Publication], Awaitable[None]]) -> None:
    """Publish a site, play a scene with it, and close it."""

    async def whole() -> None:
        publication = Publication(site.publish)
        await publication.start()
        try:
            await scene(publication)
        finally:
            await publication.close()

    asyncio.run(asyncio.wait_for(whole(), WAIT))


def test_a_new_release_is_served_from_the_next_request_on(small_release: Release) -> None:
    """A request that runs keeps the old one, which is closed when the last of them is over."""
    site = Site(small_release, renamed(small_release, "b" * 64))

    async def scene(publication: Publication) -> None:
        old = publication.enter()
        assert old is not None
        await publication.reload()
        new = publication.enter()
        assert new is not None
        assert (old.release.digest, new.release.digest) == (small_release.digest, "b" * 64)
        assert [answers.closed for answers in site.answers] == [False, False]
        publication.leave(old)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [answers.closed for answers in site.answers] == [True, False]
        publication.leave(new)

    play(site, scene)
    assert [answers.closed for answers in site.answers] == [True, True]


def test_an_old_release_that_nobody_uses_is_closed_at_once(small_release: Release) -> None:
    """Its processes are not kept for nothing."""
    site = Site(small_release, small_release)

    async def scene(publication: Publication) -> None:
        await publication.reload()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [answers.closed for answers in site.answers] == [True, False]

    play(site, scene)


def test_a_site_that_cannot_be_published_leaves_the_old_release(
    small_release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says what is wrong and where, and later changes are taken."""
    problem = Problem(
        "syntax", Severity.VIOLATION, {"en": "It is wrong."}, Location("data/x.trig", 7)
    )
    wrong = DataError(Report((problem,)))
    site = Site(small_release, wrong, SiteError("gone"), renamed(small_release, "c" * 64))

    async def scene(publication: Publication) -> None:
        for _ in range(2):
            await publication.reload()
            assert publication.state().release == small_release.digest
        await publication.reload()
        assert publication.state().release == "c" * 64

    with caplog.at_level(logging.ERROR, logger="reti_graph"):
        play(site, scene)
    first, second = (record.getMessage() for record in caplog.records)
    assert "data/x.trig:7: It is wrong." in first
    assert "gone" in second


def test_what_is_not_published_is_not_ready() -> None:
    """Before the start and after the end."""
    publication = Publication(Site().publish)
    assert publication.enter() is None
    assert not publication.state().ready


def test_the_state_tells_what_the_workers_do(small_release: Release) -> None:
    """For whoever keeps an eye on the server."""
    site = Site(small_release)

    async def scene(publication: Publication) -> None:
        site.answers[0].waiting = 3
        state = publication.state()
        assert (state.ready, state.waiting, state.release) == (True, 3, small_release.digest)
        assert publication.current is not None
        assert publication.current.modified == CHANGED

    play(site, scene)
