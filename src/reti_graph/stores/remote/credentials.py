"""Who we are to a store elsewhere, and which addresses may be told.

Credentials come from the environment alone. Nothing here writes them into a message, and the
value that holds them shows neither user nor secret and cannot be pickled.
"""

from __future__ import annotations

import html
import ipaddress
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, Self
from urllib.parse import SplitResult, quote, quote_plus, urlsplit

from reti_graph.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.setting_types import Auth

USER: Final = "RETI_STORE_USER"
PASSWORD: Final = "RETI_STORE_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN: Final = "RETI_STORE_TOKEN"  # noqa: S105 - the name of a variable

_SCHEMES: Final = ("http", "https")
# Bytes of the environment that are no UTF-8 come as surrogates.
_UNSENDABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# RFC 6750, 2.1: what may stand after the word Bearer.
_BEARER: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")
# RFC 7617, 2: the first colon ends the name of the user.
_BASIC_USER: Final = re.compile(r"[^:]+")
# RFC 7616, 3.4 has the name between quotation marks in a header.
_DIGEST_USER: Final = re.compile(r"[ !#-\[\]-~]+")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """A user with a password for `basic` and `digest`, a token without a user for `bearer`."""

    kind: Auth
    user: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials(kind={self.kind!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied: a pickle would hold the secret."""
        raise TypeError("Credentials are not pickled.")

    def hidden_in(self, text: str) -> str:
        """Return a text with the secret, in each way it may be written, replaced by an ellipsis."""
        whole = b64encode(f"{self.user}:{self.secret}".encode()).decode()
        forms = {
            whole,
            self.secret,
            quote(self.secret, safe=""),
            quote_plus(self.secret),
            html.escape(self.secret),
            json.dumps(self.secret)[1:-1],
            json.dumps(self.secret, ensure_ascii=False)[1:-1],
        }
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(form, "…")
        return text

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], auth: Auth | None, url: str
    ) -> Self | None:
        """Return what the variables say, or None when they say nothing; an empty one does not.

        `auth` is the setting `store.auth`; without it a user and password are for `basic`. `url`
        is where they are to be sent. Raises SettingsError when half is missing, when there is a
        token beside a user, when `auth` is for the other kind, when a value cannot stand in a
        header, and as `check_address` does.
        """
        user, password, token = (environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
        if token and (user or password):
            raise SettingsError(
                f"{TOKEN} and {USER} or {PASSWORD} are set: the store can be told one only.",
                hint=f"Unset {TOKEN}, or the other two.",
            )
        if token:
            found = cls._with_token(token, auth)
        elif user or password:
            found = cls._with_password(user, password, auth)
        else:
            found = None
        check_address(url, found)
        return found

    @classmethod
    def _with_token(cls, token: str, auth: Auth | None) -> Self:
        if auth not in (None, "bearer"):
            raise SettingsError(
                f'store.auth is "{auth}", but {TOKEN} is set.',
                hint=f'Set {USER} and {PASSWORD} instead, or store.auth = "bearer".',
            )
        if not _BEARER.fullmatch(token):
            raise SettingsError(
                f"{TOKEN} has signs that no bearer token has.",
                hint="Letters, digits and - . _ ~ + / may be in it, and = at its end (RFC 6750).",
            )
        return cls("bearer", "", token)

    @classmethod
    def _with_password(cls, user: str, password: str, auth: Auth | None) -> Self:
        if not (user and password):
            missing, there = (PASSWORD, USER) if user else (USER, PASSWORD)
            raise SettingsError(f"{there} is set, but {missing} is not.", hint=f"Set {missing}.")
        if auth == "bearer":
            raise SettingsError(
                f'store.auth is "bearer", but {USER} and {PASSWORD} are set.',
                hint=f'Set {TOKEN} instead, or store.auth to "basic" or "digest".',
            )
        allowed = _DIGEST_USER if auth == "digest" else _BASIC_USER
        if not allowed.fullmatch(user) or _UNSENDABLE.search(user + password):
            raise SettingsError(
                f"{USER} or {PASSWORD} has signs that cannot be sent.",
                hint="Leave out control characters, and colons in the user; for digest the user "
                "has ASCII signs alone, without quotation marks and backslashes.",
            )
        return cls(auth or "basic", user, password)


def check_address(url: str, credentials: Credentials | None) -> None:
    """Raise SettingsError unless this is an http address that may be asked with the credentials.

    An address with a user or a password in it is refused, and not repeated in the message. With
    credentials it must be https, or of this machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), None
    if "@" in parts.netloc or ("@" in url and not host):
        raise SettingsError(
            "The address of the store has a user or a password in it, which logs would show.",
            hint=f"Take out what stands before the @, and set {USER} and {PASSWORD}.",
        )
    if parts.scheme not in _SCHEMES or not host or _UNSENDABLE.search(url) or " " in url:
        raise SettingsError(
            f"{url!r} is no address of a store.", hint="Write it as https://host/path."
        )
    if credentials and parts.scheme == "http" and not _of_this_machine(host):
        raise SettingsError(
            f"Credentials are not sent to {host} over plain http: others could read them.",
            hint="Give the store's https address, or reach it through a tunnel on this machine.",
        )


def _of_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
