"""Contacts of known length and place, read off the rise and fall of a body on known forces."""

import numpy as np
import pytest

from formcheck.data import Channels, PoseSequence
from formcheck.events.force import force_shape, force_waves, wave_table
from formcheck.events.pulse import read_pulses, stride_phase
from formcheck.events.rhythm import Chain, Rhythm
from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.settings.contact import PulseSettings
from formcheck.settings.force import ForceSettings
from formcheck.surface.head_probe import HEAD_DROP, HEAD_POINTS
from formcheck.surface.strip_probe import TORSO_NAME, drop_name, points_name

STEP_S, TORSO_PX, G_MPS2, M_PER_PX = 0.36, 120.0, 9.81, 0.004
SETTINGS = PulseSettings()
FORCE = ForceSettings()
HALF_SINE = ForceSettings(roundness=0.0, impact=0.0)


def height_m(time_s, contact_s, middle_s, force=FORCE):
    """Return the height of a body that bounces on such forces, by integrating them finely."""
    fine = np.arange(0.0, STEP_S, 1e-5)
    u = (fine - middle_s + 0.5 * STEP_S) % STEP_S - 0.5 * STEP_S
    share = u / contact_s + 0.5
    pushed = np.where((share > 0) & (share < 1), force_shape(share, force), 0.0)
    rise = G_MPS2 * (pushed / pushed.mean() - 1.0)
    speed = np.cumsum(rise) * 1e-5
    height = np.cumsum(speed - speed.mean()) * 1e-5
    return np.interp(time_s % STEP_S, fine, height - height.mean(), period=STEP_S)


def rhythm_of(duration_s, first_s=0.1):
    refs = np.arange(first_s, duration_s, STEP_S)
    sides = tuple("left" if k % 2 == 0 else "right" for k in range(refs.size))
    chain = Chain(refs_s=refs, sides=sides, side_margin=1.0)
    return Rhythm(
        step_hz=1 / STEP_S, explained=1.0, bounce_phase_deg=0.0, bounce=0.1, chains=(chain,)
    )


def standing(time_s):
    xy = np.full((time_s.size, N_KEYPOINTS, 2), 50.0)
    for side in ("left", "right"):
        xy[:, index_of(side, "hip"), 1] = 50.0 + TORSO_PX
    return PoseSequence(
        time_s=time_s,
        xy_px=xy,
        confidence=np.ones((time_s.size, N_KEYPOINTS)),
        world_m=np.zeros((time_s.size, N_KEYPOINTS, 3)),
    )


def pulses(
    contact_s, middle_lag_s=0.09, *, fps=60.0, noise_px=0.0, lost=0.0, seconds=5.0, force=FORCE
):
    """Return what is read off a head that moves as one with the body."""
    rng = np.random.default_rng(1)
    time_s = np.arange(0.0, seconds, 1 / fps)
    rhythm = rhythm_of(seconds)
    middle_s = rhythm.chains[0].refs_s[0] + middle_lag_s
    up_px = height_m(time_s, contact_s, middle_s, force) / M_PER_PX + 8.0 * time_s
    drop = -np.diff(up_px, prepend=np.nan) + noise_px * rng.standard_normal(time_s.size)
    drop[rng.random(time_s.size) < lost] = np.nan
    wild = rng.random(time_s.size) < 0.5 * lost
    drop[wild] += 40.0
    values = {HEAD_DROP: drop, HEAD_POINTS: np.full(time_s.size, 20.0)}
    channels = Channels(time_s=time_s, values=values)
    return read_pulses(standing(time_s), channels, rhythm, SETTINGS, force)


@pytest.mark.parametrize("force", [FORCE, HALF_SINE], ids=["two bells", "half a sine"])
@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("contact_s", [0.20, 0.25, 0.30, 0.34])
def test_contact_and_middle_come_back_at_every_frame_rate(contact_s, fps, force):
    found = pulses(contact_s, fps=fps, force=force)["head"]
    assert found.contact_s == pytest.approx(contact_s, abs=0.0015)
    assert found.middle_s == pytest.approx(0.09, abs=0.0015)


def test_noise_gaps_and_wild_frames_cost_little_and_are_owned_up_to():
    found = pulses(0.27, noise_px=0.25, lost=0.1)["head"]
    assert found.contact_s == pytest.approx(0.27, abs=0.012)
    assert found.middle_s == pytest.approx(0.09, abs=0.003)
    assert 0.001 < found.contact_sd_s < 0.02
    assert found.middle_sd_s < 0.003


def test_less_is_known_of_a_noisier_clip():
    calm, noisy = (pulses(0.27, noise_px=n)["head"].contact_sd_s for n in (0.1, 0.4))
    assert noisy > 2 * calm


def test_the_size_of_the_picture_does_not_matter():
    time_s = np.arange(0.0, 4.0, 1 / 60)
    rhythm = rhythm_of(4.0)
    up = height_m(time_s, 0.26, 0.19)
    lengths = []
    for px_per_m in (100.0, 900.0):
        drop = -np.diff(px_per_m * up, prepend=np.nan)
        values = {HEAD_DROP: drop, HEAD_POINTS: np.ones(time_s.size)}
        channels = Channels(time_s=time_s, values=values)
        lengths.append(
            read_pulses(standing(time_s), channels, rhythm, SETTINGS, FORCE)["head"].contact_s
        )
    assert lengths[0] == pytest.approx(lengths[1], abs=1e-6)


def test_strips_that_differ_make_the_back_less_sure():
    time_s = np.arange(0.0, 5.0, 1 / 60)
    rhythm = rhythm_of(5.0)
    channels = {TORSO_NAME: np.full(time_s.size, TORSO_PX)}
    sds = []
    for spread_s in (0.0, 0.03):
        for k, strip in enumerate(SETTINGS.back_strips):
            contact = 0.26 + spread_s * (k / 5 - 0.5)
            drop = -np.diff(height_m(time_s, contact, 0.19), prepend=np.nan) / M_PER_PX
            channels[drop_name(strip)] = 100 * drop / TORSO_PX
            channels[points_name(strip)] = np.full(time_s.size, 20.0)
        back = read_pulses(
            standing(time_s), Channels(time_s=time_s, values=channels), rhythm, SETTINGS, FORCE
        )["back"]
        assert back.contact_s == pytest.approx(0.26, abs=0.004)
        sds.append(back.contact_sd_s)
    assert sds[0] < 0.002
    assert sds[1] > 0.006


def test_nothing_seen_says_nothing():
    time_s = np.arange(0.0, 4.0, 1 / 60)
    still = {HEAD_DROP: np.zeros(time_s.size), HEAD_POINTS: np.ones(time_s.size)}
    unseen = {HEAD_DROP: np.full(time_s.size, np.nan), HEAD_POINTS: np.zeros(time_s.size)}
    for values in (still, unseen, {}):
        channels = Channels(time_s=time_s, values=values)
        assert read_pulses(standing(time_s), channels, rhythm_of(4.0), SETTINGS, FORCE) == {}
    assert read_pulses(standing(time_s), None, rhythm_of(4.0), SETTINGS, FORCE) == {}


def test_waves_of_a_half_sine():
    """Wave k is ``2 cos(pi k d) / (1 - 4 k^2 d^2)``."""
    duty = np.array([0.4, 0.6, 0.75, 0.95])
    for k, found in enumerate(force_waves(duty, HALF_SINE), start=1):
        expected = 2 * np.cos(np.pi * k * duty) / (1 - (2 * k * duty) ** 2)
        assert found == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("force", [FORCE, HALF_SINE])
def test_a_longer_contact_has_less_of_the_second_wave(force):
    _, shape, _ = wave_table(*SETTINGS.duty, 50, force)
    assert (np.diff(shape) < 0).all()


def test_measured_forces_have_their_centre_before_the_middle_of_the_contact():
    share = np.linspace(0, 1, 10_001)
    shape = force_shape(share, FORCE)
    assert np.mean(shape) == pytest.approx(1.0, abs=1e-3)
    assert shape[[0, -1]] == pytest.approx([0.0, 0.0], abs=1e-6)
    centre = np.sum(share * shape) / np.sum(shape)
    assert 0.45 < centre < 0.48
    _, _, early = wave_table(*SETTINGS.duty, 50, FORCE)
    assert (early > 0.01).all()
    _, _, none = wave_table(*SETTINGS.duty, 50, HALF_SINE)
    assert np.abs(none).max() < 1e-9


def test_phase_counts_strides_from_a_left_reference():
    rhythm = rhythm_of(3.0)
    phase = stride_phase(np.array([0.0, 0.1, 0.1 + STEP_S, 0.1 + 2 * STEP_S]), rhythm)
    assert np.isnan(phase[0])
    assert phase[1:] == pytest.approx([0.0, 0.5, 1.0])
