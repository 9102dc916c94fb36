"""The player: frame stepping, slow speeds, keys, a curve in step with the picture, captions.

The clip travels inside the page's own connection (no address, no request) as one block of bytes:
four bytes with the length of a JSON header, the header, the MP4 files one after the other.
"""

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import av
import streamlit as st
from av.error import FFmpegError

from formcheck.errors import FormcheckError
from formcheck.results import Analysis
from formcheck.settings.app import AppSettings

ASSETS: Final = Path(__file__).parent / "assets"
SPEEDS: Final = (0.1, 0.25, 0.5, 1.0)
START_SPEED: Final = 0.25
WHOLE: Final = "review.mp4"
PARTS: Final = ("strides.mp4", "annotated.mp4")
_CUE: Final = re.compile(r"(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)\n(.+)")
_DRAWN: Final = ("size_px", "names", "bones", "points", "sure")

Cue = tuple[float, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A result's video and what goes with it.

    Attributes
    ----------
    path : Path
    is_whole : bool
        The whole clip at true speed, with lines and curve as numbers; otherwise a drawn part of it.
    times_s : tuple of float
        When each picture is shown, from the first one.
    data : dict
        What ``review.json`` holds; empty for a drawn part.
    """

    path: Path
    is_whole: bool
    times_s: tuple[float, ...]
    data: dict[str, Any]

    @property
    def start_s(self) -> float:
        """True time of the first picture."""
        return float(self.data["time_s"][0]) if self.is_whole else 0.0


def asset(name: str) -> str:
    """Return a file of the app's browser code."""
    return (ASSETS / name).read_text(encoding="utf-8")


def film_of(folder: Path) -> Film | None:
    """Return the best video of a result folder: the whole clip, else the drawn strides, else None.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if the file is damaged.
    """
    whole = folder / WHOLE
    data = _data(folder / "review.json") if whole.is_file() else {}
    found = next((p for n in PARTS if (p := folder / n).is_file()), None)
    path = whole if data else found
    if path is None:
        return None
    return Film(path=path, is_whole=bool(data), times_s=picture_times_s(path), data=data)


def _data(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) and data.get("version") == 1 else {}


def picture_times_s(path: Path) -> tuple[float, ...]:
    """Return when each picture of a video is shown, from the first one (nothing is decoded).

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if the file is damaged.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            base = float(stream.time_base or 0)
            at = sorted(p.pts * base for p in container.demux(stream) if p.pts is not None)
    except (OSError, IndexError, FFmpegError) as error:
        code = "RESULT_UNREADABLE"
        raise FormcheckError(code, "the video of this result can't be read") from error
    return tuple(round(t - at[0], 5) for t in at)


def steps_of(analysis: Analysis, start_s: float) -> list[dict[str, Any]]:
    """Return what can be jumped to: foot strikes, or the deepest points of repetitions.

    Parameters
    ----------
    start_s : float
        True time of the first picture.
    """
    strikes = [(e.time_s, e.side) for e in analysis.events if e.kind == "foot_strike"]
    reps = [(r.deepest_s, r.side) for r in analysis.reps if r.counted]
    found = sorted(reps or strikes)
    return [{"t": round(t - start_s, 4), "side": side} for t, side in found]


def cues_of(path: Path) -> list[Cue]:
    """Return the captions of a WebVTT file that formcheck wrote; none if it is missing."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return []
    cues: list[Cue] = []
    for h, m, s, h2, m2, s2, words in _CUE.findall(text):
        start = 3600 * int(h) + 60 * int(m) + float(s)
        cues.append((start, 3600 * int(h2) + 60 * int(m2) + float(s2), words))
    return cues


def about(film: Film, alt: str) -> dict[str, Any]:
    """Return what the browser needs to know of one video."""
    return {
        "alt": alt,
        "bytes": film.path.stat().st_size,
        "times": film.times_s,
        **{k: film.data[k] for k in _DRAWN if film.is_whole},
    }


def packed(head: dict[str, Any], films: Sequence[Film]) -> bytes:
    """Return header and files as one block (see the module's first lines)."""
    text = json.dumps(head, separators=(",", ":")).encode()
    files = b"".join(film.path.read_bytes() for film in films)
    return struct.pack("<I", len(text)) + text + files


def identity(film: Film) -> str:
    """Return a name that changes with the video's content."""
    return f"{film.path.parent.parent.name}-{film.path.stat().st_mtime_ns}"


def head_of(film: Film, analysis: Analysis, folder: Path, alt: str) -> dict[str, Any]:
    """Return the player's header."""
    return {
        "id": identity(film),
        "clips": [about(film, alt)],
        "speeds": SPEEDS,
        "speed": START_SPEED if film.is_whole else 1.0,
        "slow": 1.0,
        "steps": steps_of(analysis, film.start_s) if film.is_whole else [],
        "curve": curve_of(film),
        "cues": cues_of(folder / "review.vtt") if film.is_whole else [],
    }


def curve_of(film: Film) -> dict[str, Any] | None:
    """Return the curve under the video, on the video's own clock; None if there is none."""
    curves = film.data.get("curves") if film.is_whole else None
    if not curves:
        return None
    lines = [
        {**line, "t": [round(t - film.start_s, 3) for t in line["t"]]}
        for line in curves[0]["lines"]
    ]
    return {**curves[0], "lines": lines}


def show(folder: Path, analysis: Analysis, settings: AppSettings) -> bool:
    """Show a result's video; a very large one in Streamlit's own player.

    Returns
    -------
    bool
        Whether there was a video.
    """
    film = film_of(folder)
    if film is None:
        return False
    alt = "Your whole clip, with the body's lines over it"
    if not film.is_whole:
        alt = "A few steps in slow motion, with the body's lines drawn in"
    if film.path.stat().st_size > settings.player_max_mb * 1_000_000:
        st.video(str(film.path), alt=alt, muted=True)
        return True
    player = st.components.v2.component(
        "formcheck_player",
        html=asset("player.html"),
        css=asset("player.css"),
        js=asset("clip.js") + asset("curve.js") + asset("player.js"),
    )
    head = head_of(film, analysis, folder, alt)
    player(data=packed(head, [film]), key=f"player_{folder.name}")
    return True
