"""A consult with real result folders, made from synthetic runners: no video, no model."""

import dataclasses
import functools
import tempfile
from pathlib import Path

from formcheck.pipeline.measure import measure
from formcheck.pipeline.observe import context_of
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store import OtherPerson, history, save_landmarks, write_analysis
from formcheck.store.history import ConsentRecord
from formcheck.ui.workspace import ClipEntry, Workspace, new_workspace
from tests.synthetic import Camera, Spoil, running_pose, squat_pose
from tests.unit.pipeline.test_measure import observed

KEY = "a" * 32
_MADE = {}


def add_clip(space: Workspace, name, pose, *, others=()):
    """Put an analysed clip into a session; return its entry."""
    number = len(space.clips()) + 1
    clip_id = f"{number:016x}"
    path = space.folder / clip_id / "video" / name
    result = space.out_dir(clip_id, KEY) / path.stem
    result.mkdir(parents=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not decoded here")
    for file, content in _files(pose, others).items():
        (result / file).write_bytes(content)
    entry = ClipEntry(
        id=clip_id, name=name, video=str(path), sha256="0" * 64, size_bytes=16,
        added_s=1.0 + number, options_json=AnalyzeOptions().model_dump_json(), job=KEY,
    )  # fmt: skip
    return space._save(entry)


def _files(pose, others):
    """What an analysis of these landmarks writes; measured once per pose."""
    key = (id(pose), *(id(o) for o in others))
    if key not in _MADE:
        options = AnalyzeOptions()
        seen = dataclasses.replace(observed(pose), others=others)
        run = measure(seen, options, Settings())
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            context = context_of(seen, options)
            save_landmarks(folder / "landmarks.npz", seen.clip, pose, seen.channels, context)
            write_analysis(run.analysis, folder)
            files = {p.name: p.read_bytes() for p in folder.iterdir()}
        _MADE[key] = (pose, others, files)  # the objects too, so that no id is used again
    return _MADE[key][2]


@functools.cache
def side_run(**more):
    values = {"fps": 60.0, "duration_s": 6.0, "spoil": Spoil(noise_px=1.0)}
    pose, _ = running_pose(camera=Camera(view="side"), **(values | more))
    return pose


@functools.cache
def squats(stance="left"):
    return squat_pose(stance=stance, fps=30.0)[0]


@functools.cache
def other_person():
    pose = side_run(cadence_spm=150)
    return OtherPerson(pose=pose, channels=observed(pose).channels)


def begin(root, code="K-0427", purpose="right knee", consent=None, keep_days=30):
    """Open a consult on disk; return its workspace and session key."""
    db = history.open_database(root)
    person = history.add_person(db, code, keep_days)
    agreed = consent or ConsentRecord(film=True, keep=True, share=True)
    history.give_consent(db, person.id, film=True, keep=agreed.keep, share=agreed.share)
    space = new_workspace(root)
    session = history.open_session(db, person.id, purpose, folder=str(space.folder))
    db.close()
    return space, session
