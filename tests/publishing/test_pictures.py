"""Charts become pictures: bytes that stay the same, texts beside the drawing, hostile letters, no network, bounded."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from maturity.charts.theme import FONT
from maturity.publishing import pictures
from maturity.publishing.fonts import FAMILY, font_folder
from maturity.publishing.pictures import ROOM, draw, standing_alone

SVG = "{http://www.w3.org/2000/svg}"


def bars(*names: str, **more):
    """A small chart with clipped bars and the names as labels."""
    rows = [{"name": name, "much": place + 1} for place, name in enumerate(names)]
    across = {"field": "much", "type": "quantitative"}
    down = {"field": "name", "type": "nominal"}
    return {
        "title": {"text": ["Two lines of", "a title"], "subtitle": ["In levels"]},
        "description": "Bars of 1 and 2",
        "config": {"font": FONT},
        "width": 120,
        "height": 40,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "bar", "clip": True}, "encoding": {"x": across, "y": down}},
            {"mark": "text", "encoding": {"x": across, "y": down, "text": {"field": "name"}}},
        ],
        **more,
    }


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_texts_stand_beside_the_drawing_and_not_in_it():
    picture = draw("bars", bars("Zoo"))
    assert (picture.name, picture.title, picture.subtitle) == ("bars", "Two lines of a title", "In levels")
    assert picture.description == "Bars of 1 and 2"
    assert "Zoo" in texts(picture.svg)
    assert not [text for text in texts(picture.svg) if "title" in text or "levels" in text]


def test_a_file_of_its_own_has_its_title_in_it_and_names_itself():
    svg = standing_alone(bars("Zoo", title={"text": ["Zoo & <Art>", "differ"], "subtitle": "In levels"}))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [(each.tag, each.text) for each in root][:2] == [
        (f"{SVG}title", "Zoo & <Art> differ"), (f"{SVG}desc", "Bars of 1 and 2"),
    ]  # fmt: skip
    assert {"Zoo & <Art>", "differ", "In levels"} <= set(root.itertext())
    bare = ElementTree.fromstring(standing_alone(bars("Zoo", title=None)))
    assert float(bare.get("width")) == pytest.approx(draw("bars", bars("Zoo")).width + 2 * (ROOM["left"] - 5), abs=1)


def test_the_png_has_two_pixels_for_each_of_the_svg():
    picture = draw("bars", bars("Zoo", "Art"))
    with Image.open(BytesIO(b64decode(picture.png))) as image:
        assert image.format == "PNG"
        assert image.size == (round(picture.width * 2), round(picture.height * 2))
    assert picture.width > 120 and picture.height > 40


def test_the_same_specification_gives_the_same_bytes_when_it_is_drawn_again(monkeypatch):
    first = draw("bars", bars("Zoo", "Art"))
    monkeypatch.setattr(pictures, "_kept", type(pictures._kept)())
    draw("other", bars("In between"))
    assert draw("bars", bars("Zoo", "Art")) == first


def test_a_drawing_is_made_once_and_only_the_last_are_kept(monkeypatch):
    made = []
    monkeypatch.setattr(pictures, "_kept", type(pictures._kept)())
    monkeypatch.setattr(pictures, "MOST_KEPT", 2)
    monkeypatch.setattr(pictures, "_draw", lambda words: made.append(words) or pictures.Drawing("<svg/>", "", 1, 1))
    for name in ("a", "b", "a", "c", "a", "b"):
        draw("bars", bars(name))
    assert len(made) == 4  # a, b, c, and b again: c took its place
    assert len(pictures._kept) == 2


@pytest.mark.parametrize(
    "name", ["\x00bell\x07", "<b>&amp;", "w" * 300, "🚀 שלום العربية", "\ud800 half", "\u202edlrow"]
)
def test_hostile_letters_leave_a_picture_that_can_be_read(name):
    picture = draw("bars", bars(name))
    assert b64decode(picture.png).startswith(b"\x89PNG")
    found = "".join(texts(picture.svg))
    assert not {"\x00", "\x07", "\u202e"} & set(found)
    assert "\N{REPLACEMENT CHARACTER}" in found or name.lstrip("\u202e") in found or "…" in found


def test_the_house_font_is_drawn_with_the_letters_of_the_wheel():
    folder = font_folder()
    assert folder and (folder / "SourceSansPro-Regular.ttf").exists()
    assert f'font-family="{FAMILY}' in draw("bars", bars("Zoo")).svg


def test_nothing_is_fetched():
    far = bars("Zoo", data={"url": "http://127.0.0.1:9/rows.json"})
    with pytest.raises(ValueError, match="External data url not allowed"):
        draw("far", far)
