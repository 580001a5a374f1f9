"""PNG → pixels, for tests that look at pictures."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_CHANNELS = 4


@dataclass(frozen=True, slots=True)
class Pixels:
    """The pixels of a picture."""

    wide: int
    high: int
    rows: tuple[bytes, ...]

    def within(self, left: int, top: int, right: int, bottom: int) -> set[str]:
        """The colours, as ``#rrggbb``, of a part of the picture."""
        return {
            "#" + row[x * _CHANNELS : x * _CHANNELS + 3].hex()
            for row in self.rows[top:bottom]
            for x in range(left, right)
        }


def pixels(data: bytes) -> Pixels:
    """The pixels of a PNG with eight bits for each of red, green, blue and opacity (W3C PNG, §9 Filtering)."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    place, packed = 8, b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += length + 12
    raw, size = zlib.decompress(packed), wide * _CHANNELS
    rows: list[bytes] = []
    above = bytes(size)
    for start in range(0, len(raw), size + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + size], above)
        rows.append(above)
    return Pixels(wide, high, tuple(rows))


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    row = bytearray(line)
    for index, value in enumerate(line):
        left = row[index - _CHANNELS] if index >= _CHANNELS else 0
        corner = above[index - _CHANNELS] if index >= _CHANNELS else 0
        guess = (0, left, above[index], (left + above[index]) // 2, _paeth(left, above[index], corner))[kind]
        row[index] = (value + guess) & 0xFF
    return bytes(row)


def _paeth(left: int, above: int, corner: int) -> int:
    start = left + above - corner
    return min((left, above, corner), key=lambda value: abs(start - value))
