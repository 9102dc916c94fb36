"""From channels with known movements behind them back to those movements."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.data import Channels, Clip, Given, PoseSequence, Scene, Step, Trial
from formcheck.fitted import load_fitted
from formcheck.keypoints import N_KEYPOINTS, View, index_of
from formcheck.settings import Settings
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.model import thigh_template
from formcheck.surface.series import stride_clock
from formcheck.surface.strip_probe import TORSO_NAME, drop_name, roll_name, shift_name
from formcheck.surface.waveforms import (
    pelvis_obliquity_waveform,
    pelvis_rotation_per_stride,
    shoulder_rotation_per_stride,
)

FPS, STRIDE_S, CONTACT_S = 60.0, 0.72, 0.26
TORSO_PX = 120.0
SETTINGS = SurfaceSettings()
FEATURES = load_fitted().strip_loadings.rear


def running_steps(n=20):
    strike = 0.5 * STRIDE_S * np.arange(n + 2)
    return tuple(
        Step(
            side=("left", "right")[i % 2], strike_s=strike[i], toe_off_s=strike[i] + CONTACT_S,
            end_s=strike[i + 1], stride_end_s=strike[i + 2], strike_sd_s=0.0,
        )
        for i in range(n)
    )  # fmt: skip


def movements(phase, left=6.0, right=3.0, pelvis=12.0, thorax=24.0):
    """Drivers over the phase of the stride, shape (T, 7): bumps per stance, sines for the turns."""

    def bump(centre):
        u = (phase - centre + 0.5) % 1.0 - 0.5
        return np.where(np.abs(u) < 0.3, np.cos(np.pi * u / 0.6) ** 2, 0.0)

    out = np.zeros((phase.size, 7))
    out[:, 0] = left * bump(0.0) - right * bump(0.5)
    out[:, 1] = 0.5 * pelvis * np.sin(2 * np.pi * phase + 0.8)
    out[:, 2] = -0.5 * thorax * np.sin(2 * np.pi * phase + 0.2)
    out[:, 3] = -2.0 * np.cos(2 * np.pi * phase)
    out[:, 4] = thigh_template(phase, SETTINGS)
    out[:, 6] = 2.0 * np.cos(2 * np.pi * phase)
    return out


def trial(view=View.REAR, drivers=None, noise=0.0, drift=0.0, lost=None, hidden=(), **keywords):
    """A trial whose channels and landmarks answer to the drivers as the model says."""
    t = np.arange(0, 7.0, 1 / FPS)
    steps = running_steps()
    clock = stride_clock(steps)
    assert clock is not None
    phase = (t - clock.anchor_s[0]) / STRIDE_S
    drivers = movements(phase) if drivers is None else drivers(t)
    sign = -1 if view == View.FRONT else 1
    rng = np.random.default_rng(5)
    values = {TORSO_NAME: np.full(t.size, TORSO_PX)}
    xy = np.full((t.size, N_KEYPOINTS, 2), 100.0)
    world = np.zeros((t.size, N_KEYPOINTS, 3))
    left, right = index_of("left", "shoulder"), index_of("right", "shoulder")
    for feature in FEATURES:
        seen = drivers @ np.array(feature.loadings) + drift * t
        step = sign * (np.diff(seen, prepend=np.nan) + noise * rng.standard_normal(t.size))
        if lost is not None:
            step[lost] = np.nan
        if feature.kind == "roll":
            values[roll_name(feature.strip)] = step
        elif feature.kind == "shift":
            values[shift_name(feature.strip)] = step
        elif feature.kind == "shoulder_x":
            xy[:, [left, right], 0] = (200 + sign * seen * TORSO_PX / 100)[:, None]
        elif feature.kind == "shoulder_tilt":
            half = 20 * np.array([np.cos(np.radians(seen)), np.sin(np.radians(seen))]).T
            half[:, 0] *= sign
            xy[:, right], xy[:, left] = xy[:, right] + half, xy[:, left] - half
        else:
            yaw = np.radians(seen)
            line = sign * np.column_stack([-np.cos(yaw), 0 * yaw, -np.sin(yaw)]) * 0.17
            world[:, left], world[:, right] = line, -line
    bounce_px = 6.0 * np.cos(4 * np.pi * phase)
    xy[:, :, 1] += bounce_px[:, None]
    for i in range(SETTINGS.n_strips):
        share = 0.1 if i in hidden else 1.0
        values[drop_name(i)] = share * 100 * np.diff(bounce_px, prepend=np.nan) / TORSO_PX
    pose = PoseSequence(
        time_s=t, xy_px=xy, confidence=np.ones((t.size, N_KEYPOINTS)), world_m=world
    )
    clip = Clip(path=Path("a.mp4"), sha256="", width_px=400, height_px=700, file_time_s=t)
    scene = Scene(view=view, facing="away" if sign > 0 else "toward", surface="treadmill")
    return Trial(
        clip=clip, scene=scene, pose=pose, raw=pose,
        channels=Channels(time_s=t, values=values), steps=keywords.pop("steps", steps), **keywords,
    )  # fmt: skip


@pytest.mark.parametrize("drift", [0.0, 4.0])
def test_drop_of_each_side(drift):
    waves = pelvis_obliquity_waveform(trial(drift=drift))
    assert waves.reason == ""
    assert set(waves.sides) == {"left", "right"}
    peaks = waves.peaks_deg()
    left = np.array([s == "left" for s in waves.sides])
    # the peak is averaged over a tenth of the stance and the priors shrink: below the true 6, 3
    assert np.nanmean(peaks[left]) == pytest.approx(6.0, abs=0.6)
    assert np.nanmean(peaks[~left]) == pytest.approx(3.0, abs=0.5)
    rise = (peaks - waves.starts_deg())[left]
    assert np.nanmean(rise) > 1.5
    assert waves.reliability > 0.9


def test_peak_is_found_in_mid_stance():
    waves = pelvis_obliquity_waveform(trial())
    assert waves.peak_phase("left") == pytest.approx(0.5, abs=0.05)
    middle = waves.start_s + 0.5 * CONTACT_S
    assert np.abs(waves.peak_times_s() - middle).max() < 0.02


def test_shoulders_turn():
    waves = shoulder_rotation_per_stride(trial())
    assert waves.reason == ""
    assert np.nanmean(waves.ranges_deg()) == pytest.approx(24.0, rel=0.06)
    # turned to the right (negative) early in left stance
    assert waves.mean_curve("both")[8] < 0


def test_pelvis_yaw_is_refused_unless_asked_for():
    assert "cannot be read" in pelvis_rotation_per_stride(trial()).reason
    asked = SETTINGS.model_copy(update={"report_pelvis_yaw": True, "pelvis_yaw_prior_deg": 60.0})
    waves = pelvis_rotation_per_stride(trial(given=Given(settings=Settings(surface=asked))))
    assert np.nanmean(waves.ranges_deg()) == pytest.approx(12.0, rel=0.15)


def test_noise_lowers_reliability_and_then_refuses():
    quiet = pelvis_obliquity_waveform(trial(noise=0.05))
    loud = pelvis_obliquity_waveform(trial(noise=3.0))
    assert quiet.reliability > 0.8
    assert loud.reliability < 0.4
    assert "clothes" in loud.reason
    assert len(loud.sides) == 0


def test_a_lost_stretch_costs_its_steps_only():
    t = np.arange(0, 7.0, 1 / FPS)
    waves = pelvis_obliquity_waveform(trial(lost=(t > 3.0) & (t < 3.5)))
    whole = np.isfinite(waves.curves_deg).all(axis=1)
    gone = (waves.start_s < 3.4) & (waves.end_s > 3.1)
    assert not whole[gone].any()
    assert whole.sum() >= 10


def test_reasons_where_nothing_can_be_said():
    assert "strides" in pelvis_obliquity_waveform(trial(steps=running_steps(4))).reason
    assert "strides" in pelvis_obliquity_waveform(trial(steps=())).reason
    side = trial().channels
    other = trial()
    bare = Trial(
        clip=other.clip, scene=other.scene, pose=other.pose, raw=other.raw,
        channels=Channels(time_s=side.time_s), steps=other.steps,
    )  # fmt: skip
    assert pelvis_obliquity_waveform(bare).reason != ""


@pytest.mark.parametrize(("facing", "sign"), [("right", 1), ("left", -1)])
def test_side_view_reads_how_the_shoulders_come_apart(facing, sign):
    base = trial()
    t = base.raw.time_s
    yaw = np.radians(10 * np.sin(2 * np.pi * t / STRIDE_S))  # + = turned left
    torso_px = 200.0
    half_px = 0.5 * load_fitted().corrections.shoulder_width.value * torso_px
    # a turn to the left takes the left shoulder back and brings the right one forward
    ahead = -sign * half_px * np.sin(yaw)
    xy = np.zeros((t.size, N_KEYPOINTS, 2))
    for side, way in (("left", 1), ("right", -1)):
        xy[:, index_of(side, "shoulder"), 0] = 300 + way * ahead
        xy[:, index_of(side, "shoulder"), 1] = 100
        xy[:, index_of(side, "hip")] = (300, 100 + torso_px)
    raw = base.raw.with_("test", xy_px=xy)
    scene = Scene(view=View.SIDE, facing=facing, surface="treadmill")
    side = Trial(
        clip=base.clip, scene=scene, pose=raw, raw=raw, channels=base.channels, steps=base.steps
    )
    waves = shoulder_rotation_per_stride(side)
    assert np.nanmean(waves.ranges_deg()) == pytest.approx(20.0, rel=0.03)
    assert waves.mean_curve("both")[10] == pytest.approx(10.0, abs=0.5)  # a quarter of the stride
    assert pelvis_obliquity_waveform(side).reason != ""


@pytest.mark.parametrize("near", ["left", "right"])
def test_side_view_asks_the_near_shoulder_too(near):
    base = trial()
    t = base.raw.time_s
    yaw = np.radians(12 * np.sin(2 * np.pi * t / STRIDE_S))
    torso_px, facing = 200.0, near  # a runner who goes to the left shows his left side
    sign = 1 if facing == "right" else -1
    reach = SETTINGS.near_shoulder_share * load_fitted().corrections.shoulder_width.value * torso_px
    xy = np.zeros((t.size, N_KEYPOINTS, 2))
    for side, way in (("left", 1), ("right", -1)):
        # the far shoulder is made up: it stays where the hips are
        out = -sign * way * reach * np.sin(yaw) if side == near else 0.0
        xy[:, index_of(side, "shoulder"), 0] = 300 + out
        xy[:, index_of(side, "shoulder"), 1] = 100
        xy[:, index_of(side, "ear")] = (300, 60)
        xy[:, index_of(side, "hip")] = (300, 100 + torso_px)
    raw = base.raw.with_("test", xy_px=xy)
    scene = Scene(view=View.SIDE, facing=facing, surface="treadmill", near_side=near)
    side = Trial(
        clip=base.clip, scene=scene, pose=raw, raw=raw, channels=base.channels, steps=base.steps
    )
    # 24 degrees by the near shoulder, 24 times its share by the distance of both
    both = 12 * (1 + SETTINGS.near_shoulder_share)
    waves = shoulder_rotation_per_stride(side)
    assert np.nanmean(waves.ranges_deg()) == pytest.approx(both, rel=0.04)
    assert waves.mean_curve("both")[10] > 5


def test_running_is_read_from_behind_only():
    assert "behind" in pelvis_obliquity_waveform(trial(View.FRONT)).reason
    assert "behind" in shoulder_rotation_per_stride(trial(View.FRONT)).reason


def test_strips_behind_a_console_are_left_out():
    seen = pelvis_obliquity_waveform(trial(hidden=(6, 7)))
    assert seen.reason == ""
    gone = pelvis_obliquity_waveform(trial(hidden=range(1, 9)))
    assert "followed" in gone.reason
