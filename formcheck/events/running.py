"""Foot strikes and toe-offs of a run, between frames, with the error of each."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from formcheck.data import (
    BoolArray,
    Channels,
    EventKind,
    FloatArray,
    FootEvent,
    IntArray,
    PoseSequence,
    Scene,
    Step,
)
from formcheck.events.pulse import Pulse, read_pulses
from formcheck.events.rhythm import Chain, Rhythm, find_rhythm
from formcheck.events.strides import Channels as FootChannels
from formcheck.events.strides import MeanStride, foot_channels, match, mean_stride
from formcheck.events.zero import Zero, look_at, view_class, zero_of
from formcheck.fitted import load_fitted
from formcheck.fitted.contact_times import ContactTimes
from formcheck.keypoints import SIDES, Side, index_of
from formcheck.settings.events import EventSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvents:
    """What was found in a run.

    Attributes
    ----------
    events : tuple of FootEvent
        In order of time; strikes of the two feet alternate within an unbroken stretch.
    steps : tuple of Step
        One per foot strike, in order of time.
    cadence_spm, cadence_sd_spm : float
        Steps per minute over the unbroken stretches and its one-sigma error; NaN below two strikes.
    contact_time_s : mapping of side to seconds, from the mean stride (NaN where unknown).
    flight : bool
        Whether there is a phase in which no foot is down.
    n_missing : int
        Steps that must have happened but whose foot was not seen well enough.
    notes : tuple of str
        What the user should know, in plain words.
    """

    events: tuple[FootEvent, ...]
    steps: tuple[Step, ...]
    cadence_spm: float
    cadence_sd_spm: float
    contact_time_s: dict[Side, float]
    flight: bool
    n_missing: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Foot:
    """Events of one step before assembly; NaN where not seen."""

    side: Side
    chain: int
    guess_s: float  # where the strike must have been, seen or not
    strike_s: float
    strike_sd_s: float
    toe_off_s: float
    toe_off_sd_s: float


def detect_running(
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
    *,
    rhythm: Rhythm | None = None,
    channels: Channels | None = None,
    times: ContactTimes | None = None,
) -> RunEvents:
    """Find foot strikes and toe-offs.

    Parameters
    ----------
    raw : PoseSequence
        Repaired, unfiltered landmarks: no low-pass filter has rounded their corners.
    scene : Scene
        View and facing direction.
    rhythm : Rhythm, optional
        As found by `classify_activity`, to save finding it again.
    channels : Channels, optional
        Motion of head and back in the pixels: without them the events are half as exact.
    times : ContactTimes, optional
        The table that ships with the package when left out.

    Returns
    -------
    RunEvents
        Empty where nothing repeats. Whether it is a run at all is `classify_activity`'s business.

    Notes
    -----
    1. The rhythm of hip and legs gives every step's rough time and its side (``rhythm``).
    2. Per foot, all strides are laid over each other into one mean stride, far denser than the
       frames (``strides``); every step's own time comes from matching it to the mean.
    3. Strike and toe-off are located once, on the mean stride (``zero``), by a model whose
       coefficients and errors were found on rendered runners with exactly known contacts.
    """
    settings = settings or EventSettings()
    rhythm = rhythm or find_rhythm(raw, scene, settings.rhythm)
    strides = mean_strides(raw, scene, rhythm, settings) if rhythm.chains else {}
    if not strides:
        return _empty("no steady step rhythm was found")
    gap = float(np.median(np.diff(raw.time_s)))
    pulses = read_pulses(raw, channels, rhythm, settings.pulse, settings.force)
    times = times or load_fitted().contact_times
    zeros = _zeros(strides, scene, (1 / rhythm.step_hz, gap), pulses, times, settings)
    feet = [f for s in strides for f in _feet(raw, s, strides[s], zeros[s], settings)]
    contact: dict[Side, float] = dict.fromkeys(SIDES, float("nan"))
    contact |= {s: z.toe_off_s - z.strike_s for s, z in zeros.items()}
    return _assemble(sorted(feet, key=lambda f: f.guess_s), raw.time_s, contact, settings)


def _empty(note: str) -> RunEvents:
    nan: dict[Side, float] = dict.fromkeys(SIDES, float("nan"))
    return RunEvents(
        events=(),
        steps=(),
        cadence_spm=float("nan"),
        cadence_sd_spm=float("nan"),
        contact_time_s=nan,
        flight=False,
        n_missing=0,
        notes=(note,),
    )


def _extend(chain: Chain, time_s: FloatArray, step_hz: float, settings: EventSettings) -> Chain:
    """Add the steps whose reference lies just outside the clip, but whose events may lie inside."""
    step = 1 / step_hz
    refs, sides = list(chain.refs_s), list(chain.sides)
    other: dict[Side, Side] = {"left": "right", "right": "left"}
    edge = settings.run.edge_steps * step
    if refs[0] - time_s[0] < 1.05 * step:
        refs.insert(0, refs[0] - step)
        sides.insert(0, other[sides[0]])
    if time_s[-1] - refs[-1] < 1.05 * step and refs[-1] + step < time_s[-1] + edge:
        refs.append(refs[-1] + step)
        sides.append(other[sides[-1]])
    return replace(chain, refs_s=np.array(refs), sides=tuple(sides))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FootStrides:
    """One foot's steps against their mean stride.

    Attributes
    ----------
    refs_s : ndarray of float, shape (K,)
        Each step's own reference time.
    chain : ndarray of int, shape (K,)
        The unbroken stretch it belongs to.
    sd_s : ndarray of float, shape (K,)
        Error of the reference against the mean stride; NaN where only the rhythm speaks.
    """

    refs_s: FloatArray
    chain: IntArray
    sd_s: FloatArray
    mean: MeanStride


def mean_strides(
    raw: PoseSequence, scene: Scene, rhythm: Rhythm, settings: EventSettings
) -> dict[Side, FootStrides]:
    """Return the mean stride of each foot that has enough strides."""
    chains = tuple(_extend(c, raw.time_s, rhythm.step_hz, settings) for c in rhythm.chains)
    t, stride = raw.time_s, 2 / rhythm.step_hz
    out: dict[Side, FootStrides] = {}
    for side in SIDES:
        refs = np.concatenate([c.refs_s[np.array(c.sides) == side] for c in chains])
        where = np.concatenate([np.full(c.sides.count(side), n) for n, c in enumerate(chains)])
        inside = (refs >= t[0]) & (refs <= t[-1])
        if inside.sum() < settings.run.min_strides:
            continue
        channels = foot_channels(raw, scene, side, stride)
        mean, refs, sd = _align(t, channels, refs, inside, stride, settings)
        out[side] = FootStrides(refs_s=refs, chain=where, sd_s=sd, mean=mean)
    return out


def _zeros(
    strides: dict[Side, FootStrides],
    scene: Scene,
    step_and_gap_s: tuple[float, float],
    pulses: Mapping[str, Pulse],
    times: ContactTimes,
    settings: EventSettings,
) -> dict[Side, Zero]:
    """Locate the events of both feet; contact times are drawn together."""
    (step_s, gap_s), cal = step_and_gap_s, settings.zero
    looks = {s: look_at(f.mean, step_s, pulses) for s, f in strides.items()}
    found = {s: zero_of(look, scene, times, cal, settings.force) for s, look in looks.items()}
    grounded = any(j.grounded for j in found.values())
    together = float(np.mean([j.contact_s for j in found.values()])) if found else 0.0
    kind = view_class(scene.view)
    least = (cal.strike_sd_s[kind], cal.toe_off_sd_s[kind])
    if grounded:
        least = cal.grounded_sd_s
    fps = cal.sd_frames * gap_s
    out = {}
    for side, j in found.items():
        contact = together + cal.pooling * (j.contact_s - together)
        own = (j.strike_sd_s * j.stretch, j.toe_off_sd_s * j.stretch)
        strike_sd, off_sd = (
            float(np.hypot(max(a, b), fps)) for a, b in zip(own, least, strict=True)
        )
        out[side] = Zero(
            strike_s=j.middle_s - 0.5 * contact,
            toe_off_s=j.middle_s + 0.5 * contact,
            strike_sd_s=strike_sd,
            toe_off_sd_s=off_sd,
            grounded=grounded,
        )
    return out


def _feet(
    raw: PoseSequence, side: Side, strides: FootStrides, zero: Zero, settings: EventSettings
) -> list[_Foot]:
    """Return the events of one foot."""
    t, seen = raw.time_s, _seen(raw, side)
    out = []
    for ref, chain, sd in zip(strides.refs_s, strides.chain, strides.sd_s, strict=True):
        ic, to = ref + zero.strike_s, ref + zero.toe_off_s
        own = sd if np.isfinite(sd) else settings.run.blind_sd_s
        foot = _Foot(
            side=side,
            chain=int(chain),
            guess_s=float(ic),
            strike_s=float(ic) if _covered(t, seen, ic, settings) else float("nan"),
            strike_sd_s=float(np.hypot(own, zero.strike_sd_s)),
            toe_off_s=float(to) if _covered(t, seen, to, settings) else float("nan"),
            toe_off_sd_s=float(np.hypot(own, zero.toe_off_sd_s)),
        )
        out.append(foot)
    return out


def _align(
    t: FloatArray,
    channels: FootChannels,
    refs: FloatArray,
    inside: BoolArray,
    stride: float,
    settings: EventSettings,
) -> tuple[MeanStride, FloatArray, FloatArray]:
    """Build the mean stride and move every reference onto it; return it, them and their errors."""
    window = (settings.run.match_window[0] * stride, settings.run.match_window[1] * stride)
    shift = np.full((refs.size, 2), np.nan)
    for _ in range(settings.run.align_rounds):
        mean = mean_stride(t, channels, refs[inside], stride, settings.stride)
        shift = np.array([match(t, channels, mean, r, window) for r in refs])
        move = _shrink(shift, settings)
        refs = refs + move - np.median(move[inside])
    mean = mean_stride(t, channels, refs[inside], stride, settings.stride)
    sd = np.where(np.isfinite(shift).all(axis=1), shift[:, 1], np.nan)
    return mean, refs, np.maximum(sd, settings.run.min_match_sd_s)


def _shrink(shift: FloatArray, settings: EventSettings) -> FloatArray:
    """Weigh each step's own shift against the smooth rhythm by how well it is known."""
    ok = np.isfinite(shift).all(axis=1)
    out = np.zeros(shift.shape[0])
    if not ok.any():
        return out
    tau, sd = shift[ok, 0], np.maximum(shift[ok, 1], settings.run.min_match_sd_s)
    spread = max(float(np.var(tau) - np.median(sd) ** 2), settings.run.min_jitter_s**2)
    out[ok] = tau * spread / (spread + sd**2)
    return out


def _seen(raw: PoseSequence, side: Side) -> BoolArray:
    idx = [index_of(side, j) for j in ("ankle", "heel", "foot_index")]
    return np.asarray(np.isfinite(raw.xy_px[:, idx, 0]).any(axis=1))


def _covered(t: FloatArray, seen: BoolArray, at_s: float, settings: EventSettings) -> bool:
    """Tell whether the event lies in the clip and its foot was seen around it."""
    if not t[0] <= at_s <= t[-1]:
        return False
    near = np.abs(t - at_s) <= settings.run.seen_window_s
    return bool(near.any() and seen[near].mean() >= settings.run.min_seen)


def _assemble(
    order: list[_Foot], t: FloatArray, contact: dict[Side, float], settings: EventSettings
) -> RunEvents:
    """Turn per-foot events into alternating steps and sum them up."""
    events: list[FootEvent] = []
    steps: list[Step] = []
    missing = 0
    for n, foot in enumerate(order):
        events += _events_of(foot)
        if np.isfinite(foot.strike_s):
            steps.append(_step(foot, order[n + 1 : n + 3]))
        else:
            missing += int(t[0] <= foot.guess_s <= t[-1])
    events.sort(key=lambda e: e.time_s)
    cadence, sd = _cadence(order, settings)
    flight = _flight(contact, cadence)
    notes = []
    if not flight and np.isfinite(cadence):
        notes.append("no flight phase: one foot lands before the other has left the ground")
    if missing:
        notes.append(f"{missing} steps were not seen well enough and are left out")
    return RunEvents(
        events=tuple(events),
        steps=tuple(steps),
        cadence_spm=cadence,
        cadence_sd_spm=sd,
        contact_time_s=contact,
        flight=flight,
        n_missing=missing,
        notes=tuple(notes),
    )


def _events_of(foot: _Foot) -> list[FootEvent]:
    kinds: tuple[tuple[EventKind, float, float], ...] = (
        ("foot_strike", foot.strike_s, foot.strike_sd_s),
        ("toe_off", foot.toe_off_s, foot.toe_off_sd_s),
    )
    return [
        FootEvent(kind=k, side=foot.side, time_s=float(x), sd_s=sd, method="mean stride")
        for k, x, sd in kinds
        if np.isfinite(x)
    ]


def _step(foot: _Foot, following: list[_Foot]) -> Step:
    """Return the step of one strike; what follows counts only if the alternation is unbroken."""
    after = [f for f in following if f.chain == foot.chain and np.isfinite(f.strike_s)]
    end = next((f.strike_s for f in after if f.side != foot.side), None)
    stride_end = next((f.strike_s for f in after if f.side == foot.side), None)
    off = foot.toe_off_s if np.isfinite(foot.toe_off_s) else None
    return Step(
        side=foot.side,
        strike_s=float(foot.strike_s),
        toe_off_s=off,
        end_s=end,
        stride_end_s=stride_end,
        strike_sd_s=foot.strike_sd_s,
        toe_off_sd_s=foot.toe_off_sd_s if off is not None else None,
    )


def _cadence(order: list[_Foot], settings: EventSettings) -> tuple[float, float]:
    """Return steps per minute over all unbroken stretches, and its error."""
    steps, span, var = 0, 0.0, 0.0
    for n in {f.chain for f in order}:
        t = np.array([f.strike_s for f in order if f.chain == n and np.isfinite(f.strike_s)])
        index = np.array(
            [k for k, f in enumerate(f for f in order if f.chain == n) if np.isfinite(f.strike_s)]
        )
        if t.size < 2:
            continue
        steps += int(index[-1] - index[0])
        span += float(t[-1] - t[0])
        var += 2 * settings.run.min_match_sd_s**2
    if not steps:
        return float("nan"), float("nan")
    return 60 * steps / span, 60 * steps / span**2 * float(np.sqrt(var))


def _flight(contact: dict[Side, float], cadence: float) -> bool:
    known = [c for c in contact.values() if np.isfinite(c)]
    return bool(known) and float(np.mean(known)) < 60 / cadence
