"""The face is hidden in everything that a result holds, unless the user said otherwise."""

import json
from dataclasses import replace

import av
import pytest

from formcheck.pipeline import output
from formcheck.render.annotators.face_blur import FaceBlur
from formcheck.settings import AnalyzeOptions, RenderSettings
from tests.app import recorded
from tests.synthetic import clip_of, running_pose, trial_of
from tests.unit.render.builders import measured, write_noise_clip


@pytest.fixture
def blurred(monkeypatch):
    """Return the times of the pictures whose head was hidden."""
    seen = []
    real = FaceBlur.annotate

    def annotate(self, image, context):
        made = real(self, image, context)
        assert (made != image).any()
        seen.append(context.time_s)
        return made

    monkeypatch.setattr(FaceBlur, "annotate", annotate)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("is_hidden", [True, False])
def test_every_exported_picture_hides_the_face_by_default(tmp_path, blurred, is_hidden):
    pose, truth = running_pose(
        view="rear", duration_s=3.0, fps=30.0, px_per_m=150.0, width_px=288, height_px=384
    )
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    trial = replace(trial, clip=clip_of(pose, width_px=288, height_px=384))
    trial = replace(trial, clip=write_noise_clip(tmp_path / "in.mp4", trial, 288, 384))
    steps = trial.steps_of("left")
    m = measured("pelvic_drop", "left", [8.0] * len(steps), [s.strike_s + 0.1 for s in steps])
    analysis = recorded.analysis().model_copy(update={"measurements": (m,), "frames": ()})
    options = AnalyzeOptions(review=True, report=("html",))
    if not is_hidden:
        options = options.model_copy(update={"blur_face": False})
    folder = tmp_path / "out" / "clip"
    made = output.write_result(analysis, trial, pose, folder, options, RenderSettings())
    if not is_hidden:
        assert blurred == []
        return
    n = len(made.frames) + len(json.loads((folder / "review.json").read_text())["time_s"])
    with av.open(str(folder / "strides.mp4")) as video:
        n_strides = sum(1 for _ in video.decode(video=0))
    assert n_strides > 10
    # the last picture of the strides is shown twice: it needs an end
    assert len(blurred) == n + n_strides - 1
