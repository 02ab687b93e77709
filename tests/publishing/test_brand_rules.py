"""What a logo must be: a PNG whose pixels every reader can decode, and never one that unfolds beyond its size."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.publishing.brand_rules import SIGNATURE, BrandRefused, checked_logo

from .report_samples import tiny_png

ROW = b"\x00" + b"\x12\x43\x6d" * 8
PIXELS = zlib.compress(ROW * 8)
"""Eight rows of eight pixels, in three samples of a byte."""


def png(
    pixels: bytes = PIXELS, *, depth: int = 8, colour: int = 2, more: tuple[tuple[bytes, bytes], ...] = ()
) -> bytes:
    head = struct.pack(">IIBBBBB", 8, 8, depth, colour, 0, 0, 0)
    return file_of([(b"IHDR", head), *more, (b"IDAT", pixels), (b"IEND", b"")])


def file_of(parts: list[tuple[bytes, bytes]]) -> bytes:
    made = [struct.pack(">I", len(b)) + n + b + struct.pack(">I", zlib.crc32(n + b)) for n, b in parts]
    return SIGNATURE + b"".join(made)


@pytest.mark.parametrize(
    "content",
    [
        png(b"these are no pixels"),
        png(b""),
        png(PIXELS[:-6]),
        png(zlib.compress(ROW * 3)),
        png(zlib.compress((b"\x09" + ROW[1:]) * 8)),
        png(zlib.compress(ROW[:9] * 8), colour=3),
        png(depth=3),
        png(colour=9),
    ],
    ids=["no pixels", "nothing", "cut", "rows missing", "filter", "palette missing", "depth", "colour"],
)
def test_pixels_that_cannot_be_decoded_are_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(BrandRefused, match=r"^the logo is a PNG whose pixels cannot be read; save the picture anew"):
        checked_logo(content, "Arms")


def test_what_can_be_decoded_is_taken() -> None:
    for content in (png(), tiny_png(), png(zlib.compress(ROW[:9] * 8), colour=3, more=((b"PLTE", ROW[1:4]),))):
        assert checked_logo(content, "Arms") == "Arms"


@pytest.mark.parametrize("name", [b"zTXt", b"iCCP"])
def test_a_few_bytes_that_unfold_to_very_many_are_refused(name: bytes) -> None:
    bomb = b"a\x00\x00" + zlib.compress(b"a" * 90_000_000)
    content = png(more=((name, bomb),))
    assert len(content) < 200_000
    with pytest.raises(BrandRefused, match="cannot be read"):
        checked_logo(content, "Arms")


def test_a_picture_of_very_many_pixels_is_refused_before_any_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maturity.publishing.brand_rules._can_be_drawn", pytest.fail)
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    with pytest.raises(BrandRefused, match="60,000 by 60,000 pixels, at most 2,000 each way"):
        checked_logo(file_of([(b"IHDR", head), (b"IDAT", PIXELS), (b"IEND", b"")]), "Arms")


KNOWN = "PLTE tRNS gAMA cHRM sRGB pHYs iCCP tEXt iTXt eXIf acTL fcTL fdAT IDAT ABCD"
NAMES = st.sampled_from([name.encode() for name in KNOWN.split()])


@pytest.mark.filterwarnings("ignore:Invalid APNG")
@given(parts=st.lists(st.tuples(NAMES, st.binary(max_size=40)), max_size=4), head=st.binary(min_size=5, max_size=5))
def test_whatever_a_file_holds_it_is_taken_or_refused_in_a_sentence(
    parts: list[tuple[bytes, bytes]], head: bytes
) -> None:
    for about in (head, struct.pack(">BBBBB", 8, 2, 0, 0, 0)):
        content = file_of([(b"IHDR", struct.pack(">II", 8, 8) + about), *parts, (b"IDAT", PIXELS), (b"IEND", b"")])
        try:
            assert checked_logo(content, "Arms") == "Arms"
        except BrandRefused as refused:
            assert "the logo" in str(refused)
