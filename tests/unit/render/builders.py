"""Measurements, contexts and clips with known content, for the tests of pictures and reports."""

from pathlib import Path

import av
import numpy as np

from formcheck.data import Clip, Scene, Trial
from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.render.context import FrameContext
from formcheck.results import Measurement, ReferenceRecord
from formcheck.settings.render import RenderSettings

GREY = 120


def measured(measure_id, side="left", values=(7.0,), times_s=None, *, half=3.0, **changes):
    """Return a sure measurement whose value is the mean of `values`."""
    values = tuple(float(v) for v in values)
    times = tuple(float(t) for t in (times_s if times_s is not None else range(len(values))))
    mean = float(np.mean(values))
    base = {
        "id": measure_id,
        "side": side,
        "unit": "deg",
        "value": mean,
        "ci95": (mean - half, mean + half),
        "sd": 1.0,
        "n": len(values),
        "status": "ok",
        "per_step": values,
        "times_s": times,
    }
    return Measurement(**(base | changes))


PLACES = {"usual": "middle", "watch": "high_side", "outside": "beyond"}


def placed(m, verdict):
    """Return a measurement with a reference and the place that gives `verdict`."""
    reference = ReferenceRecord(
        low=0.0, high=5.0, high_side=4.0, mean=2.5, sd=1.25, source="S 110", grade="B", who="some"
    )
    where = PLACES.get(verdict)
    return m.model_copy(update={"reference": reference if where else None, "placed": where})


def withheld(measure_id, side="left", reason="The view cannot show this."):
    """Return a measurement that was not made."""
    return Measurement(
        id=measure_id,
        side=side,
        unit="deg",
        value=None,
        ci95=None,
        sd=None,
        n=0,
        status="unavailable",
        reason=reason,
    )


def blank(height=720, width=900, value=GREY):
    """Return an even picture."""
    return np.full((height, width, 3), value, np.uint8)


def context(points, *, view="rear", side="right", readings=(), **changes):
    """Return a context with the named landmarks (``right_hip`` ...) at given pixels."""
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    for name, at in points.items():
        where, joint = name.split("_", 1)
        xy[index_of(where, joint)] = at
    facing = {"rear": "away", "front": "toward", "side": "right"}[view]
    roll = changes.pop("roll_deg", 0.0)
    base = {
        "scene": Scene(view=view, facing=facing, surface="treadmill", roll_deg=roll),
        "xy_px": xy,
        "confidence": np.ones(N_KEYPOINTS),
        "time_s": 1.0,
        "settings": RenderSettings(),
        "side": side,
        "readings": tuple(readings),
    }
    return FrameContext(**(base | changes))


def write_noise_clip(path: Path, trial: Trial, width_px: int, height_px: int) -> Clip:
    """Write a video of coarse noise with one picture per raw row, and return its Clip."""
    rng = np.random.default_rng(1)
    n = trial.raw.time_s.size
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "12", "g": "10"})
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        for _ in range(n):
            small = rng.integers(0, 255, (height_px // 8, width_px // 8, 3), dtype=np.uint8)
            image = np.kron(small, np.ones((8, 8, 1), np.uint8))
            for packet in stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    from formcheck.video import open_clip

    return open_clip(path)
