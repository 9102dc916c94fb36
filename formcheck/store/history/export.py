"""Everything of one person in one archive: tables as JSON and CSV, and the result folders."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final

from formcheck.errors import FormcheckError
from formcheck.store.history import tables
from formcheck.store.history.database import Database
from formcheck.store.history.sessions import ClipRow, SessionRecord, sessions_of

COLUMNS: Final = (
    "session", "date", "clip", "label", "test", "view", "fps", "measure", "side", "value", "unit",
    "ci95_lo", "ci95_hi", "sd", "n", "status", "reason", "edited",
)  # fmt: skip


def export_person(db: Database, person_id: str, *, videos: bool = False) -> bytes:
    """Return a ZIP with all that is kept of a person.

    Parameters
    ----------
    db : Database
    person_id : str
    videos : bool
        With the clips as they were dropped in, which the result folders do not hold.

    Returns
    -------
    bytes
        ``person.json`` (everything in the database), ``measurements.csv`` and
        ``sessions/<date>_<n>/<clip>/...`` (the result folders).

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND if there is no such person.
    """
    sessions = sessions_of(db, person_id)
    block = io.BytesIO()
    with zipfile.ZipFile(block, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(_person(db, person_id, sessions), indent=2))
        archive.writestr("measurements.csv", _csv(sessions))
        for number, session in enumerate(sessions, start=1):
            for clip_number, clip in enumerate(session.clips, start=1):
                where = f"sessions/{session.started_at.date()}_{number}/clip{clip_number}"
                _add_folder(archive, clip.facts.result, f"{where}/result")
                if videos and clip.facts.folder:
                    _add_folder(archive, str(Path(clip.facts.folder) / "video"), f"{where}/video")
    return block.getvalue()


def _person(db: Database, person_id: str, sessions: tuple[SessionRecord, ...]) -> dict[str, Any]:
    with db.begin() as session:
        row = session.get(tables.Person, person_id)
        if row is None:
            code = "FILE_NOT_FOUND"
            what = "there is nobody of this code in the history"
            raise FormcheckError(code, what)
        consents = [
            {"film": c.film, "keep": c.keep, "share": c.share, "given_at": c.given_at.isoformat()}
            for c in row.consents
        ]
        return {
            "code": row.code,
            "created_at": row.created_at.isoformat(),
            "keep_days": row.keep_days,
            "consents": consents,
            "sessions": [_session(s) for s in sessions],
        }


def _session(record: SessionRecord) -> dict[str, Any]:
    return {
        "started_at": record.started_at.isoformat(),
        "purpose": record.purpose,
        "notes": dict(record.notes),
        "symptoms": dict(record.symptoms),
        "clips": [
            {
                "title": c.facts.title,
                "label": c.facts.label,
                "added_at": c.added_at.isoformat(),
                "analysis": c.analysis.model_dump(mode="json"),
            }
            for c in record.clips
        ],
    }


def _csv(sessions: tuple[SessionRecord, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number, session in enumerate(sessions, start=1):
        for clip in session.clips:
            writer.writerows(_rows(number, session, clip))
    return text.getvalue()


def _rows(number: int, session: SessionRecord, clip: ClipRow) -> list[list[object]]:
    a = clip.analysis
    head = [
        number, session.started_at.date().isoformat(), clip.facts.title, clip.facts.label,
        a.protocol.id, a.clip.view, a.clip.fps,
    ]  # fmt: skip
    out: list[list[object]] = []
    for m in a.measurements:
        lo, hi = m.ci95 if m.ci95 is not None else ("", "")
        value, sd = ("" if v is None else v for v in (m.value, m.sd))
        out.append(
            [*head, m.id, m.side, value, m.unit, lo, hi, sd, m.n, m.status, m.reason, len(a.edits)]
        )
    return out


def _add_folder(archive: zipfile.ZipFile, folder: str, where: str) -> None:
    if not folder or not Path(folder).is_dir():
        return
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            archive.write(path, f"{where}/{path.relative_to(folder)}")
