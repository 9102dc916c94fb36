"""Results for the history's tests."""

from datetime import UTC, datetime

from formcheck.results import EditRecord
from formcheck.store.history import ClipFacts
from tests.app import recorded


def analysis(drop=9.0, view="rear", edited=False):
    made = recorded.analysis(view)
    values = tuple(
        m.model_copy(update={"value": drop, "ci95": (drop - 3, drop + 3)})
        if (m.id, m.side) == ("pelvic_drop", "right")
        else m
        for m in made.measurements
    )
    edit = EditRecord(
        id="e1", made_at=datetime(2026, 11, 1, tzinfo=UTC), what="Step 3 left out",
        before="counted", after="left out",
    )  # fmt: skip
    return made.model_copy(update={"measurements": values, "edits": (edit,) if edited else ()})


def clip_on_disk(root, key, secret=b"", token="t" * 22):
    """Make what the app keeps of a clip; return where it lies."""
    folder = root / "sessions" / token / key
    result = folder / "results" / "a" / "clip"
    for path in (folder / "video" / "clip.mp4", result / "frames" / "01.png", folder / "clip.json"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"data " + secret)
    recorded.write_result(result)
    return ClipFacts(key=key, title="from behind", folder=str(folder), result=str(result))
