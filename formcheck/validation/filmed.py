"""Clips with hand labels of what was filmed, and what a recogniser learns from them."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from formcheck.data import Surface
from formcheck.pipeline.observe import observe
from formcheck.recognition.body import body_of
from formcheck.recognition.recognise import looks_of, spoken_against
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.signals.prepare import prepare
from formcheck.signals.scene import detect_scene

LABELS: Final = "labels.json"
_JUMPS: Final = ("hop_landing", "hop_in_place", "forward_bounds")
_RUNS: Final = ("treadmill_run", "hallway_run")
_DIGITS: Final = "0123456789"
_ON_FLOOR: Final = ("plank", "push")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filmed:
    """A clip, what it shows and how it looks.

    Attributes
    ----------
    kind : str
        A kind of movement; empty where the clip shows two of them: scored, not learned from.
    source : str
        Clips of one source may show one person in one place: they are left out together.
    against : str
        What the rhythm of the steps speaks against.
    looks : list of dict
        Features of the clip and its parts; empty where too little of anybody is seen.
    """

    name: str
    kind: str
    source: str
    surface: Surface
    against: str
    looks: list[dict[str, float]]


def filmed_in(folder: Path, cache_dir: Path | None, *, only: Collection[str] = ()) -> list[Filmed]:
    """Return the labelled clips of a folder (``labels.json`` beside them), `only` some of them."""
    labels: dict[str, Any] = json.loads((folder / LABELS).read_text("utf-8"))
    out = []
    for name, label in labels.items():
        path = folder / f"{name}.mp4"
        if path.exists() and isinstance(label, dict) and (not only or name in only):
            out.append(_filmed(path, label, cache_dir))
    return out


def _filmed(path: Path, label: dict[str, Any], cache_dir: Path | None) -> Filmed:
    options, settings = AnalyzeOptions(workers=1), Settings()
    observed = observe(path, options, settings, cache_dir=cache_dir)
    prepared = prepare(observed.landmarks, settings.signals)
    scene = detect_scene(observed.clip, prepared, observed.edges_px, options, settings.signals)
    body = body_of(prepared.raw)
    return Filmed(
        name=path.stem,
        kind=kind_of(path.stem, label),
        source=source_of(path.stem, label),
        surface=scene.surface,
        against=spoken_against(prepared.raw, scene),
        looks=[] if body is None else looks_of(body),
    )


def kind_of(name: str, label: dict[str, Any]) -> str:
    """Return the kind of movement that a label means; empty for two of them in one clip."""
    protocol, words = str(label.get("protocol") or ""), str(label.get("activity") or "")
    if protocol == "none":
        return "none_floor" if any(w in words for w in _ON_FLOOR) else "none_standing"
    if protocol:
        return _kind(protocol)
    if "drill" in name or ("walk" in words and "jog" in words):
        return ""
    for sign, kind in _KIND_BY_WORD.items():
        if sign in words:
            return kind
    msg = f"the label of {name} does not say what was filmed"
    raise ValueError(msg)


_KIND_BY_WORD: Final = {
    "two-legged squat": "double_squat",
    "single-leg squat": "single_leg_squat",
    "hopping": "jump",
    "on the spot": "jog_on_spot",
    "walk": "walk",
    "run": "run",
    "sprint": "run",
    "jog": "run",
}


def _kind(protocol: str) -> str:
    if protocol in _JUMPS:
        return "jump"
    return "run" if protocol in _RUNS else protocol


def source_of(name: str, label: dict[str, Any]) -> str:
    """Return the repository of a clip; where none is named, the mark at the end of its name."""
    source = str(label.get("source") or "")
    return re.split("[@: ]", source, maxsplit=1)[0] or mark_of(name)


def mark_of(name: str) -> str:
    """Return the letters at the end of a clip's name: they stand for its source."""
    return name.rsplit("_", 1)[-1].rstrip(_DIGITS)


def sources_joined(clips: list[Filmed]) -> list[Filmed]:
    """Give clips whose repository is not named that of clips with the same mark."""
    known = {mark_of(c.name): c.source for c in clips if "/" in c.source}
    return [replace(c, source=known.get(c.source, c.source)) for c in clips]
