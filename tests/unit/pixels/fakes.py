"""Backends and probes that need no model; importable by worker processes."""

import os
import signal
import time
from dataclasses import dataclass

import av
import numpy as np

from formcheck.errors import FormcheckError
from formcheck.pose.backend import Detection

N_FRAMES = 300


def write_clip(path, n=N_FRAMES, size=(96, 128), gop=30):
    """A bright block that wanders over a textured wall."""
    rng = np.random.default_rng(0)
    wall = rng.integers(60, 160, (size[1], size[0], 3), dtype=np.uint8)
    wall = np.repeat(np.repeat(wall[::4, ::4], 4, axis=0), 4, axis=1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"crf": "12", "g": str(gop)})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for k in range(n):
            image = wall.copy()
            x, y = int(30 + 20 * np.sin(k / 9)), int(40 + 10 * np.cos(k / 7))
            image[y : y + 50, x : x + 20] = 240
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@dataclass(frozen=True)
class BlockBackend:
    """Sees the bright block; can be slow, die, refuse or fail at a frame."""

    needs_process: bool = True
    wait_s: float = 0.0
    die_at: int = -1
    refuse_at: int = -1
    fail_at: int = -1
    id: str = "block"
    model: str = "block"
    model_sha256: str = ""

    def check(self): ...

    def open(self, fps):
        return BlockSession(self)


class BlockSession:
    def __init__(self, backend):
        self.backend = backend
        self.n_since_restart = 0

    def detect(self, rgb, frame_index):
        self.n_since_restart += 1
        time.sleep(self.backend.wait_s)
        if frame_index == self.backend.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if frame_index == self.backend.refuse_at:
            raise FormcheckError("MODEL_DAMAGED", "refused for a test")
        if frame_index == self.backend.fail_at:
            msg = "a bug for a test"
            raise KeyError(msg)
        ys, xs = np.nonzero(rgb[..., 1] > 215)
        if ys.size < 50:
            return ()
        low, high = np.array([xs.min(), ys.min()]), np.array([xs.max(), ys.max()])
        share = np.linspace(0, 1, 33)[:, None]
        return (
            Detection(
                track=0,
                xy_px=low + share * (high - low),
                visibility=np.full(33, 0.9),
                world_m=np.zeros((33, 3)),
            ),
        )

    def restart(self):
        self.n_since_restart = 0

    def close(self): ...

    def __enter__(self):
        return self

    def __exit__(self, *error): ...


@dataclass(frozen=True)
class ChangeProbe:
    """Mean change of brightness since the last frame: depends on one earlier frame."""

    id: str = "change"
    names: tuple[str, ...] = ("change_luma", "age_frames")
    context_frames: int = 1
    least_s: float = 0.0

    def start(self):
        return ChangeRun()

    def whole(self, time_s, values):
        return values


class ChangeRun:
    def __init__(self):
        self.last = None

    def frame(self, frame):
        before, self.last = self.last, frame.gray.astype(float)
        change = float("nan") if before is None else np.abs(self.last - before).mean()
        return {"change_luma": change}
