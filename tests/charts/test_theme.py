"""The tokens' promises: text reads, levels and phases stay apart for every kind of colour vision.

Simulation: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. Distance: CIE76 in CIELAB (D65).
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from maturity.charts.theme import (
    TOKENS,
    configuration,
    contrast,
    maturity_ramp,
    mix,
    phase_colour,
    phase_rest,
    phase_tint,
    text_on,
)

VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
MODES = list(TOKENS)


def linear(colour):
    v = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def lab(colour, vision="normal"):
    xyz = TO_XYZ @ np.clip(VISION[vision] @ linear(colour), 0, 1) / np.array([0.9505, 1, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(first, second, vision):
    return float(np.linalg.norm(lab(first, vision) - lab(second, vision)))


def test_contrast_of_black_and_white_is_21_and_of_a_colour_with_itself_1():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#12436D", "#12436D") == 1


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("token", ["ink", "ink_soft", "ink_faint", "accent", "good", "warn", "bad", "target"])
def test_text_tokens_read_on_the_background(mode, token):
    assert contrast(getattr(TOKENS[mode], token), TOKENS[mode].background) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_marks_and_edges_stand_out_from_the_background(mode):
    p = TOKENS[mode]
    for token in ("accent", "target", "good", "warn", "bad", "ghost", "ink_soft", "ink"):
        assert contrast(getattr(p, token), p.background) >= 3, token
    assert all(contrast(phase, p.background) >= 3 for phase in p.phase)


@pytest.mark.parametrize("token", ["ink", "ink_soft", "ink_faint", "accent", "good", "warn", "bad", "target"])
def test_text_in_print_has_more_than_the_contrast_of_light(token):
    """7:1 is what WCAG calls enhanced; a poor printer takes some of it."""
    assert contrast(getattr(TOKENS["print"], token), "#FFFFFF") >= 7


def test_phases_in_print_stay_apart_in_grey():
    grey = sorted(lab(phase)[0] for phase in TOKENS["print"].phase)
    assert min(b - a for a, b in pairwise(grey)) >= 9


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", VISION)
def test_now_target_and_what_is_overdue_stay_apart(mode, vision):
    """Score and target, and the two lines that moved most, lie side by side."""
    p = TOKENS[mode]
    assert distance(p.accent, p.target, vision) >= 21.5
    assert distance(p.accent, p.bad, vision) >= 21.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_phase_names_read_on_their_tint_and_plain_text_on_it_too(mode, phase):
    tint = phase_tint(mode, phase)
    assert contrast(phase_colour(mode, phase), tint) >= 4.5
    assert contrast(TOKENS[mode].ink, tint) >= 4.5
    assert contrast(text_on(phase_rest(mode, phase)), phase_rest(mode, phase)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", VISION)
def test_neighbouring_levels_stay_apart(mode, vision):
    assert min(distance(a, b, vision) for a, b in pairwise(TOKENS[mode].maturity)) >= 15.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", VISION)
def test_phases_stay_apart(mode, vision):
    assert min(distance(a, b, vision) for a, b in combinations(TOKENS[mode].phase, 2)) >= 21.5


def test_levels_grow_darker_in_light_mode_and_brighter_in_dark_mode():
    for mode, sign in (("light", -1), ("dark", 1), ("print", -1), ("projector", -1)):
        lightness = [lab(colour)[0] for colour in TOKENS[mode].maturity]
        assert all(sign * (b - a) > 0 for a, b in pairwise(lightness))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 10])
def test_every_scale_length_has_its_own_readable_colours(mode, count):
    ramp = maturity_ramp(mode, count)
    assert len(set(ramp)) == count
    assert ramp[0] == TOKENS[mode].maturity[0] and ramp[-1] == TOKENS[mode].maturity[-1]
    assert all(contrast(text_on(fill), fill) >= 4.5 for fill in ramp)


def test_mix_goes_from_the_first_to_the_second():
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mix("#000000", "#FF8000", 0.5) == "#804000"


def test_configuration_hides_marks_from_assistive_technology_and_names_the_background():
    config = configuration("dark")
    assert config["background"] == TOKENS["dark"].background
    assert config["mark"]["aria"] is False and config["axis"]["aria"] is False
