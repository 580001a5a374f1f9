"""A line between two machines that are both this one: it takes its time, carries so much, loses some, and counts.

``relay`` is in the way of a connection and can delay and slow it down. ``networks`` are two networks of their own
(Linux, root) with a line of packets between them, of which some are lost, as on a bad radio link.
"""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import multiprocessing
import os
import random
import select
import socket
import struct
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import SynchronizedArray
from typing import TypeAlias

from tests.terminal.remote import Way

_FORK = multiprocessing.get_context("fork")
Counts: TypeAlias = "SynchronizedArray[int]"
"""Bytes that went there and back."""

_BUFFER = 0.1
"""Seconds of what a line carries that wait in it; the rest waits in the sender's system."""

_PIECE = 1400
_NEW_NETWORK = 0x40000000
_TUNSETIFF, _TUN, _NO_INFO = 0x400454CA, 0x0001, 0x1000
THERE, HERE = "10.77.0.2", "10.77.0.1"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line is like."""

    delay: float = 0.0
    """Seconds each way."""

    rate: float = 0.0
    """Bytes a second each way, 0: as many as there are."""

    loss: float = 0.0
    """The share of packets that never arrive."""


class _Departures:
    """When what is sent over a line arrives."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._free = 0.0

    def next(self, size: int) -> float:
        """When so many bytes arrive that are sent now."""
        self._free = max(time.monotonic(), self._free) + (size / self._line.rate if self._line.rate else 0)
        return self._free + self._line.delay

    @property
    def queue(self) -> float:
        """Seconds of what is yet to be sent."""
        return self._free - time.monotonic()


@contextmanager
def relay(line: Line, to: Way) -> Iterator[tuple[Way, Counts]]:
    """A relay in front of a machine: the way to it, and what it counts."""
    counts = _FORK.Array("q", 2)
    ours, theirs = _FORK.Pipe()
    process = _FORK.Process(target=_relay, args=(line, to, counts, theirs), daemon=True)
    process.start()
    try:
        yield Way("127.0.0.1", ours.recv()), counts
    finally:
        process.kill()
        process.join()


def _relay(line: Line, to: Way, counts: Counts, told: Connection) -> None:
    asyncio.run(_serve(line, to, counts, told))


async def _serve(line: Line, to: Way, counts: Counts, told: Connection) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = socket.socket()
        there.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)  # little waits here, the rest at the sender
        there.setblocking(False)
        await asyncio.get_running_loop().sock_connect(there, (to.host, to.port))
        back, forth = await asyncio.open_connection(sock=there, limit=_PIECE)
        await asyncio.gather(_carry(line, reader, forth, counts, 0), _carry(line, back, writer, counts, 1))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    told.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _carry(
    line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: Counts, way: int
) -> None:
    departures = _Departures(line)
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(due - time.monotonic())
            writer.write(data)
            if not data:
                writer.close()
                return

    arriving = asyncio.create_task(arrive())
    data = b"-"
    while data:
        try:
            data = await reader.read(_PIECE)
        except OSError:
            data = b""
        counts[way] += len(data)
        under_way.put_nowait((departures.next(len(data)), data))
        if departures.queue > _BUFFER:
            await asyncio.sleep(departures.queue - _BUFFER)
    await arriving


@contextmanager
def networks(line: Line) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Counts]]:
    """What starts programs here and there, and what the line between counts; OSError where that cannot be had."""
    counts = _FORK.Array("q", 2)
    ours, theirs = _FORK.Pipe()
    process = _FORK.Process(target=_networks, args=(line, counts, theirs), daemon=True)
    process.start()
    try:
        found = ours.recv()
        if isinstance(found, str):
            raise OSError(found)
        here, there = (("nsenter", f"--net=/proc/{process.pid}/fd/{number}") for number in found)
        yield here, there, counts
    finally:
        process.kill()
        process.join()


def _networks(line: Line, counts: Counts, told: Connection) -> None:
    try:
        here, there = _network(HERE), _network(THERE)
    except (OSError, subprocess.CalledProcessError) as error:
        told.send(str(error))
        return
    told.send((here[0], there[0]))
    _exchange(line, here[1], there[1], counts)


def _network(address: str) -> tuple[int, int]:
    """The descriptors of a network of its own, and of the packets that leave it."""
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "no network of one's own")
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", b"line", _TUN | _NO_INFO))
    for words in (f"addr add {address}/24 dev line", "link set line mtu 1400 up", "link set lo up"):
        subprocess.run(["ip", *words.split()], check=True, capture_output=True)
    return os.open("/proc/self/ns/net", os.O_RDONLY), device


def _exchange(line: Line, here: int, there: int, counts: Counts) -> None:
    """Carry packets both ways for ever."""
    chance = random.Random(5)
    under_way: dict[int, deque[tuple[float, bytes]]] = {here: deque(), there: deque()}
    departures = {here: _Departures(line), there: _Departures(line)}
    other = {here: there, there: here}
    while True:
        dues = [waiting[0][0] for waiting in under_way.values() if waiting]
        left = max(min(dues) - time.monotonic(), 0) if dues else None
        for device in select.select([here, there], [], [], left)[0]:
            packet = os.read(device, 65_536)
            counts[0 if device == here else 1] += len(packet)
            is_full = bool(line.rate) and departures[device].queue > _BUFFER * 4
            if not is_full and chance.random() >= line.loss:
                under_way[other[device]].append((departures[device].next(len(packet)), packet))
        for device, waiting in under_way.items():
            while waiting and waiting[0][0] <= time.monotonic():
                os.write(device, waiting.popleft()[1])
