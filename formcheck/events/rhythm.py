"""The rhythm of a gait: step frequency, the phase of every step, and which foot it is on.

The mid-hip goes up and down once per step in walking and in running, and the legs change places
once per two steps. Both are followed through the clip by a complex demodulation, so that a step is
found even where a foot was not seen, and left and right alternate by construction.
"""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Scene
from formcheck.events.smooth import fill, local_fit, runs, trend
from formcheck.keypoints import Side, View
from formcheck.settings.events import RhythmSettings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chain:
    """Steps in an unbroken alternation.

    Attributes
    ----------
    refs_s : ndarray of float, shape (K,)
        The hip's fastest fall in every step, shortly after foot strike.
    sides : tuple of Side, length K
        The foot that lands.
    side_margin : float
        How clearly the side was told, 0..1.
    """

    refs_s: FloatArray
    sides: tuple[Side, ...]
    side_margin: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rhythm:
    """What repeats in a clip.

    Attributes
    ----------
    step_hz : float
        Steps per second; 0 where nothing repeats.
    explained : float
        Share of the legs' movement that the stride rhythm explains, 0..1.
    bounce_phase_deg : float
        Phase of the hip's lowest point after the landing leg's farthest reach (side) or deepest
        foot (rear, front), in degrees of a step: it tells walking from running.
    bounce : float
        Hip's vertical range per step, in torso lengths.
    leg_swing : float
        Half the range of the left foot's height over the right one, in torso lengths.
    leg_offset : float
        How far the left foot is above the right one on average, in torso lengths.
    chains : tuple of Chain
    """

    step_hz: float
    explained: float
    bounce_phase_deg: float
    bounce: float
    leg_swing: float = 0.0
    leg_offset: float = 0.0
    chains: tuple[Chain, ...] = ()

    @property
    def cadence_spm(self) -> float:
        """Steps per minute of the dominant rhythm."""
        return 60.0 * self.step_hz


_NOTHING = Rhythm(step_hz=0.0, explained=0.0, bounce_phase_deg=float("nan"), bounce=0.0)


def body_scale(pose: PoseSequence, width_s: float = 0.5) -> FloatArray:
    """Return the slowly varying torso length in pixels, shape (T,): the unit of all signals."""
    torso = np.linalg.norm(pose.mid("shoulder") - pose.mid("hip"), axis=1)
    seen = np.isfinite(torso)
    if not seen.any():
        return np.full(pose.time_s.size, np.nan)
    typical = np.median(torso[seen])
    torso = np.where((torso > 0.2 * typical) & (torso < 3.0 * typical), torso, np.nan)
    return np.maximum(trend(pose.time_s, torso, width_s), 1e-6)


def leg_signals(pose: PoseSequence, scene: Scene) -> dict[str, FloatArray]:
    """Return what the rhythm is read from, in torso lengths, each shape (T,).

    ``hip`` is the mid-hip's height, ``spread`` the left ankle's lead over the right one (side view
    only), ``lift`` the left ankle's height over the right one.
    """
    scale = body_scale(pose)
    left, right = (
        0.5 * (pose.joint(s, "ankle") + pose.joint(s, "heel")) for s in ("left", "right")
    )
    out = {"hip": -pose.mid("hip")[:, 1] / scale, "lift": -(left - right)[:, 1] / scale}
    if scene.view == View.SIDE:
        out["spread"] = scene.forward_sign * (left - right)[:, 0] / scale
    return out


def _taper(n: int) -> FloatArray:
    return np.hanning(n + 2)[1:-1]


def _spectrum(signal: FloatArray, wave: np.ndarray) -> FloatArray:
    """Return the share of the variance of `signal` that each complex sine explains."""
    w = _taper(signal.size)
    x = signal - np.average(signal, weights=w)
    total = np.sum(w * x * x) + 1e-12
    return np.asarray(2 * np.abs(wave @ (w * x)) ** 2 / (np.sum(w) * total))


def _demodulate(
    grid_s: FloatArray, signal: FloatArray, freq_hz: float, width_s: float
) -> np.ndarray:
    """Return the complex amplitude of `signal` around `freq_hz`: its phase runs with time."""
    dt = float(grid_s[1] - grid_s[0])
    half = min(int(np.ceil(3 * width_s / dt)), grid_s.size - 1)
    window = np.exp(-0.5 * (np.arange(-half, half + 1) * dt / width_s) ** 2)
    carrier = np.exp(2j * np.pi * freq_hz * grid_s)
    raw = np.convolve(signal * carrier.conj(), window, mode="full")[half : half + grid_s.size]
    norm = np.convolve(np.ones_like(signal), window, mode="full")[half : half + grid_s.size]
    return np.asarray(2 * raw / norm * carrier)


def _on_grid(
    pose: PoseSequence, signals: dict[str, FloatArray], rate_hz: float, width_s: float
) -> tuple[FloatArray, dict[str, FloatArray]]:
    t = pose.time_s
    grid = np.arange(t[0], t[-1] + 1e-9, 1.0 / rate_hz)
    out = {k: fill(grid, local_fit(t, v, grid, width_s, order=1)[0]) for k, v in signals.items()}
    return grid, out


def find_rhythm(
    pose: PoseSequence, scene: Scene, settings: RhythmSettings, *, slow: bool = False
) -> Rhythm:
    """Find the dominant step rhythm and follow it.

    Parameters
    ----------
    pose : PoseSequence
        Repaired landmarks; unseen ones are NaN.
    slow : bool
        Look for the rhythm of slow motion (below running cadences) instead.

    Returns
    -------
    Rhythm
        With ``step_hz`` 0 where nothing repeats.
    """
    if pose.time_s.size < 8:
        return _NOTHING
    lo, hi = settings.slow_hz if slow else settings.step_hz
    duration = float(pose.time_s[-1] - pose.time_s[0])
    lo = max(lo, settings.min_steps / max(duration, 1e-6))
    if lo >= hi:
        return _NOTHING
    width = 0.5 / hi * 0.35
    width = max(width, 0.8 * duration / pose.time_s.size)
    grid, sig = _on_grid(pose, leg_signals(pose, scene), 32.0 * hi if slow else 120.0, width)
    flat = {
        k: v - trend(grid[::4], v[::4], 0.7 / lo).repeat(4)[: grid.size] for k, v in sig.items()
    }
    freq = np.geomspace(lo, hi, 400)
    legs = [k for k in ("spread", "lift") if k in flat]
    wave = np.exp(-1j * np.pi * np.outer(freq, grid))  # once per stride: two steps
    leg_power = np.max([_spectrum(flat[k], wave) for k in legs], axis=0)
    score = leg_power * (0.1 + _spectrum(flat["hip"], wave * wave))
    best = float(freq[np.argmax(score)])
    rhythm = _follow(grid, flat, best, leg_power[np.argmax(score)], settings)
    return replace(rhythm, leg_offset=float(np.median(sig["lift"])))


def _follow(
    grid: FloatArray,
    sig: dict[str, FloatArray],
    step_hz: float,
    explained: float,
    settings: RhythmSettings,
) -> Rhythm:
    """Track hip and leg phase around `step_hz` and cut the clip into chains of steps."""
    width = settings.window_steps / step_hz
    hip = _demodulate(grid, sig["hip"], step_hz, width)
    # the phase of a fall is a quarter of a cycle after the highest point
    phase = np.unwrap(np.angle(hip)) - 0.5 * np.pi
    legs = {k: _demodulate(grid, sig[k], step_hz / 2, 1.5 * width) for k in sig if k != "hip"}
    lead = "spread" if "spread" in legs else "lift"
    active = _active(np.abs(hip), np.abs(legs[lead]), settings)
    active = _bridge(active, int(settings.bridge_steps / step_hz / (grid[1] - grid[0])))
    if not active.any():
        return _NOTHING
    turn = hip * np.conj(legs[lead] ** 2)
    bounce_phase = float(np.degrees(np.angle(np.sum(turn[active]))))
    chains = []
    for a, b in runs(active):
        chain = _chain(grid[a:b], phase[a:b], {k: v[a:b] for k, v in legs.items()}, step_hz)
        if chain is not None:
            chains.append(chain)
    return Rhythm(
        step_hz=step_hz,
        explained=float(np.clip(explained, 0, 1)),
        bounce_phase_deg=bounce_phase,
        bounce=float(2 * np.median(np.abs(hip[active]))),
        leg_swing=float(np.median(np.abs(legs["lift"][active]))),
        chains=tuple(chains),
    )


def _active(hip: FloatArray, legs: FloatArray, settings: RhythmSettings) -> BoolArray:
    """Tell where hip and legs both move nearly as much as in the rest of the clip."""
    size = np.sqrt(hip * legs / max(float(np.quantile(hip, 0.9) * np.quantile(legs, 0.9)), 1e-12))
    return np.asarray(size > settings.min_activity)


def _bridge(active: BoolArray, n_samples: int) -> BoolArray:
    """Close short breaks: legs that were mixed up look still for a moment."""
    out = active.copy()
    for a, b in runs(~active):
        if b - a < n_samples:
            out[a:b] = True
    return out


_LIFT_LAG = 0.22  # steps from the hip's fastest fall to the other foot's highest point


def _chain(
    grid: FloatArray, phase: FloatArray, legs: dict[str, np.ndarray], step_hz: float
) -> Chain | None:
    """Return the steps in one active stretch: the hip's fastest falls, sides by vote."""
    cycles = phase / (2 * np.pi)
    first, last = int(np.ceil(cycles.min())), int(np.floor(cycles.max()))
    if last < first:
        return None
    forward = np.maximum.accumulate(cycles)
    refs = np.interp(np.arange(first, last + 1), forward, grid)
    votes = np.zeros(refs.size)
    for name, z in legs.items():
        unit = np.real(z) / (np.median(np.abs(z)) + 1e-9)
        if name == "spread":
            votes += np.interp(refs, grid, unit)
        else:
            votes -= np.interp(refs + _LIFT_LAG / step_hz, grid, unit)
    alternate = votes * np.where(np.arange(refs.size) % 2, -1, 1)
    total = float(np.sum(alternate))
    first_left = total > 0
    sides: tuple[Side, ...] = tuple(
        "left" if (k % 2 == 0) == first_left else "right" for k in range(refs.size)
    )
    margin = abs(total) / (float(np.sum(np.abs(votes))) + 1e-9)
    return Chain(refs_s=refs, sides=sides, side_margin=margin)
