"""Tiny clips of every kind."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.unit.video.pictures import picture

LOSSLESS = {"libx264": {"crf": "4"}, "libx265": {"x265-params": "crf=4:log-level=none"}}


@pytest.fixture
def make_clip(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a clip and gives back its path."""

    def make(
        name: str = "clip.mp4",
        *,
        codec: str = "libx264",
        pix_fmt: str = "yuv420p",
        times_ms: Sequence[int] = tuple(round(i * 1000 / 30) for i in range(20)),
        size: tuple[int, int] = (64, 48),
        options: dict[str, str] | None = None,
        turn: dict[str, object] | None = None,
        metadata: dict[str, str] | None = None,
        container_options: dict[str, str] | None = None,
        time_base: Fraction = Fraction(1, 1000),
        pixel_aspect: Fraction | None = None,
        audio: bool = False,
        noise: float = 0,
    ) -> Path:
        path = tmp_path / name
        with av.open(f"file:{path}", "w", container_options=container_options or {}) as out:
            out.metadata.update(metadata or {})
            stream = out.add_stream(
                codec, rate=30, options={**LOSSLESS.get(codec, {}), **(options or {})}
            )
            stream.width, stream.height = size
            stream.pix_fmt = pix_fmt
            stream.codec_context.time_base = time_base
            if pixel_aspect is not None:
                stream.codec_context.sample_aspect_ratio = pixel_aspect
            if turn is not None:
                stream.set_display_rotation(**turn)
            sound = out.add_stream("aac", rate=48_000, layout="mono") if audio else None
            for i, time_ms in enumerate(times_ms):
                image = picture(i, *size)
                if noise:
                    grain = np.random.default_rng(i).normal(0, noise, image.shape)
                    image = np.clip(image + grain, 0, 255).astype(np.uint8)
                frame = av.VideoFrame.from_ndarray(image, format="rgb24")
                frame.pts, frame.time_base = time_ms, Fraction(1, 1000)
                if time_base != Fraction(1, 1000):
                    frame.pts, frame.time_base = i, time_base
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
            if sound is not None:
                quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
                quiet.sample_rate, quiet.pts = 48_000, 0
                out.mux(sound.encode(quiet))
                out.mux(sound.encode(None))
        return path

    return make


@pytest.fixture
def remux(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that copies packets, letting a callback change or drop each."""

    def run(source: Path, name: str, edit: Callable[[int, av.Packet], av.Packet | None]) -> Path:
        path = tmp_path / name
        with av.open(str(source)) as src, av.open(str(path), "w") as out:
            stream = out.add_stream_from_template(src.streams.video[0])
            packets = [p for p in src.demux(src.streams.video[0]) if p.dts is not None]
            for k, packet in enumerate(packets):
                changed = edit(k, packet)
                if changed is not None:
                    changed.stream = stream
                    out.mux(changed)
        return path

    return run
