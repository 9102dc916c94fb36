"""Learns the tables of :mod:`formcheck.fitted` anew: the one place that tells the order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from formcheck.fitted import Fitted, Table
from formcheck.fitted.differences import DifferenceErrors
from formcheck.keypoints import View
from formcheck.progress import OnProgress, silent
from formcheck.validation.fit.clips import FitClips, header_of
from formcheck.validation.fit.contact_times import fit_contact_times
from formcheck.validation.fit.corrections import fit_corrections
from formcheck.validation.fit.differences import fit_differences, pairs_of
from formcheck.validation.fit.leg_angles import fit_leg_angles
from formcheck.validation.fit.method_errors import fit_rows
from formcheck.validation.fit.strip_loadings import fit_strip_loadings, load_prior, phases_of
from formcheck.validation.run import measure_clips
from formcheck.validation.truth import RUNS, read_truth

Tables = dict[str, Table]
Step = Callable[[FitClips, Fitted], Tables]
SHOWN: Final = 12
"""Changes of one table that are told one by one."""


def _contact_times(clips: FitClips, fitted: Fitted) -> Tables:
    pairs = [(t, run) for t, run in clips.pairs(fitted) if t.protocol in RUNS]
    return {"contact_times": fit_contact_times(pairs, fitted.contact_times, header_of(pairs))}


def _strip_loadings(clips: FitClips, fitted: Fitted) -> Tables:
    files = {read_truth(path).name: path for path in clips.files}
    rear = [
        (truth, run)
        for truth, run in clips.pairs(fitted)
        if truth.view == View.REAR and truth.protocol == "treadmill_run"
    ]
    old = fitted.strip_loadings
    found = [(p, phases_of(p[1].observed, files[p[0].name], old)) for p in rear]
    taught = [(pair, phases) for pair, phases in found if phases is not None]
    header = header_of([pair for pair, _ in taught])
    return {"strip_loadings": fit_strip_loadings([x for _, x in taught], old, load_prior(), header)}


def _corrections(clips: FitClips, fitted: Fitted) -> Tables:
    pairs = clips.pairs(fitted)
    return {"corrections": fit_corrections(pairs, fitted.corrections, header_of(pairs))}


def _leg_angles(clips: FitClips, fitted: Fitted) -> Tables:
    pairs = clips.pairs(fitted)
    old = (fitted.leg_angles, fitted.left_out)
    table, left_out = fit_leg_angles(pairs, old, header_of(pairs))
    return {"leg_angles": table, "left_out": left_out}


def _method_errors(clips: FitClips, fitted: Fitted) -> Tables:
    # a clip's own person took no part in the angles whose error is learned here
    done = measure_clips(
        clips.files,
        model="full",
        workers=0,
        cache=clips.cache,
        on_progress=silent,
        fitted=lambda truth: fitted.without(str(truth.spec["body"])),
    )
    header = header_of(clips.pairs(fitted))
    return {"method_errors": fit_rows(done.rows, fitted.errors, header)}


def _differences(clips: FitClips, fitted: Fitted) -> Tables:
    entries = fit_differences(pairs_of(clips.files, clips.cache, fitted))
    header = header_of(clips.pairs(fitted))
    return {"differences": DifferenceErrors(header=header, entries=entries)}


STEPS: Final[Mapping[str, Step]] = {
    "contact_times": _contact_times,
    "strip_loadings": _strip_loadings,
    "corrections": _corrections,
    "leg_angles": _leg_angles,
    "method_errors": _method_errors,
    "differences": _differences,
}
"""In order: each is learned on what those before it give; the method errors are what is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitted:
    """What a step gave.

    Attributes
    ----------
    old, new : Table
        The same object where there was too little to learn from.
    """

    step: str
    old: Table
    new: Table


def refit(
    clips: FitClips, fitted: Fitted, only: str | None = None, on_progress: OnProgress = silent
) -> Iterator[Refitted]:
    """Learn the tables anew, each with the new ones before it.

    Parameters
    ----------
    clips : FitClips
    fitted : Fitted
        The tables to begin with.
    only : str, optional
        Name of one step of `STEPS`.
    """
    names = list(STEPS) if only is None else [only]
    for k, name in enumerate(names):
        on_progress(name, k, len(names))
        found = STEPS[name](clips, fitted)
        pairs = {key: (getattr(fitted, key), table) for key, table in found.items()}
        learned = {k: new for k, (old, new) in pairs.items() if _body(old) != _body(new)}
        if learned:
            fitted = fitted.changed(**learned)
        for key, (old, _) in pairs.items():
            yield Refitted(step=name, old=old, new=learned.get(key, old))


def write(found: Refitted, folder: Path) -> Path | None:
    """Write a table that was learned anew; None where the old one stands."""
    return None if found.new is found.old else found.new.write(folder)


def told(found: Refitted) -> str:
    """Return old against new, a line a number."""
    if found.new is found.old:
        return f"{found.old.FILE}: as it was"
    old, new = (dict(_leaves(_body(t))) for t in (found.old, found.new))
    differ = [k for k in dict.fromkeys((*old, *new)) if old.get(k) != new.get(k)]
    lines = [f"{found.new.FILE}: {len(differ)} of {len(new)} entries differ"]
    lines += [f"  {k}: {old.get(k, '-')} -> {new.get(k, '-')}" for k in differ[:SHOWN]]
    if len(differ) > SHOWN:
        lines.append(f"  and {len(differ) - SHOWN} more")
    return "\n".join(lines)


def _body(table: Table) -> dict[str, Any]:
    return table.model_dump(mode="json", exclude={"header"})


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (JSON)
    """Yield the path of every single value; what is dated differs anyway and is left out."""
    if isinstance(value, dict):
        key = "/".join(str(value[k]) for k in ("measure", "view", "fps_class") if k in value)
        for name, part in value.items():
            if name not in ("date", "measure", "view", "fps_class"):
                yield from _leaves(part, f"{path}{f'[{key}]' if key else ''}.{name}")
    elif isinstance(value, list):
        for i, part in enumerate(value):
            keyed = isinstance(part, dict) and "measure" in part
            yield from _leaves(part, path if keyed else f"{path}[{i}]")
    else:
        yield path.removeprefix("."), value
