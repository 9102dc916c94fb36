"""Pelvic drop from a pair of stickers whose tilt is known; pairs that are no stickers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.data import Channels, Clip, PoseSequence, Scene, Step, Trial
from formcheck.keypoints import N_KEYPOINTS, View
from formcheck.measures.pelvic_drop import pelvic_drop
from formcheck.measures.pelvic_drop_excursion import pelvic_drop_excursion
from formcheck.registry import MEASURES
from formcheck.surface.sticker_motion import sticker_motion
from formcheck.surface.sticker_probe import ALIKE, COLOUR, CONTRAST, DIAMETER, PLACES
from formcheck.surface.waveforms import pelvis_obliquity_waveform
from formcheck.uncertainty import MethodError, MethodErrors, evaluate_measure

FPS, STRIDE_S, CONTACT_S, APART_PX = 60.0, 0.72, 0.26, 30.0
LEFT_DEG, RIGHT_DEG, START_DEG = 7.0, 4.0, 1.0
TIME_S = np.arange(0, 7.0, 1 / FPS)


def running_steps(n=18):
    strike = 0.5 * STRIDE_S * np.arange(n + 2)
    return tuple(
        Step(
            side=("left", "right")[i % 2], strike_s=strike[i], toe_off_s=strike[i] + CONTACT_S,
            end_s=strike[i + 1], stride_end_s=strike[i + 2], strike_sd_s=0.0,
        )
        for i in range(n)
    )  # fmt: skip


def tilt_deg():
    """Level in flight, a bump in each stance: + = left side higher."""
    phase = (TIME_S - 0.5 * CONTACT_S) / STRIDE_S

    def bump(centre):
        u = (phase - centre + 0.5) % 1.0 - 0.5
        half = 0.25
        return np.where(np.abs(u) < half, np.cos(0.5 * np.pi * u / half) ** 2, 0.0)

    return LEFT_DEG * bump(0.0) - RIGHT_DEG * bump(0.5)


def trial(roll_deg=0.0, noise_px=0.0, view=View.REAR, **changes):
    """A runner with stickers; `changes` replace channels."""
    angle = np.radians(tilt_deg() + roll_deg)
    half = 0.5 * APART_PX * np.column_stack([np.cos(angle), np.sin(angle)])
    middle = np.array([200.0, 300.0]) + np.column_stack([np.zeros(TIME_S.size), 8 * np.sin(TIME_S)])
    rng = np.random.default_rng(2)
    places = np.hstack([middle - half, middle + half])
    places += noise_px * rng.standard_normal(places.shape)
    values = dict(zip(PLACES, places.T, strict=True))
    values |= {CONTRAST: np.full(TIME_S.size, 40.0), DIAMETER: np.full(TIME_S.size, 6.0)}
    values |= {ALIKE: np.zeros(TIME_S.size)} | {c: np.full(TIME_S.size, 50.0) for c in COLOUR}
    values |= changes
    pose = PoseSequence(
        time_s=TIME_S, xy_px=np.full((TIME_S.size, N_KEYPOINTS, 2), 100.0),
        confidence=np.ones((TIME_S.size, N_KEYPOINTS)),
        world_m=np.zeros((TIME_S.size, N_KEYPOINTS, 3)),
    )  # fmt: skip
    clip = Clip(path=Path("a.mp4"), sha256="", width_px=400, height_px=700, file_time_s=TIME_S)
    return Trial(
        clip=clip, scene=Scene(view=view, facing="away", surface="treadmill"), pose=pose, raw=pose,
        channels=Channels(time_s=TIME_S, values=values), steps=running_steps(),
    )  # fmt: skip


def unseen(share, seed=1):
    """Each place, NaN in a share of the frames."""
    lost = np.random.default_rng(seed).random(TIME_S.size) < share
    whole = trial().channels.values
    return {name: np.where(lost, np.nan, whole[name]) for name in PLACES}


def by_side(samples):
    return {
        side: float(np.nanmean(samples.values[[s == side for s in samples.sides]]))
        for side in ("left", "right")
    }


@pytest.mark.parametrize("roll_deg", [0.0, 3.0, -8.0])
def test_drop_and_its_rise_are_those_of_the_stickers(roll_deg):
    rolled = trial(roll_deg)
    drop, rise = pelvic_drop(rolled), pelvic_drop_excursion(rolled)
    assert drop.source == rise.source == "stickers"
    # the peak is averaged over a tenth of the stance
    assert by_side(drop) == pytest.approx({"left": LEFT_DEG, "right": RIGHT_DEG}, abs=0.35)
    truly = tilt_deg()[0]
    assert by_side(rise)["left"] == pytest.approx(LEFT_DEG - truly, abs=0.4)


def test_noise_of_a_fifth_of_a_pixel_averages_out():
    drop = by_side(pelvic_drop(trial(noise_px=0.2)))
    assert drop == pytest.approx({"left": LEFT_DEG, "right": RIGHT_DEG}, abs=0.5)


def test_a_few_frames_may_be_missing():
    drop = pelvic_drop(trial(**unseen(0.15)))
    assert drop.source == "stickers"
    assert by_side(drop) == pytest.approx({"left": LEFT_DEG, "right": RIGHT_DEG}, abs=0.4)


@pytest.mark.parametrize(
    "changes",
    [
        unseen(0.5),
        unseen(1.0),
        {ALIKE: np.full(TIME_S.size, 2.0)},  # a pattern of the cloth
        {DIAMETER: np.where(np.arange(TIME_S.size) % 2, 3.0, 9.0)},
        {COLOUR[0]: 50.0 + 45.0 * np.sign(np.sin(40 * TIME_S))},
        {PLACES[0]: 185.0 + 9.0 * np.sin(37 * TIME_S)},  # never twice as far apart
    ],
)
def test_what_is_no_pair_of_stickers_is_left_to_the_clothes(changes):
    assert sticker_motion(trial(**changes)) is None
    assert pelvis_obliquity_waveform(trial(**changes)).source == ""


def test_only_from_behind_and_only_with_the_channels():
    assert sticker_motion(trial(view=View.FRONT)) is None
    bare = trial()
    bare = replace(bare, channels=Channels(time_s=TIME_S, values={}))
    assert sticker_motion(bare) is None
    assert "sticker" in pelvic_drop_excursion(bare).reason


def test_values_from_stickers_carry_the_method_error_of_stickers():
    table = MethodErrors(
        entries=(
            MethodError(measure="pelvic_drop", bias=5.0, sd=3.0, source="seed"),
            MethodError(measure="pelvic_drop", read_from="stickers", sd=0.4, source="seed"),
        )
    )
    left, _ = evaluate_measure(MEASURES["pelvic_drop"], trial(), errors=table)
    assert left.source == "stickers"
    assert left.value == pytest.approx(LEFT_DEG, abs=0.4)
    assert left.sd_parts["method"] == 0.4
