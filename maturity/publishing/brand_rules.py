"""What an organisation's colour and mark must be, so that its papers can be read: pure checks of what was given."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from maturity.charts.theme import contrast, palette

USUAL_COLOUR = palette("light").accent
LEAST_CONTRAST = 4.5
"""White words stand on the colour, and words in it on white: WCAG 2.2 AA."""
MOST_BYTES, MOST_PIXELS = 200_000, 2_000
LONGEST_ALT = 200
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many samples a pixel has, by the PNG's kind of colour."""
UNREADABLE = (OSError, ValueError, SyntaxError, struct.error, zlib.error, Image.DecompressionBombError)
"""What a picture that cannot be decoded raises."""


class BrandRefused(ValueError):
    """A colour or a mark that is not taken, with one sentence on why and what to do."""


def checked_colour(written: str) -> str:
    """A colour as #RRGGBB that reads on white."""
    colour = written.strip().upper()
    if not re.fullmatch(r"#[0-9A-F]{6}", colour):
        raise BrandRefused(f"{written.strip()[:40]!r} is no colour; write six digits behind a #, such as #12436D")
    ratio = contrast(colour, "#FFFFFF")
    if ratio < LEAST_CONTRAST:
        shown = int(ratio * 10) / 10  # never up, or 4.48 would be said to be the 4.5 that it lacks
        raise BrandRefused(
            f"{colour} stands {shown:.1f} to 1 against white, and at least {LEAST_CONTRAST} to 1 is needed to be "
            "read; choose a darker one"
        )
    return colour


def checked_logo(content: bytes, alt: str) -> str:
    """The alternative text of a mark, trimmed; the mark is a whole PNG of a size that papers can carry."""
    said = " ".join(alt.split())
    if not said:
        raise BrandRefused("say in words what the logo shows, for people who do not see it")
    if len(said) > LONGEST_ALT:
        raise BrandRefused(f"the words for the logo have {len(said)} characters, at most {LONGEST_ALT}; shorten them")
    if len(content) > MOST_BYTES:
        size, most = len(content) / 1000, MOST_BYTES // 1000
        raise BrandRefused(f"the logo has {size:,.0f} KB, at most {most} KB are taken; make it smaller")
    width, height = _size(content)
    if not 1 <= min(width, height) <= max(width, height) <= MOST_PIXELS:
        raise BrandRefused(
            f"the logo has {width:,} by {height:,} pixels, at most {MOST_PIXELS:,} each way are taken; make it smaller"
        )
    if not _can_be_drawn(content):
        raise BrandRefused("the logo is a PNG whose pixels cannot be read; save the picture anew and choose it again")
    return said


def _size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG whose parts are all there and unharmed."""
    parts = list(_parts(content)) if content.startswith(SIGNATURE) else []
    names = [name for name, _ in parts]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or len(parts[0][1]) != 13:
        raise BrandRefused("the logo is no PNG picture, or is not whole; save it as PNG and choose it again")
    width, height = struct.unpack(">II", parts[0][1][:8])
    return int(width), int(height)


def _can_be_drawn(content: bytes) -> bool:
    """Whether every pixel is there and can be decoded; only for a size that was checked, which bounds the memory."""
    parts = list(_parts(content))
    width, height, depth, colour = struct.unpack(">IIBB", parts[0][1][:10])
    least = height + width * height * depth * SAMPLES.get(colour, 0) // 8
    pixels = b"".join(body for name, body in parts if name == b"IDAT")
    try:
        there = len(zlib.decompressobj().decompress(pixels, least))
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            image.load()
    except UNREADABLE:
        return False
    return there >= least and (colour != 3 or b"PLTE" in dict(parts))


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each part up to the first that is broken; a file with anything behind its end has no end."""
    at = len(SIGNATURE)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4 or struct.unpack(">I", check)[0] != zlib.crc32(name + body):
            return
        at += 12 + length
        if name == b"IEND" and at != len(content):
            return
        yield name, body
