import xml.etree.ElementTree as ET

import numpy as np
import pytest

from formcheck.render.curves import cycle_curves, frontal_knee_deg
from formcheck.render.plots import cycle_plot, inline_svg
from formcheck.surface.waveforms import Waveforms
from tests.synthetic import running_pose, squat_pose, trial_of


def test_curves_of_a_side_run_are_the_near_knee_over_whole_strides():
    pose, truth = running_pose(view="side", facing="right", duration_s=6.0, fps=120.0)
    trial = trial_of(pose, truth)
    (curve,) = [c for c in cycle_curves(trial) if c.key == "knee_flexion"]
    strides = [s for s in trial.steps_of("right") if s.stride_end_s is not None]
    assert (curve.key, curve.side, curve.n) == ("knee_flexion", "right", len(strides))
    assert curve.percent[0] == 0
    assert curve.percent[-1] == 100
    s = strides[0]
    duty = 100 * (s.toe_off_s - s.strike_s) / (s.stride_end_s - s.strike_s)
    assert curve.contact_end_pct == pytest.approx(duty, abs=1.0)
    # steady synthetic runner: every stride alike
    assert np.nanmedian(curve.sd) < 0.2


def test_pelvic_drop_is_drawn_per_stance_as_the_measure_reads_it(monkeypatch):
    phase = np.linspace(0, 1, 41)
    hump = np.sin(np.pi * phase)
    waves = Waveforms(
        phase=phase,
        curves_deg=np.array([4 * hump, 6 * hump, 9 * hump, np.full(41, np.nan)]),
        sides=("left", "left", "right", "right"),
        start_s=np.arange(4.0),
        end_s=np.arange(4.0) + 0.3,
    )
    monkeypatch.setattr("formcheck.render.curves.pelvis_obliquity_waveform", lambda _: waves)
    pose, truth = running_pose(view="rear", duration_s=4.0)
    found = {c.side: c for c in cycle_curves(trial_of(pose, truth)) if c.key == "pelvic_drop"}
    assert (found["left"].n, found["right"].n) == (2, 1)
    assert found["left"].over == "stance"
    read = waves.peaks_deg()  # averaged around the peak
    assert np.max(found["left"].mean) == pytest.approx(np.mean(read[:2]))
    assert np.max(found["right"].mean) == pytest.approx(read[2])
    words = [e.text for e in ET.fromstring(cycle_plot(list(found.values()))).iter() if e.text]
    assert "L" in words
    assert "R" in words


def test_squat_curves_peak_at_the_deepest_point():
    pose, truth = squat_pose(stance="left", reps=(60.0, 60.0), fppa_deg=9.0)
    trial = trial_of(pose, truth)
    curves = {c.key: c for c in cycle_curves(trial)}
    assert set(curves) == {"knee_line", "squat_depth"}
    assert curves["knee_line"].n == 2
    deepest = np.array([trial.reps[0].deepest_s])
    at_bottom = frontal_knee_deg(trial, "left", deepest)[0]
    assert np.nanmax(curves["knee_line"].mean) == pytest.approx(at_bottom, abs=1.0)
    assert 30 < curves["squat_depth"].percent[np.nanargmax(curves["squat_depth"].mean)] < 70


def test_plots_are_svg_with_real_text_and_png():
    pose, truth = running_pose(view="side", facing="left", duration_s=4.0)
    curves = [c for c in cycle_curves(trial_of(pose, truth)) if c.key == "knee_flexion"]
    svg = cycle_plot(curves)
    root = ET.fromstring(svg)
    words = " ".join(t for e in root.iter() if (t := e.text))
    assert "foot strike" in words
    assert "L toe-off" in words
    assert cycle_plot(curves, image_format="png")[:4] == b"\x89PNG"


def test_inline_plots_do_not_share_ids_and_carry_an_escaped_description():
    pose, truth = running_pose(view="side", facing="left", duration_s=4.0)
    curves = [c for c in cycle_curves(trial_of(pose, truth)) if c.key == "knee_flexion"]
    svg = cycle_plot(curves)
    a, b = (inline_svg(svg, 'a <b> & "c"', p) for p in ("x-", "y-"))
    ids = [{e.attrib["id"] for e in ET.fromstring(t).iter() if "id" in e.attrib} for t in (a, b)]
    assert not ids[0] & ids[1]
    root = ET.fromstring(a)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'a <b> & "c"'
    used = [v[1:] for e in root.iter() for k, v in e.attrib.items() if k.endswith("href")]
    assert set(used) <= ids[0]
