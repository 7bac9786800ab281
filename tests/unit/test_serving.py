"""Listening for people."""

import asyncio
import gc
import socket

import pytest

from handlers.serving import PortTaken, listening_socket, look_for_cycles_seldom


async def test_an_answer_leaves_at_once() -> None:
    at_once: list[int] = []

    async def look(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        at_once.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listening = listening_socket("127.0.0.1", 0, or_next=False)
    async with await asyncio.start_server(look, sock=listening):
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        await reader.read()
        writer.close()
        await writer.wait_closed()
    assert at_once == [1]


def test_a_port_that_is_taken_is_told_of_or_the_next_is_found() -> None:
    with listening_socket("127.0.0.1", 0, or_next=False) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            listening_socket("127.0.0.1", port, or_next=False)
        with listening_socket("127.0.0.1", port, or_next=True) as second:
            assert second.getsockname()[1] > port


def test_cycles_are_looked_for_when_much_has_come() -> None:
    before = gc.get_threshold()
    try:
        look_for_cycles_seldom()
        assert all(now >= then for now, then in zip(gc.get_threshold(), before, strict=True))
        assert gc.get_threshold() != before
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
