"""Learned readings at contacts: a linear function of the leg's signals around each contact."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.data import FloatArray, Samples, Trial
from formcheck.fitted.leg_angles import LearnedReading, ReadingKind, ReadingSpec
from formcheck.kinematics.legs import Signals, leg_signals
from formcheck.sampling import Contact, contacts, near_sides
from formcheck.signals.geometry import near_side

MIN_COMPARED = 4
_PROTOCOLS: dict[str, ReadingKind] = {
    "treadmill_run": "run",
    "hallway_run": "run",
    "hop_landing": "landing",
}


def kind_of(trial: Trial) -> ReadingKind | None:
    """Return which readings fit a trial, None if none was learned for its kind of contact."""
    kind = _PROTOCOLS.get(trial.protocol_id)
    if near_side(trial.scene) is None or (kind == "run") != bool(trial.steps):
        return None
    return kind


def find_reading(trial: Trial, name: str) -> LearnedReading | None:
    """Return the learned reading `name` for this trial's contacts, None if there is none."""
    kind = kind_of(trial) if trial.given.learned_angles else None
    return None if kind is None else trial.given.fitted.leg_angles.readings.get(f"{kind}.{name}")


def inputs(
    trial: Trial, found: Sequence[Contact], spec: ReadingSpec, *, shift_s: float = 0.0
) -> FloatArray:
    """Return what a reading looks at, one row per contact.

    Parameters
    ----------
    trial : Trial
    found : sequence of Contact
        Of the near leg.
    spec : ReadingSpec
    shift_s : float
        Contacts are taken this much later.

    Returns
    -------
    ndarray of float, shape (N, moments x signals)
        NaN where the leg was not seen at a moment, or where the end of a contact that `spec` needs
        is not known.
    """
    n = (len(spec.lags_s) + len(spec.shares)) * len(spec.signals)
    rows = np.full((len(found), n), np.nan)
    signals = {side: leg_signals(trial, side) for side in {c.side for c in found}}
    for row, c in zip(rows, found, strict=True):
        moments_s = _moments_s(c, spec) + shift_s
        row[:] = _read(trial, signals[c.side], spec.signals, moments_s).ravel()
    return rows


def _moments_s(contact: Contact, spec: ReadingSpec) -> FloatArray:
    length = np.nan if contact.end_s is None else contact.end_s - contact.strike_s
    after = np.array([*spec.lags_s, *(length * share for share in spec.shares)])
    return np.asarray(contact.strike_s + after)


def _read(
    trial: Trial, signals: Signals, names: tuple[str, ...], moments_s: FloatArray
) -> FloatArray:
    """Return signals at moments, shape (M, K): linear between frames, short gaps bridged."""
    out = np.full((moments_s.size, len(names)), np.nan)
    for k, name in enumerate(names):
        seen = np.isfinite(signals[name])
        at_s = trial.raw.time_s[seen]
        if at_s.size < 2 or not np.isfinite(moments_s).all():
            continue
        away_s = np.abs(moments_s[:, None] - at_s).min(axis=1)
        value = np.interp(moments_s, at_s, signals[name][seen])
        out[:, k] = np.where(away_s <= trial.given.measures.reading_gap_s, value, np.nan)
    return out


def typical(rows: FloatArray, unlike: float) -> FloatArray:
    """Return inputs with NaN for contacts unlike this clip's others: points elsewhere, a wrong leg.

    Parameters
    ----------
    rows : ndarray of float, shape (N, K)
        As of :func:`inputs`; fewer than four contacts cannot be compared.
    unlike : float
        How far an input may lie from the median of the clip's.
    """
    seen = np.isfinite(rows).all(axis=1)
    if seen.sum() < MIN_COMPARED:
        return rows
    away = np.abs(rows - np.median(rows[seen], axis=0)).max(axis=1)
    return np.where((away <= unlike)[:, None], rows, np.nan)


def apply(learned: LearnedReading, rows: FloatArray) -> FloatArray:
    """Return the readings of inputs, shape (N,); NaN where an input is."""
    inside = np.clip(rows, learned.low, learned.high)
    return np.asarray(learned.intercept + inside @ np.array(learned.weights))


def read_contacts(trial: Trial, name: str, found: Sequence[Contact]) -> FloatArray | None:
    """Read `name` at contacts of the near leg.

    Parameters
    ----------
    trial : Trial
    name : str
        Of the reading, without its kind.
    found : sequence of Contact

    Returns
    -------
    ndarray of float, shape (N,), or None
        None where nothing was learned for this kind of trial, or too few contacts can be read.
    """
    learned = find_reading(trial, name)
    if learned is None or not found:
        return None
    config = trial.given.measures
    values = apply(learned, typical(inputs(trial, found, learned.spec), config.reading_unlike))
    return values if np.isfinite(values).mean() >= config.reading_min_share else None


def with_reading(
    trial: Trial, name: str, plain: Samples, found: Sequence[Contact] | None = None
) -> Samples:
    """Return `plain` with its values replaced by the learned reading, where there is one.

    Parameters
    ----------
    trial : Trial
    name : str
    plain : Samples
        One value per contact of `found`, in order.
    found : sequence of Contact, optional
        All contacts of the near leg when left out.

    Returns
    -------
    Samples
        ``event_sd`` is |change of the reading per second| times the contact's time error. Where
        nothing was learned for this kind of trial, `plain` with the error that plain readings of
        runs have as ``clip_sd``: the method's own error is that of the learned reading.
    """
    found = contacts(trial, near_sides(trial)) if found is None else found
    learned = find_reading(trial, name)
    values = read_contacts(trial, name, found) if len(found) == len(plain.sides) else None
    if learned is None or values is None:
        return replace(plain, clip_sd=_plain_sd(trial, name))
    h = trial.given.measures.slope_half_s
    later, earlier = (
        apply(learned, inputs(trial, found, learned.spec, shift_s=shift)) for shift in (h, -h)
    )
    slope = np.nan_to_num(np.abs(later - earlier) / (2 * h))
    sd = np.where(np.isfinite(values), slope * np.array([c.sd_s for c in found]), 0.0)
    return replace(plain, values=values, event_sd=sd)


def scaled(samples: Samples, factor: float) -> Samples:
    """Return samples in another unit: values and their errors times `factor`."""
    return replace(
        samples,
        values=factor * samples.values,
        event_sd=None if samples.event_sd is None else factor * samples.event_sd,
        clip_sd=factor * samples.clip_sd,
    )


def _plain_sd(trial: Trial, name: str) -> float:
    learned = trial.given.fitted.leg_angles.readings.get(f"run.{name}")
    return 0.0 if learned is None else learned.plain_rmse
