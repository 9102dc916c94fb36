"""Middle and length of the contact from how head and back rise and fall in the pixels.

In flight the body falls freely; in contact the ground's force grows and fades alike in most runners
(:mod:`formcheck.events.force`). The rise and fall is then a sum of waves at multiples of the step
rate whose sizes depend on the contact's share of the step alone: the second against the first says
how long the contact lasts, with no scale needed, and the first one's phase says where its middle
lies.

The channels hold motion from one frame to the next; the waves are fitted to those differences
themselves, so that nothing is integrated and a long frame interval takes nothing away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.data import Channels, FloatArray, PoseSequence
from formcheck.events.force import wave_table
from formcheck.events.rhythm import Rhythm, body_scale
from formcheck.settings.contact import PulseSettings
from formcheck.settings.force import ForceSettings
from formcheck.surface.head_probe import HEAD_DROP, HEAD_POINTS
from formcheck.surface.strip_probe import TORSO_NAME, drop_name, points_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What one part of the body says about the contact of a mean step.

    Attributes
    ----------
    middle_s : float
        Middle of the contact after the step's reference.
    contact_s : float
        Its length.
    middle_sd_s, contact_sd_s : float
        From the noise of the motion and, for the back, from how far its strips differ.
    """

    middle_s: float
    contact_s: float
    middle_sd_s: float
    contact_sd_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Steps:
    """The rhythm by frames (strides, NaN outside), the step time, and the force's shape."""

    phase: FloatArray
    step_s: float
    force: ForceSettings


def read_pulses(
    pose: PoseSequence,
    channels: Channels | None,
    rhythm: Rhythm,
    settings: PulseSettings,
    force: ForceSettings,
) -> dict[str, Pulse]:
    """Return what head and back say; whichever was not seen well enough is missing.

    Parameters
    ----------
    pose : PoseSequence
        Repaired landmarks, for the body's size.
    channels : Channels or None
        Motion in the pixels, on the frames of `pose`.
    rhythm : Rhythm
    settings : PulseSettings
    force : ForceSettings
        The shape that the ground's force is taken to have.
    """
    if channels is None or not rhythm.chains or channels.time_s.size != pose.time_s.size:
        return {}
    phase = stride_phase(channels.time_s, rhythm)
    scale = body_scale(pose)
    steps = _Steps(phase=phase, step_s=1.0 / rhythm.step_hz, force=force)
    out: dict[str, Pulse] = {}
    values = channels.values
    if HEAD_DROP in values:
        rise = -values[HEAD_DROP] / scale
        head = _pulse(channels.time_s, rise, values[HEAD_POINTS], steps, settings)
        if head is not None:
            out["head"] = head
    back = _back(channels.time_s, values, scale, steps, settings)
    if back is not None:
        out["back"] = back
    return out


def stride_phase(time_s: FloatArray, rhythm: Rhythm) -> FloatArray:
    """Return strides since a left reference, shape (T,); NaN outside the chains of steps."""
    phase = np.full(time_s.size, np.nan)
    for chain in rhythm.chains:
        if chain.refs_s.size < 2:
            continue
        count = 0.5 * np.arange(chain.refs_s.size) + (0.0 if chain.sides[0] == "left" else 0.5)
        inside = (time_s >= chain.refs_s[0]) & (time_s <= chain.refs_s[-1])
        phase[inside] = np.interp(time_s[inside], chain.refs_s, count)
    return phase


def _back(
    time_s: FloatArray,
    values: Mapping[str, FloatArray],
    scale: FloatArray,
    steps: _Steps,
    settings: PulseSettings,
) -> Pulse | None:
    """Join the upper strips of the trunk: their median, and how far they lie apart."""
    found = []
    for strip in settings.back_strips:
        if drop_name(strip) not in values:
            continue
        rise = -0.01 * values[drop_name(strip)] * values[TORSO_NAME] / scale
        pulse = _pulse(time_s, rise, values[points_name(strip)], steps, settings)
        if pulse is not None:
            found.append(pulse)
    if len(found) < settings.min_strips:
        return None
    contact, middle = (np.array([getattr(p, k) for p in found]) for k in ("contact_s", "middle_s"))
    own = (np.median([getattr(p, k) for p in found]) for k in ("contact_sd_s", "middle_sd_s"))
    contact_sd, middle_sd = (
        float(np.hypot(sd, _spread(x))) for sd, x in zip(own, (contact, middle), strict=True)
    )
    return Pulse(
        middle_s=float(np.median(middle)),
        contact_s=float(np.median(contact)),
        middle_sd_s=middle_sd,
        contact_sd_s=contact_sd,
    )


def _spread(values: FloatArray) -> float:
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def _pulse(
    time_s: FloatArray,
    rise: FloatArray,
    weight: FloatArray,
    steps: _Steps,
    settings: PulseSettings,
) -> Pulse | None:
    """Read the contact off one part's motion from frame to frame (+ = up)."""
    fit = _waves(time_s, rise, weight, steps.phase, settings)
    if fit is None:
        return None
    first, second, sd = fit
    size = abs(first)
    if not size > settings.min_size_sds * sd:
        return None
    shape = -float(np.real(second / first**2)) * size
    duty, curve, early = wave_table(*settings.duty, 400, steps.force)  # the curve falls
    found = float(np.interp(-shape, -curve, duty))
    slope = float(np.interp(found, duty, np.abs(np.gradient(curve, duty))))
    step_s = steps.step_s
    # where the first wave is lowest the force has its centre, a little before the contact's middle
    lowest = -float(np.angle(-first)) / (2 * np.pi)
    middle = (lowest + float(np.interp(found, duty, early))) * step_s
    return Pulse(
        middle_s=(middle + 0.25 * step_s) % step_s - 0.25 * step_s,
        contact_s=found * step_s,
        middle_sd_s=sd / size / (2 * np.pi) * step_s,
        contact_sd_s=sd / size / slope * step_s,
    )


def _waves(
    time_s: FloatArray,
    rise: FloatArray,
    weight: FloatArray,
    phase: FloatArray,
    settings: PulseSettings,
) -> tuple[complex, complex, float] | None:
    """Return the waves of once and twice a step, as complex sizes, and the error of either."""
    weight = np.nan_to_num(weight[1:])
    seen = np.isfinite(rise[1:]) & np.isfinite(phase[1:]) & np.isfinite(phase[:-1]) & (weight > 0)
    n = settings.n_waves
    if seen.sum() < settings.min_samples * n:
        return None
    start, stop = phase[:-1][seen], phase[1:][seen]
    gap = np.diff(time_s)[seen]
    late = (0.5 * (time_s[1:] + time_s[:-1]))[seen]
    # a drift that itself changes evenly, and what each wave rises within the frame interval
    turn = 2 * np.pi * np.arange(1, n + 1)
    a, b = np.outer(start, turn), np.outer(stop, turn)
    design = np.column_stack(
        [gap, gap * (late - late.mean()), np.cos(b) - np.cos(a), np.sin(b) - np.sin(a)]
    )
    y, root = rise[1:][seen], np.sqrt(weight[seen] / weight[seen].max())
    c, cov = _robust_lines(design, y, root, settings)
    waves = c[2 : 2 + n] - 1j * c[2 + n :]
    # the reference comes once a step: waves 2 and 4 of the stride are 1 and 2 of the step
    sd = float(np.sqrt(0.5 * (cov[5, 5] + cov[5 + n, 5 + n])))
    return complex(waves[1]), complex(waves[3]), sd


def _robust_lines(
    design: FloatArray, y: FloatArray, root: FloatArray, settings: PulseSettings
) -> tuple[FloatArray, FloatArray]:
    """Solve weighted least squares with Huber's weights; return coefficients and covariance."""
    w, spread = root, 0.0
    c = np.zeros(design.shape[1])
    for _ in range(settings.robust_iterations):
        c = np.asarray(np.linalg.lstsq(design * w[:, None], y * w, rcond=None)[0])
        left = np.abs(y - design @ c)
        spread = 1.4826 * float(np.median(left)) + 1e-12
        w = root * np.sqrt(np.clip(settings.huber * spread / np.maximum(left, 1e-12), 0.0, 1.0))
    gram = (design * w[:, None]).T @ (design * w[:, None])
    return c, np.asarray(np.linalg.pinv(gram)) * spread**2
