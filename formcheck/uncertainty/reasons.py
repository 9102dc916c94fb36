"""Why a value is refused or only indicative, in plain words that end with how to film it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from formcheck.data import Clip, SampleSide, Scene, Trial
from formcheck.registry import MeasureSpec
from formcheck.results import Component
from formcheck.settings import UncertaintySettings

VIEW_WORD = {"side": "side view", "rear": "view from behind", "front": "view from the front"}
_UNIT_WORD = {"deg": "degrees", "index 0-100": "points"}
MISREAD = "the picture was misread, or this is another movement."


@dataclass(frozen=True, slots=True)
class Held:
    """What stands against a value: refused for it, or only indicative."""

    unavailable: str = ""
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """A clip and what it shows, before anything was measured."""

    clip: Clip
    scene: Scene


Seen: TypeAlias = Trial | Filmed


def joined(why: Sequence[str], how_to_film: str) -> str:
    """Join reasons and end with how to film, unless that is said already."""
    text = " ".join(dict.fromkeys(w.strip() for w in why if w))
    return text if how_to_film in text else f"{text} {how_to_film}"


def refusal(
    spec: MeasureSpec, seen: Seen, settings: UncertaintySettings, blocked: Mapping[str, str]
) -> str:
    """Return why this clip cannot carry the measure at all, or an empty string.

    Parameters
    ----------
    spec : MeasureSpec
    seen : Trial or Filmed
        What was filmed: before the long work a clip and its scene are enough.
    settings : UncertaintySettings
    blocked : mapping of str to str
        Measure id to the reason that the clip's quality gives.

    Returns
    -------
    str
    """
    if spec.not_given:
        return spec.not_given
    view, fps = seen.scene.view, seen.clip.fps
    if view not in spec.views:
        return joined([f"A {VIEW_WORD[view]} cannot show this."], spec.how_to_film)
    if spec.id in blocked:
        return joined([blocked[spec.id]], spec.how_to_film)
    hangs_on_contact = spec.min_fps >= settings.contact_min_fps
    if hangs_on_contact and 0 < fps < settings.contact_stop_fps:
        what = f"{fps:.0f} pictures a second are too few to find the moment of landing."
        return joined([what], spec.how_to_film)
    return ""


def doubts(spec: MeasureSpec, seen: Seen, settings: UncertaintySettings) -> list[str]:
    """Return why the value is only indicative because of the clip: frame rate, unsure view."""
    out = []
    fps = seen.clip.fps
    if fps < spec.min_fps * settings.fps_tolerance:
        out.append(
            f"{fps:.0f} pictures a second are few for this; at {spec.min_fps:.0f} or more it is "
            "steadier."
        )
    unsure = seen.scene.ambiguous
    if "view" in unsure:
        out.append("It is not clear from which side this was filmed: say so with the view option.")
    elif "facing" in unsure and (spec.sided or spec.asks_for("facing")):
        out.append("It is not clear which way the runner faces, so left and right may be swapped.")
    if "leg" in unsure and spec.sided:
        out.append("It is not clear which leg this is: say so with the leg option.")
    return out


def too_few(
    spec: MeasureSpec, trial: Trial, side: SampleSide, n: int, settings: UncertaintySettings
) -> Held:
    """Judge the number of steps, strides or repetitions behind a value.

    Parameters
    ----------
    spec : MeasureSpec
    trial : Trial
    side : {"left", "right", "both"}
    n : int
    settings : UncertaintySettings

    Returns
    -------
    Held
    """
    if spec.once and n >= 1:
        return Held()
    where = "" if side == "both" else f" on the {side}"
    if trial.reps:
        if n >= settings.min_reps_ok:
            return Held()
        what = "repetition was" if n == 1 else "repetitions were"
        few = f"Only {n} good {what} found{where}; {settings.min_reps_ok} or more are steadier."
        return Held(uncertain=(few,))
    if n >= settings.min_steps_ok:
        return Held()
    what = "step was" if n == 1 else "steps were"
    few = (
        f"Only {n} good {what} found{where}; {settings.min_steps_ok} or more give a steadier "
        "number: film 15 to 20 seconds."
    )
    if n < settings.min_steps:
        return Held(unavailable=joined([few], spec.how_to_film))
    return Held(uncertain=(few,))


def shallow(
    spec: MeasureSpec, components: Mapping[str, Component], settings: UncertaintySettings
) -> list[str]:
    """Return a doubt where a squat was too shallow to show the knee line."""
    bend = components.get("knee_flexion_deg")
    if not spec.asks_for("deep_bend") or bend is None or bend.value is None:
        return []
    if bend.value >= settings.shallow_squat_deg:
        return []
    return [
        f"The squats bend the knee about {bend.value:.0f} degrees; "
        f"{settings.shallow_squat_deg:.0f} or more are needed to judge the knee line."
    ]


def beyond_reach(
    spec: MeasureSpec, n_beyond: int, n_kept: int, settings: UncertaintySettings
) -> Held:
    """Judge a value of which some steps or repetitions were read beyond what people can reach.

    Parameters
    ----------
    spec : MeasureSpec
    n_beyond, n_kept : int
        Left out for that, and kept.
    settings : UncertaintySettings

    Returns
    -------
    Held
        Refused where no more is kept than was left out: then the rest was read no better.
    """
    n = n_beyond + n_kept
    if n_beyond == 0 or n_beyond < settings.many_beyond_share * n:
        return Held()
    what = "It was" if n == 1 else f"{n_beyond} of {n} values were"
    told = f"{what} read outside {_reach(spec)}: {MISREAD}"
    if n_beyond >= n_kept:
        return Held(unavailable=joined([told], spec.how_to_film))
    return Held(uncertain=(told,))


def unreached(spec: MeasureSpec, value: float) -> list[str]:
    """Return a doubt where the value itself lies beyond what people can reach."""
    low, high = spec.plausible
    return [] if low <= value <= high else [f"This lies outside {_reach(spec)}: {MISREAD}"]


def nothing_said(spec: MeasureSpec, half: float) -> str:
    """Return a refusal where the interval is wider than all that people can reach."""
    low, high = spec.plausible
    if 2 * half <= high - low:
        return ""
    told = "The likely error is wider than all that people can reach, so the value says nothing."
    return joined([told], spec.how_to_film)


def _reach(spec: MeasureSpec) -> str:
    low, high = spec.plausible
    return f"{low:g} to {high:g} {_UNIT_WORD.get(spec.unit, spec.unit)}, where people move"


def too_wide(spec: MeasureSpec, half: float) -> list[str]:
    """Return a doubt where the interval is too wide to be useful."""
    if spec.useful_half_width is None or half <= spec.useful_half_width:
        return []
    shown = f"{half:.1f}" if half < 3 else f"{half:.0f}"
    unit = _UNIT_WORD.get(spec.unit, spec.unit)
    return [f"The likely error is wide: give or take {shown} {unit}."]
