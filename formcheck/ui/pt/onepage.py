"""The session on one page: report data from all its clips, and the three lines for the record."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from formcheck.assess.change import compare_analyses
from formcheck.errors import FormcheckError
from formcheck.registry import MEASURES
from formcheck.render.wording import label_of
from formcheck.report.base import EXPORTS, Paper, Plan, ReportClip, ReportData
from formcheck.results import Analysis, Measurement
from formcheck.store import history
from formcheck.ui.pt import consult, work
from formcheck.ui.pt.consult import VIEW_TITLE, Consult, Shown
from formcheck.ui.reading import shown
from formcheck.ui.records import database
from formcheck.ui.text import protocol_title
from formcheck.ui.together import disagreements
from formcheck.ui.workspace import Workspace

SINCE_LINES = 3


def folder_of(space: Workspace) -> Path:
    """Return where a session's report lies: inside the session, so that it is deleted with it."""
    return space.folder / "report"


def write(
    open_now: Consult, clips: tuple[Shown, ...], *, paper: Paper, signed_by: str
) -> tuple[Path, ...]:
    """Write the session's report as PDF and web page; return the files."""
    if not clips:
        return ()
    clips = _with_fresh_pictures(clips)
    parts = [_part(c) for c in ordered(clips)]
    notes = open_now.session.notes
    codes = tuple(c for c in notes.get("findings", "").split(",") if c)
    data = ReportData(
        analysis=parts[0].analysis,
        folder=parts[0].folder,
        trial=parts[0].trial,
        more=tuple(parts[1:]),
        audience="pt",
        paper=paper,
        findings=codes or None,
        plan=plan_of(notes),
        since=since(open_now, clips),
        code=open_now.who,
        date=open_now.session.started_at.astimezone().date().isoformat(),
        signed_by=signed_by,
    )
    folder = Path(open_now.session.folder) / "report"
    folder.mkdir(parents=True, exist_ok=True)
    return (*EXPORTS["pdf"].write(data, folder), *EXPORTS["html"].write(data, folder))


def _with_fresh_pictures(clips: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Draw those clips anew whose pictures show values from before an edit."""
    stale = [o for c in clips if work.is_stale(c) and (o := work.opened(c)) and o.has_video]
    for opened in stale:
        with contextlib.suppress(FormcheckError):  # the captions then say how old they are
            work.redraw(opened)
    return consult.shown_clips() if stale else clips


def ordered(clips: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Return the clips, those of a run seen from behind first: they lead the page."""
    order = ("rear", "side", "front")
    return tuple(sorted(clips, key=lambda c: order.index(c.analysis.clip.view)))


def _part(clip: Shown) -> ReportClip:
    opened = work.opened(clip)
    trial = None if opened is None else opened.now.trial
    return ReportClip(analysis=clip.analysis, folder=clip.folder, trial=trial)


def plan_of(notes: Mapping[str, str]) -> Plan | None:
    """Return the plan that the notes hold, None if nothing was written."""
    kinds = ("cue", "drill", "dose", "recheck", "note")
    given = {k: notes[k] for k in kinds if notes.get(k)}
    return Plan(**given) if given else None


def since(open_now: Consult, clips: tuple[Shown, ...]) -> tuple[str, ...]:
    """Return what changed since the person's last session with the same test and view."""
    earlier = [
        s
        for s in history.sessions_of(database(), open_now.person.id)
        if s.started_at < open_now.session.started_at and s.clips
    ]
    for session in reversed(earlier):
        lines = [
            f"{session.started_at.astimezone().date().isoformat()}: {line}"
            for clip in clips
            for row in session.clips
            if _same_test(row.analysis, clip.analysis)
            for line in _lines(row.analysis, clip.analysis)
        ]
        if lines:
            return tuple(lines[:SINCE_LINES])
    return ()


def _same_test(a: Analysis, b: Analysis) -> bool:
    return (a.protocol.id, a.clip.view) == (b.protocol.id, b.clip.view)


def _lines(earlier: Analysis, later: Analysis) -> list[str]:
    try:
        rows = compare_analyses(earlier, later).rows
    except FormcheckError:
        return []
    return [r.line() for r in rows if r.id in MEASURES and MEASURES[r.id].core]


def summary(open_now: Consult, clips: tuple[Shown, ...]) -> tuple[str, str, str]:
    """Return three lines for the record: what was filmed, what was measured, what comes next."""
    date = open_now.session.started_at.astimezone().date().isoformat()
    tests = "; ".join(
        dict.fromkeys(
            f"{protocol_title(c.analysis.protocol.id)} {VIEW_TITLE[c.analysis.clip.view].lower()}"
            for c in ordered(clips)
        )
    )
    first = f"{date}, {open_now.who}: {tests}; {len(clips)} clip{'s' if len(clips) > 1 else ''}."
    values = [f"{label_of(m.id, m.side)} {shown(m)}" for m in _sure(clips)]
    second = f"{'; '.join(values)}." if values else "No main measure was sure enough to name."
    second += "".join(f" {w}" for w in disagreements([c.analysis for c in ordered(clips)]))
    edits = sum(len(c.analysis.edits) for c in clips)
    second += f" {edits} edit{'s' if edits > 1 else ''} by hand." if edits else ""
    plan = open_now.session.notes
    words = [
        f"{label}: {plan[kind]}"
        for kind, label in (("cue", "Cue"), ("drill", "Drill"), ("dose", "Dose"),
                            ("recheck", "Recheck"))
        if plan.get(kind)
    ]  # fmt: skip
    third = f"{'; '.join(words)}." if words else "No plan noted yet."
    return first, second, f"{third} Video estimates with 95 % intervals; describes movement only."


def _sure(clips: tuple[Shown, ...]) -> list[Measurement]:
    """Return the sure values of the main measures, one per side, the leading clip's first."""
    found: dict[tuple[str, str], Measurement] = {}
    for clip in ordered(clips):
        for m in clip.analysis.measurements:
            if m.status == "ok" and m.id in MEASURES and MEASURES[m.id].core:
                found.setdefault((m.id, m.side), m)
    return list(found.values())
