"""Files of measured motion become the same takes, whatever their format."""

import struct

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sample_videos.render.measured import bvh, c3d, clusters, opensim
from sample_videos.render.measured.stances import levelled, with_spans
from sample_videos.render.measured.take import SEGMENTS, Span, Take, joined
from sample_videos.render.measured.upper import with_upper_body
from sample_videos.render.rotations import about_z

ANGLES = [
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz",
    *(f"{x}_{s}" for s in "rl" for x in (
        "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle",
        "arm_flex", "arm_add", "arm_rot", "elbow_flex")),
    "lumbar_extension", "lumbar_bending", "lumbar_rotation",
]  # fmt: skip


def write_mot(path, wanted, *, degrees):
    """Write 40 frames of someone who stands but for the wanted angles, in degrees."""
    unit = 1.0 if degrees else np.pi / 180
    rows = []
    for i in range(40):
        values = {name: wanted.get(name, 0.0) * unit for name in ANGLES}
        values |= {"pelvis_tx": 0.0, "pelvis_ty": 0.95, "pelvis_tz": 0.0}
        rows.append(" ".join(f"{x:.8f}" for x in [i / 100, *(values[n] for n in ANGLES)]))
    head = f"Coordinates\ninDegrees={'yes' if degrees else 'no'}\nendheader\n"
    path.write_text(head + "time " + " ".join(ANGLES) + "\n" + "\n".join(rows), encoding="utf-8")


def knee_deg(take, side):
    thigh, shank = (take.turns[k + side][0][:, 2] for k in ("thigh", "shank"))
    return np.degrees(np.arccos(np.clip(thigh @ shank, -1, 1)))


def test_degrees_and_radians_give_the_same_take(tmp_path):
    wanted = {"hip_flexion_r": 30.0, "knee_angle_r": -50.0, "pelvis_rotation": 8.0}
    takes = []
    for degrees in (True, False):
        write_mot(tmp_path / "a.mot", wanted, degrees=degrees)
        takes.append(opensim.read_take(tmp_path / "a.mot", knee_sign=-1.0))
    for k in SEGMENTS:
        assert takes[0].turns[k] == pytest.approx(takes[1].turns[k], abs=1e-6)


def test_an_opensim_knee_bends_by_its_angle_and_the_shank_goes_back(tmp_path):
    write_mot(tmp_path / "a.mot", {"knee_angle_r": -50.0, "knee_angle_l": -20.0}, degrees=True)
    take = opensim.read_take(tmp_path / "a.mot", knee_sign=-1.0)
    assert knee_deg(take, "R") == pytest.approx(50.0, abs=0.01)
    assert knee_deg(take, "L") == pytest.approx(20.0, abs=0.01)
    down = -take.turns["shankR"][0][:, 2]
    assert down[0] < -0.5  # X is forward


def test_an_opensim_pelvis_that_turns_left_turns_left(tmp_path):
    write_mot(tmp_path / "a.mot", {"pelvis_rotation": 10.0}, degrees=True)
    take = opensim.read_take(tmp_path / "a.mot", knee_sign=-1.0)
    assert take.turns["pelvis"][0] == pytest.approx(about_z(np.radians(10)), abs=1e-9)


BVH = """HIERARCHY
ROOT hip
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Yrotation Xrotation
  JOINT knee
  {
    OFFSET 0 -40 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 -45 0
    }
  }
}
MOTION
Frames: 2
Frame Time: 0.01
0 90 0 0 0 0 0 0 0
0 90 5 0 0 0 0 60 0
"""


def test_a_bvh_chain_hangs_and_bends(tmp_path):
    path = tmp_path / "a.bvh"
    path.write_text(BVH, encoding="utf-8")
    joints, rows, step_s = bvh.read_bvh(path)
    at, _ = bvh.placed(joints, rows)
    assert [j.name for j in joints] == ["hip", "knee", "knee_end"]
    assert step_s == 0.01
    assert at[0, 2] == pytest.approx([0, 5, 0])
    # turned about x by 60 degrees: the shank goes back, away from z
    assert at[1, 2] == pytest.approx([0, 50 - 45 * 0.5, 5 - 45 * np.sqrt(3) / 2])


def write_c3d(path, names, places_mm):
    """Write markers (N, K, 3) as little-endian floats."""
    n, k = places_mm.shape[:2]
    head = struct.pack("<BBHHHHHfHHf", 2, 0x50, k, 0, 1, n, 10, -1.0, 4, 0, 200.0)
    labels = b"".join(x.ljust(8).encode() for x in names)
    group = struct.pack("<bb", 5, -1) + b"POINT" + struct.pack("<H", 3) + b"\0"
    body = struct.pack("<bBBB", -1, 2, 8, k) + labels + b"\0"
    label = struct.pack("<bb", 6, 1) + b"LABELS" + struct.pack("<H", len(body) + 2) + body
    parameters = struct.pack("<BBBB", 1, 0x50, 2, 84) + group + label + b"\0\0"
    rows = np.concatenate([places_mm, np.zeros((n, k, 1))], 2).astype("<f4")
    path.write_bytes(head.ljust(512, b"\0") + parameters.ljust(1024, b"\0") + rows.tobytes())


def test_c3d_markers_come_back_in_metres(tmp_path):
    places = np.random.default_rng(1).normal(0, 500, (5, 3, 3))
    write_c3d(tmp_path / "a.c3d", ["one", "two", "three"], places)
    markers = c3d.read_markers(tmp_path / "a.c3d")
    assert markers.rate_hz == 200
    assert markers.at_m["two"] == pytest.approx(places[:, 1] / 1000, abs=1e-6)


def test_another_kind_of_c3d_is_refused(tmp_path):
    places = np.zeros((2, 1, 3))
    write_c3d(tmp_path / "a.c3d", ["one"], places)
    raw = bytearray((tmp_path / "a.c3d").read_bytes())
    raw[515] = 86  # a big-endian machine
    (tmp_path / "a.c3d").write_bytes(raw)
    with pytest.raises(ValueError, match="not a C3D"):
        c3d.read_markers(tmp_path / "a.c3d")


def test_a_cluster_gives_its_turn_and_a_lost_marker_is_bridged():
    rest = np.array([[0.0, 0, 0], [0.1, 0, 0], [0, 0.1, 0], [0, 0, 0.08]])
    wanted = np.stack([about_z(0.05 * i) for i in range(9)])
    now = np.einsum("nij,kj->nki", wanted, rest) + np.array([1.0, 2.0, 3.0])
    now[4, 3] += 0.3
    turn, centre = clusters.rigid(rest, now)
    assert turn == pytest.approx(wanted, abs=1e-6)
    assert centre[3] == pytest.approx(wanted[3] @ rest.mean(0) + [1, 2, 3])


def stepping(n=400, rate_hz=200.0, pace_mps=1.5):
    """Make somebody whose feet alternately stand for 0.5 s and go up 10 cm and on for 0.5 s."""
    t = np.arange(n) / rate_hz
    soles = {}
    for side, late_s in (("L", 0.0), ("R", 0.5)):
        u = (t - late_s) % 1.0
        swing = np.clip((u - 0.5) / 0.5, 0, 1)
        x = np.floor(t - late_s) + swing
        z = 0.10 * np.sin(np.pi * swing)
        point = np.stack([pace_mps * x, np.zeros(n), z], 1)
        soles[side] = np.stack([point, point + np.array([0.2, 0, 0])], 1)
    turns = {k: np.tile(np.eye(3), (n, 1, 1)) for k in SEGMENTS}
    midhip = np.stack([pace_mps * t, np.zeros(n), np.full(n, 0.9)], 1)
    return Take(t_s=t, midhip=midhip, turns=turns, soles=soles, leg_m=0.85, speed_mps=pace_mps)


def test_stances_are_found_where_the_feet_stand():
    spans = with_spans(levelled(stepping())).spans
    right = next(x for x in spans if x.side == "R" and x.ic_s > 0.3)
    # low over the floor as it is just before, it glides: it does not stand yet
    assert right.ic_s == pytest.approx(0.50, abs=0.012)
    assert right.to_s == pytest.approx(1.00, abs=0.012)


def test_a_foot_measured_toes_up_is_laid_flat():
    take = stepping()
    up = Rotation.from_rotvec([0, -0.2, 0]).as_matrix()
    tilted = {k: m @ up if k == "footL" else m for k, m in take.turns.items()}
    flat = levelled(Take(take.t_s, take.midhip, tilted, take.soles, take.leg_m))
    assert flat.turns["footL"] == pytest.approx(take.turns["footL"], abs=1e-9)


def test_mirroring_twice_changes_nothing_and_once_exchanges_the_sides():
    take = with_spans(levelled(stepping()))
    once = take.mirrored()
    assert [x.side for x in once.spans] == [{"L": "R", "R": "L"}[x.side] for x in take.spans]
    assert once.mirrored().midhip == pytest.approx(take.midhip)


def test_strides_in_a_row_run_on_without_a_jump():
    take = with_spans(levelled(stepping()))
    turned = take.turns["pelvis"] @ about_z(0.3)
    other = Take(take.t_s, take.midhip + np.array([0, 0, 0.02]), take.turns | {"pelvis": turned},
                 take.soles, take.leg_m, take.spans, take.speed_mps)  # fmt: skip
    row = joined([take.cut(0.0, 1.0), other.cut(0.0, 1.0)])
    assert len(row.t_s) == 401
    assert np.abs(np.diff(row.midhip[:, 2])).max() < 0.002
    steps = Rotation.from_matrix(
        row.turns["pelvis"][1:] @ np.swapaxes(row.turns["pelvis"][:-1], 1, 2)
    )
    assert np.degrees(steps.magnitude()).max() < 1.5
    assert row.midhip[-1, 2] == pytest.approx(0.92)


def test_a_lent_upper_body_keeps_step():
    take = with_spans(levelled(stepping(1200)))
    spans = tuple(Span("LR"[k % 2], 0.1 + 0.4 * k, 0.4 + 0.4 * k) for k in range(12))
    t = np.arange(1000) / 200
    # the donor's trunk turns once from left to right per stride of 0.8 s
    turns = {k: np.tile(np.eye(3), (1000, 1, 1)) for k in SEGMENTS}
    turns["thorax"] = np.stack([about_z(0.2 * np.sin(2 * np.pi * (x - 0.1) / 0.8)) for x in t])
    donor = Take(t, np.zeros((1000, 3)), turns, {}, 0.85, spans, 2.0)
    lent = with_upper_body(take, donor)
    lefts = [x.ic_s for x in take.spans if x.side == "L" and 0.5 < x.ic_s < 5]
    yaw = np.arctan2(lent.turns["thorax"][:, 1, 0], lent.turns["thorax"][:, 0, 0])
    for ic in lefts:
        assert np.interp(ic, take.t_s, yaw) == pytest.approx(0.0, abs=0.02)
        assert np.interp(ic + 0.25, take.t_s, yaw) == pytest.approx(0.2, abs=0.03)
