from __future__ import annotations

import asyncio
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.web.cache import ENTRY_BYTES, Cache, Once

ROOM: Final = 40 * ENTRY_BYTES
WAIT: Final = 60


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=3 * ENTRY_BYTES))))
def test_a_cache_never_takes_more_than_its_room(puts: list[tuple[int, bytes]]) -> None:
    """Whatever is put in, the bytes counted are those kept and within the room."""
    cache: Cache[bytes] = Cache(4 * ENTRY_BYTES, len)
    for key, value in puts:
        cache.put(key, value)
        assert cache.bytes <= 4 * ENTRY_BYTES
    kept = [found for key in range(10) if (found := cache.get(key)) is not None]
    assert cache.bytes == sum(len("9") + len(found) + ENTRY_BYTES for found in kept)
    assert len(cache) == len(kept)


def test_the_least_recently_used_goes_first() -> None:
    """What was asked for again stays."""
    cache: Cache[bytes] = Cache(4 * (len("'a'") + ENTRY_BYTES), len)
    for key in "abcd":
        cache.put(key, b"")
    assert cache.get("a") == b""
    cache.put("e", b"")
    assert [cache.get(key) for key in "abcde"] == [b"", None, b"", b"", b""]


def test_long_keys_count_too() -> None:
    """Whoever asks chooses them."""
    cache: Cache[bytes] = Cache(ROOM, len)
    cache.put("k" * ROOM, b"")
    assert len(cache) == 0


def test_one_large_value_does_not_push_out_all_others() -> None:
    """It is not kept."""
    cache: Cache[bytes] = Cache(ROOM, len)
    cache.put("small", b"x")
    cache.put("large", bytes(ROOM // 2))
    assert cache.get("large") is None
    assert cache.get("small") == b"x"


def test_work_under_one_key_is_done_once() -> None:
    """Two that ask at once get the same result of one run; a later one begins anew."""

    async def scene() -> list[int]:
        once: Once[int] = Once()
        go = asyncio.Event()
        runs = 0

        async def work() -> int:
            nonlocal runs
            runs += 1
            await go.wait()
            return runs

        both = [asyncio.create_task(once.result("key", work)) for _ in range(2)]
        await asyncio.sleep(0)
        go.set()
        results = list(await asyncio.gather(*both))
        return [*results, await once.result("key", work)]

    assert asyncio.run(asyncio.wait_for(scene(), WAIT)) == [1, 1, 2]


def test_work_that_nobody_waits_for_is_cancelled() -> None:
    """One that leaves does not harm the other; when both have left the work ends."""

    async def scene() -> tuple[bool, bool]:
        once: Once[None] = Once()
        ended = asyncio.Event()

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        first, second = (asyncio.create_task(once.result("key", work)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait({first})
        early = ended.is_set()
        second.cancel()
        await ended.wait()
        return early, second.cancelled() or bool(second.cancelling())

    assert asyncio.run(asyncio.wait_for(scene(), WAIT)) == (False, True)


def test_work_that_fails_fails_for_all_who_wait() -> None:
    """And is not remembered."""

    async def scene() -> None:
        once: Once[int] = Once()

        async def fail() -> int:
            raise LookupError

        async def succeed() -> int:
            return 1

        found = await asyncio.gather(
            *(once.result("key", fail) for _ in range(2)), return_exceptions=True
        )
        assert [type(error) for error in found] == [LookupError, LookupError]
        assert await once.result("key", succeed) == 1

    asyncio.run(asyncio.wait_for(scene(), WAIT))


@pytest.mark.parametrize("key", ["key", ("a", 1, None)])
def test_any_hashable_is_a_key(key: object) -> None:
    """Requests are tuples of many things."""
    cache: Cache[bytes] = Cache(ROOM, len)
    cache.put(key, b"value")
    assert cache.get(key) == b"value"
