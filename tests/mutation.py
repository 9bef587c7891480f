"""Bytes changed at random, the same way for the same seed."""

from __future__ import annotations

import random

DICTIONARY = [b"<", b">", b"/", b"&", b'"', b"\0", b"\xff", b"<!--", b"-->", b"]]>", b"&#0;", b"xmlns"]
DICTIONARY += [b"r:id", b'r="A1"', b't="s"', b"99999999999", b"-1", b"1e999", b"<v>", b"</row>"]
DICTIONARY += [b"PK\x01\x02", b"PK\x05\x06"]


def seeded(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311  (the same changes each time, no secrets)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Data with up to four changes: bytes replaced, left out, put in, repeated or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        until = min(len(changed), at + chance.choice([1, 1, 2, 8, 64]))
        match chance.randrange(6):
            case 0 if at < len(changed):
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at:until]
            case 2:
                changed[at:at] = chance.choice(DICTIONARY)
            case 3:
                changed[at:at] = changed[at:until] * chance.randint(1, 40)
            case 4:
                changed[at:until] = chance.choice(DICTIONARY)
            case _ if chance.random() < 0.1:
                del changed[at:]
    return bytes(changed)
