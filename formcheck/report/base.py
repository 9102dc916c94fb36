"""What every export is given, and the registry of exports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from formcheck.data import Trial
from formcheck.registry import Registry
from formcheck.results import Analysis
from formcheck.settings.render import RenderSettings

Audience = Literal["runner", "pt"]
Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the physiotherapist adds in their own words; empty lines are left to be filled by hand.

    Attributes
    ----------
    cue, drill, dose, recheck, note : str
    """

    cue: str = ""
    drill: str = ""
    dose: str = ""
    recheck: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditNote:
    """One correction made by hand.

    Attributes
    ----------
    when : str
    what : str
        For example ``Step 7 (right) excluded``.
    effect : str
        What it did to the values, for example ``Pelvic drop, right stance: 7 to 6 deg``.
    """

    when: str
    what: str
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClip:
    """One more clip of the same session.

    Attributes
    ----------
    folder : Path
        The clip's result folder; the paths in `analysis` are relative to it.
    """

    analysis: Analysis
    folder: Path
    trial: Trial | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """One session's result and how it is to be told.

    Attributes
    ----------
    folder : Path
        The clip's result folder: pictures are read from it, paths in `analysis` are relative to it.
    trial : Trial or None
        For curves and motion exports; tables and pictures do without.
    more : tuple of ReportClip
        Further clips of the session (other view, other leg); each measure is taken from the clip
        that carries it best.
    audience : {"runner", "pt"}
        Plain words, or a physiotherapist's one-page summary.
    headline : str
        The sentence on top; made from the findings when empty.
    findings : tuple of str or None
        Codes of the findings to show, in this order (at most two are shown); None: the
        assessment's own choice.
    plan : Plan or None
        The physiotherapist's words; None: the assessment's cue and drill, the rest to fill in.
    edits : tuple of EditNote
        Corrections by hand, oldest first; those that the results contain when left out.
    since : tuple of str
        What changed since an earlier session, judged against the measurement error.
    code, date, signed_by : str
        Filled into the head of the report; left blank to be filled in by hand.
    clip_file : str
        Name of the annotated clip beside the report, empty if there is none.
    """

    analysis: Analysis
    folder: Path
    trial: Trial | None = None
    more: tuple[ReportClip, ...] = ()
    audience: Audience = "runner"
    paper: Paper = "a4"
    headline: str = ""
    findings: tuple[str, ...] | None = None
    plan: Plan | None = None
    edits: tuple[EditNote, ...] = ()
    since: tuple[str, ...] = ()
    code: str = ""
    date: str = ""
    signed_by: str = ""
    clip_file: str = ""
    settings: RenderSettings = field(default_factory=RenderSettings)

    @property
    def clips(self) -> tuple[ReportClip, ...]:
        """All clips of the session, the leading one first."""
        first = ReportClip(analysis=self.analysis, folder=self.folder, trial=self.trial)
        return (first, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file format that results can be written to.

    Attributes
    ----------
    write : callable
        Writes into a folder and returns the files written; none if there is nothing to write.
    needs_trial : bool
        True if landmarks are needed, not only the analysis.
    """

    key: str
    title: str
    write: Callable[[ReportData, Path], tuple[Path, ...]]
    needs_trial: bool = False


EXPORTS: Registry[Export] = Registry("export", "formcheck.report")


def export(
    key: str, title: str, *, needs_trial: bool = False
) -> Callable[
    [Callable[[ReportData, Path], tuple[Path, ...]]],
    Callable[[ReportData, Path], tuple[Path, ...]],
]:
    """Register the decorated writer as an export (see :class:`Export`)."""

    def register(
        write: Callable[[ReportData, Path], tuple[Path, ...]],
    ) -> Callable[[ReportData, Path], tuple[Path, ...]]:
        EXPORTS.add(key, Export(key=key, title=title, write=write, needs_trial=needs_trial))
        return write

    return register


def need_trial(data: ReportData) -> Trial:
    """Return the trial, or say that this export cannot be made without it.

    Raises
    ------
    ValueError
        If the data holds no trial.
    """
    if data.trial is None:
        msg = "this export needs ReportData.trial: give the landmarks of the clip"
        raise ValueError(msg)
    return data.trial
