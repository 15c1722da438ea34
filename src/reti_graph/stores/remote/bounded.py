"""httpx2 over a network whose steps never last longer than the request they are for.

By itself httpx2 bounds each read, not their sum: a byte a minute would hold a request for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import httpcore2
import httpx2

from reti_graph.errors import SettingsError

if TYPE_CHECKING:
    import ssl

Left: TypeAlias = Callable[[float | None], float]
"""From the seconds a step may take by itself to those that are left for it."""

MOST_CONNECTIONS: Final = 32

_IDLE_SECONDS: Final = 5.0
_PIECE: Final = 65_536


class BoundedTransport(httpx2.HTTPTransport):
    """httpx2's transport over a network of ours: by itself it bounds each read, not their sum."""

    def __init__(self, left: Left) -> None:
        """Ask there how long each step may last. Raises SettingsError as `_trusted` does."""
        context = _trusted()
        super().__init__(verify=context)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_Bounded(left),
        )


class _Bounded(httpcore2.NetworkBackend):
    """A network whose steps never last longer than the request they are for."""

    def __init__(self, left: Left) -> None:
        """Ask there how long each step may last."""
        self._left = left
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore2.NetworkStream:
        """Connect, within the time left."""
        del local_address, socket_options
        stream = self._network.connect_tcp(host, port, self._left(timeout))
        return _BoundedStream(stream, self._left)


class _BoundedStream(httpcore2.NetworkStream):
    """A connection whose steps never last longer than the request they are for."""

    def __init__(self, stream: httpcore2.NetworkStream, left: Left) -> None:
        """Wrap a connection; ask there how long each step may last."""
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, within the time left."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write piece by piece, each within the time left."""
        for start in range(0, len(buffer), _PIECE):
            piece = buffer[start : start + _PIECE]
            self._stream.write(piece, self._left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Encrypt the connection, within the time left."""
        seconds = self._left(timeout)
        return _BoundedStream(
            self._stream.start_tls(ssl_context, server_hostname, seconds), self._left
        )

    def get_extra_info(self, info: str) -> object:
        """Tell what the connection tells."""
        return self._stream.get_extra_info(info)


def _trusted() -> ssl.SSLContext:
    try:
        return httpx2.create_ssl_context()
    except OSError as error:
        raise SettingsError(
            f"The certificates to trust cannot be read: {error}.",
            hint="Let SSL_CERT_FILE name a file of certificates, or SSL_CERT_DIR a folder of them.",
        ) from error
