from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from tests.attacks.attack import Attack, check_sound
from tests.attacks.corpus.framing import FRAMING, HIDING
from tests.attacks.corpus.targets import BODIES, HEADERS, PATHS, TOO_LONG
from tests.attacks.markup import check_harmless

if TYPE_CHECKING:
    from tests.attacks.serving import Answer, Target

SECRETS: Final = (b"root:", b"[title]", b"base_iri", b"[core]")
"""What stands in files that no path leads to."""

HTML: Final = b"Accept: text/html\r\n"


def check_targets(answer: Answer) -> None:
    """Fail for a redirect or a link that leads off the site, and for a page that does harm."""
    location = urlsplit(answer.headers["location"] or "/")
    assert (location.scheme, location.netloc) == ("", "")
    assert not [secret for secret in SECRETS if secret in answer.body]
    if answer.media_type == "text/html":
        check_harmless(answer.text)


@pytest.mark.parametrize("attack", FRAMING, ids=attrgetter("name"))
def test_what_is_not_quite_http_is_one_request_or_none(target: Target, attack: Attack) -> None:
    """It is answered once, with an error where readers could differ."""
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("attack", HIDING, ids=attrgetter("name"))
def test_no_request_hides_in_another(target: Target, attack: Attack) -> None:
    """After the answer to the outer request nothing comes, and the connection ends."""
    with target.connected() as wire:
        wire.send(attack.request)
        attack.check(wire.answer())
        wire.say_no_more()
        assert wire.answer() is None


@pytest.mark.parametrize("page", [False, True], ids=["data", "page"])
@pytest.mark.parametrize("attack", PATHS, ids=attrgetter("name"))
def test_no_path_leads_anywhere_else(target: Target, attack: Attack, page: bool) -> None:  # noqa: FBT001 -- pytest gives it by name
    """Neither to files nor to other sites, nor out of the text it is written into."""
    more = HTML if page else b""
    answer = target.attack(attack.request.replace(b"Host: x\r\n", b"Host: x\r\n" + more))
    attack.check(answer)
    assert answer is not None
    check_targets(answer)


@pytest.mark.parametrize("attack", TOO_LONG, ids=attrgetter("name"))
def test_a_target_longer_than_any_query_is_refused(target: Target, attack: Attack) -> None:
    """It is a 414."""
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("attack", HEADERS, ids=attrgetter("name"))
def test_no_header_is_trusted(target: Target, attack: Attack) -> None:
    """Neither for where the server is nor for how much it has to read."""
    answer = target.attack(attack.request)
    attack.check(answer)
    assert answer is not None
    assert b"elsewhere" not in answer.body
    assert "elsewhere" not in str(answer.headers)
    check_targets(answer)


@pytest.mark.parametrize("attack", BODIES, ids=attrgetter("name"))
def test_no_body_is_trusted(target: Target, attack: Attack) -> None:
    """What is no query in UTF-8, uncompressed and of one of two types, is refused."""
    attack.check(target.attack(attack.request))


def test_no_request_changes_what_the_next_one_gets(target: Target) -> None:
    """What is kept is kept for the path that was asked, whatever the other headers say."""
    path = "/static/style.css"
    for host in ("x/robots.txt?", "x/static/icon.svg#", "x/health"):
        for other in ("/robots.txt", "/static/icon.svg"):
            answer = target.ask(f"GET {other} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            assert answer is not None
            check_sound(answer)
    answer = target.get(path)
    assert answer.media_type == "text/css"
    assert target.get("/robots.txt").text.startswith("User-agent")
