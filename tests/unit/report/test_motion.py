import sys

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.keypoints import INDEX, NAMES
from formcheck.report.c3d import write_c3d
from formcheck.report.mot import write_mot
from formcheck.report.motion import motion_of
from formcheck.report.trc import write_trc
from tests.synthetic import SIGN, running_pose, squat_pose, trial_of
from tests.unit.report.builders import report_data


def data_of(tmp_path, **kw):
    pose, truth = running_pose(duration_s=2.0, **kw)
    return report_data(tmp_path, trial=trial_of(pose, truth)), truth


def read_trc(path):
    lines = path.read_text().splitlines()
    names = [n for n in lines[3].split("\t")[2:] if n]
    body = [line.split("\t") for line in lines[6:]]
    table = np.array([[float(c) if c else np.nan for c in row] for row in body])
    return lines, names, table


@pytest.mark.parametrize(
    ("view", "facing"), [("side", "right"), ("side", "left"), ("rear", ""), ("front", "")]
)
def test_markers_are_forward_up_right_in_metres_whatever_the_view(view, facing):
    kw = {"view": view} | ({"facing": facing} if facing else {})
    pose, truth = running_pose(duration_s=1.0, **kw)
    motion = motion_of(trial_of(pose, truth))
    hip = 0.5 * (truth.joints_m["left_hip"] + truth.joints_m["right_hip"])
    knee = truth.joints_m["right_knee"] - hip  # X forward, Y left, Z up
    want = np.stack([knee[:, 0], knee[:, 2], SIGN["right"] * knee[:, 1] * SIGN["right"] * -1], 1)
    got = motion.xyz_m[:, INDEX["right_knee"]]
    middle = 0.5 * (motion.xyz_m[:, INDEX["left_hip"]] + motion.xyz_m[:, INDEX["right_hip"]])
    assert got - middle == pytest.approx(want, abs=0.01)
    assert motion.metric


def test_trc_has_the_header_that_opensim_reads_and_millimetres(tmp_path):
    data, _ = data_of(tmp_path, view="side", facing="right")
    (path,) = write_trc(data, tmp_path)
    lines, names, table = read_trc(path)
    assert lines[0].split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    heads = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    n = data.trial.pose.time_s.size
    assert (heads["NumFrames"], heads["NumMarkers"], heads["Units"]) == (str(n), "33", "mm")
    assert float(heads["DataRate"]) == pytest.approx(60.0, rel=0.02)
    assert names == list(NAMES)
    assert lines[4].split("\t")[2:5] == ["X1", "Y1", "Z1"]
    assert table.shape == (n, 2 + 3 * 33)
    assert table[:, 1] == pytest.approx(
        data.trial.pose.time_s - data.trial.pose.time_s[0], abs=0.02
    )
    assert table[:, 2:] == pytest.approx(
        1000 * motion_of(data.trial).xyz_m.reshape(n, -1), abs=0.01
    )


def test_unseen_markers_are_blank_in_trc(tmp_path):
    data, _ = data_of(tmp_path, view="rear", dropouts=[(0.5, 0.8, ("left_knee",))])
    (path,) = write_trc(data, tmp_path)
    _, names, table = read_trc(path)
    column = 2 + 3 * names.index("left_knee")
    inside = (table[:, 1] > 0.55) & (table[:, 1] < 0.75)
    assert np.isnan(table[inside, column]).all()
    assert np.isfinite(table[inside, 2]).all()


def test_mot_holds_the_near_knee_in_degrees(tmp_path):
    data, truth = data_of(tmp_path, view="side", facing="left", fps=120.0)
    (path,) = write_mot(data, tmp_path)
    lines = path.read_text().splitlines()
    head = dict(line.split("=") for line in lines[1:5])
    end = lines.index("endheader")
    names = lines[end + 1].split("\t")
    table = np.array([[float(c) for c in line.split("\t")] for line in lines[end + 2 :]])
    assert head["inDegrees"] == "yes"
    assert table.shape == (int(head["nRows"]), int(head["nColumns"]))
    assert names == ["time", "knee_angle_l", "thigh_angle_l", "shank_angle_l", "trunk_lean"]
    hip, knee, ankle = (truth.joints_m[f"left_{j}"] for j in ("hip", "knee", "ankle"))
    u, v = (knee - hip)[:, [0, 2]], (ankle - knee)[:, [0, 2]]
    cos = (u * v).sum(1) / np.hypot(*u.T) / np.hypot(*v.T)
    assert table[:, 1] == pytest.approx(np.degrees(np.arccos(np.clip(cos, -1, 1))), abs=1.0)


def test_mot_of_a_front_view_has_no_sagittal_angle(tmp_path):
    pose, truth = squat_pose(stance="left", reps=(60.0,))
    (path,) = write_mot(report_data(tmp_path, trial=trial_of(pose, truth)), tmp_path)
    names = path.read_text().splitlines()[6].split("\t")
    assert names == ["time", "knee_line_l", "knee_line_r", "trunk_side_lean"]


def test_c3d_comes_back_with_markers_and_events(tmp_path):
    ezc3d = pytest.importorskip("ezc3d")
    data, _ = data_of(tmp_path, view="side", facing="right")
    (path,) = write_c3d(data, tmp_path)
    back = ezc3d.c3d(str(path))
    assert back["parameters"]["POINT"]["LABELS"]["value"] == list(NAMES)
    points = back["data"]["points"][:3]
    want = 1000 * np.transpose(motion_of(data.trial).xyz_m, (2, 1, 0))
    assert points == pytest.approx(want, abs=0.01)
    assert back["parameters"]["EVENT"]["LABELS"]["value"] == ["Foot Strike", "Foot Off"]
    times = back["parameters"]["EVENT"]["TIMES"]["value"]
    assert times[1] == pytest.approx([0.5, 0.75])


def test_c3d_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ezc3d", None)
    data, _ = data_of(tmp_path)
    with pytest.raises(FormcheckError) as error:
        write_c3d(data, tmp_path)
    assert error.value.code == "LIBRARY_MISSING"
    assert "formcheck[interop]" in str(error.value)


def test_motion_exports_need_the_trial(tmp_path):
    with pytest.raises(ValueError, match="trial"):
        write_trc(report_data(tmp_path), tmp_path)
