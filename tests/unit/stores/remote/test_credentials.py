from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import SettingsError
from reti_graph.stores.remote.credentials import (
    PASSWORD,
    TOKEN,
    USER,
    Credentials,
    check_address,
)

if TYPE_CHECKING:
    from reti_graph.setting_types import Auth

URL: Final = "https://store.example/sparql"
SECRET: Final = "open & sesame"  # noqa: S105 - no secret of anybody
BASIC: Final = Credentials("basic", "anna", SECRET)
SECRETS: Final = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="…"), min_size=1
)


def test_nothing_set_means_no_credentials() -> None:
    """Without variables, or with empty ones, nobody logs in, whatever `store.auth` says."""
    assert Credentials.from_environment({}, "digest", URL) is None
    assert Credentials.from_environment({USER: "", PASSWORD: "", TOKEN: ""}, None, URL) is None


@pytest.mark.parametrize(("auth", "kind"), [(None, "basic"), ("basic", "basic"), ("digest",) * 2])
def test_a_user_and_a_password_are_for_basic_or_digest(auth: Auth | None, kind: str) -> None:
    """`store.auth` chooses, and basic is what is tried without it."""
    found = Credentials.from_environment({USER: "anna", PASSWORD: SECRET}, auth, URL)
    assert found is not None
    assert (found.kind, found.user, found.secret) == (kind, "anna", SECRET)


@pytest.mark.parametrize("auth", [None, "bearer"])
def test_a_token_is_for_bearer(auth: Auth | None) -> None:
    """A token needs no setting beside it."""
    found = Credentials.from_environment({TOKEN: "abc.DEF-1=="}, auth, URL)
    assert found is not None
    assert (found.kind, found.user, found.secret) == ("bearer", "", "abc.DEF-1==")


@pytest.mark.parametrize(
    ("environ", "auth", "named"),
    [
        ({USER: "anna"}, None, PASSWORD),
        ({PASSWORD: SECRET}, None, USER),
        ({USER: "anna", PASSWORD: SECRET, TOKEN: "abc"}, None, TOKEN),
        ({PASSWORD: SECRET, TOKEN: "abc"}, None, TOKEN),
        ({USER: "anna", PASSWORD: SECRET}, "bearer", TOKEN),
        ({TOKEN: "abc"}, "basic", USER),
        ({TOKEN: "abc\r\nX: y"}, None, TOKEN),
        ({USER: "anna:b", PASSWORD: SECRET}, None, USER),
        ({USER: "anna", PASSWORD: "a\nb"}, None, PASSWORD),
        ({USER: "anna", PASSWORD: "a\udcffb"}, None, PASSWORD),
        ({USER: 'an"na', PASSWORD: SECRET}, "digest", USER),
        ({USER: "ann\u00e9", PASSWORD: SECRET}, "digest", USER),
    ],
)
def test_what_cannot_be_used_is_refused(
    environ: dict[str, str], auth: Auth | None, named: str
) -> None:
    """Half of a pair, both kinds, the wrong kind and signs that break a header: each is told."""
    with pytest.raises(SettingsError) as caught:
        Credentials.from_environment(environ, auth, URL)
    said = f"{caught.value.message} {caught.value.hint}"
    assert named in said
    assert not any(value in said for value in environ.values())


def test_credentials_show_nothing_of_themselves() -> None:
    """Neither a user nor a secret is in any text that is made of them."""
    shown = f"{BASIC} {BASIC!r} {[BASIC]}"
    assert "anna" not in shown
    assert SECRET not in shown


def test_credentials_are_not_pickled_and_not_copied() -> None:
    """No file and no pipe gets a secret by accident."""
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(BASIC)
    with pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(BASIC)


@given(st.text(), SECRETS, st.text())
def test_a_secret_is_hidden_wherever_it_stands(before: str, secret: str, after: str) -> None:
    """A text has the secret no more."""
    hidden = Credentials("bearer", "", secret).hidden_in(f"{before}{secret}{after}")
    assert secret not in hidden


@pytest.mark.parametrize(
    "form",
    [SECRET, quote(SECRET), "open+%26+sesame", "open &amp; sesame", "YW5uYTpvcGVuICYgc2VzYW1l"],
)
def test_a_secret_is_hidden_in_each_of_its_spellings(form: str) -> None:
    """What a header, a form or a page makes of it is hidden as well."""
    assert BASIC.hidden_in(f"no {form}!") == "no …!"


@pytest.mark.parametrize(
    "url",
    [
        "https://anna:sesame@store.example/sparql",
        "https://sesame@store.example/sparql",
        "anna:sesame@store.example/sparql",
        "https://anna:sesame@[store.example/sparql",
    ],
)
def test_an_address_with_credentials_in_it_is_refused_unseen(url: str) -> None:
    """The message does not say again what should not have been said."""
    with pytest.raises(SettingsError, match="user or a password") as caught:
        check_address(url, None)
    assert "sesame" not in f"{caught.value.message} {caught.value.hint}"
    assert USER in str(caught.value.hint)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "store",
        "ftp://store.example/",
        "https:///sparql",
        "https://store.example:port/",
        "http://a b/",
    ],
)
def test_what_is_no_http_address_is_refused(url: str) -> None:
    """A mistake in an address is told before anything is asked."""
    with pytest.raises(SettingsError, match="no address of a store"):
        check_address(url, None)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8890/sparql", "http://localhost/sparql", "http://[::1]/sparql", URL]
)
def test_credentials_go_over_https_or_stay_on_this_machine(url: str) -> None:
    """These addresses may be told who asks."""
    check_address(url, BASIC)


@pytest.mark.parametrize(
    "url", ["http://store.example/sparql", "http://10.0.0.1/sparql", "http://localhost.example/"]
)
def test_credentials_never_go_over_plain_http(url: str) -> None:
    """Elsewhere plain http is for those who have nothing to hide."""
    check_address(url, None)
    with pytest.raises(SettingsError, match="plain http"):
        Credentials.from_environment({USER: "anna", PASSWORD: SECRET}, None, url)
