"""A store elsewhere, as a pool tells its workers of it: over a pipe, which nobody else reads."""

from __future__ import annotations

from typing import Self

import msgspec

from reti_graph.setting_types import Auth, DefaultGraph
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.values import Addresses, Dialect, Patience, Remote


class Login(msgspec.Struct, frozen=True, array_like=True):
    """Credentials; they show themselves to nobody."""

    kind: Auth
    user: str
    secret: str

    def __repr__(self) -> str:
        return f"Login(kind={self.kind!r})"


class Elsewhere(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a worker has to know of a store, and `pinned`, the release it must hold."""

    pinned: str | None
    base: str
    query: str
    update: str | None
    graphs: str | None
    product: str
    default_graph: DefaultGraph
    exact_datasets: bool
    atomic: bool
    statements: int
    seconds: float
    retries: int
    login: Login | None

    @classmethod
    def of(cls, remote: Remote, pinned: str | None = None) -> Self:
        """Return a store as a message."""
        addresses, dialect, who = remote.addresses, remote.dialect, remote.credentials
        return cls(
            pinned=pinned,
            base=remote.base,
            query=addresses.query,
            update=addresses.update,
            graphs=addresses.graphs,
            product=dialect.product,
            default_graph=dialect.default_graph,
            exact_datasets=dialect.exact_datasets,
            atomic=dialect.atomic,
            statements=dialect.statements,
            seconds=remote.patience.seconds,
            retries=remote.patience.retries,
            login=None if who is None else Login(who.kind, who.user, who.secret),
        )

    @property
    def remote(self) -> Remote:
        """The store as the value it was."""
        who = self.login
        return Remote(
            addresses=Addresses(query=self.query, update=self.update, graphs=self.graphs),
            dialect=Dialect(
                product=self.product,
                default_graph=self.default_graph,
                exact_datasets=self.exact_datasets,
                atomic=self.atomic,
                statements=self.statements,
            ),
            base=self.base,
            patience=Patience(seconds=self.seconds, retries=self.retries),
            credentials=None if who is None else Credentials(who.kind, who.user, who.secret),
        )
