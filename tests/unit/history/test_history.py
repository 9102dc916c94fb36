"""What goes into the history comes out of it, on SQLite and on PostgreSQL."""

import io
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.assess.trend import trends
from formcheck.errors import FormcheckError
from formcheck.store import history
from formcheck.store.history.sessions import find_session
from formcheck.store.history.tables import Base
from tests.unit.history.builders import analysis, clip_on_disk


def test_the_migrations_make_the_tables_that_the_program_reads(db):
    with db.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert found == []


def test_opening_again_changes_nothing(sqlite, tmp_path):
    history.add_person(sqlite, "K-12")
    again = history.open_database(tmp_path / "data")
    assert [p.code for p in history.people(again)] == ["K-12"]
    again.close()


def test_the_file_is_private(sqlite, tmp_path):
    if os.name == "posix":
        assert ((tmp_path / "data").stat().st_mode & 0o077) == 0
    assert sqlite.place.endswith("history.db")


@pytest.mark.parametrize("code", ["K-0427", "p12", "me", "ME", " A7 ", "AB-12-C", "3"])
def test_codes(code):
    assert history.check_code(code) in {"K-0427", "P12", "me", "A7", "AB-12-C", "3"}


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("Anna", "name"), ("Anna Smith", "name"), ("smith7", "name"), ("J. Doe 7", "name"),
        ("a.b@c.de", "e-mail"), ("1987-05-12", "date"), ("19870512", "date"), ("12-05-87", "date"),
        ("0049151234567", "number"), ("", "needed"), ("Zoë7", "letters"), ("Jo", "digit"),
        ("K-1-2-3-4-5-6-7", "12 characters"), ("K/7", "letters"),
    ],
)  # fmt: skip
def test_what_may_be_a_name_is_refused_with_the_reason(code, word):
    with pytest.raises(FormcheckError) as caught:
        history.check_code(code)
    assert word in caught.value.what
    assert "K-0427" in caught.value.hint


@given(st.text(alphabet=st.characters(whitelist_categories=["L"]), min_size=1))
def test_no_word_passes_for_a_code(word):
    if word.casefold() != "me":
        with pytest.raises(FormcheckError):
            history.check_code(word)


def test_a_person_is_made_once(db):
    one = history.add_person(db, "k-12", keep_days=30)
    assert history.add_person(db, " K-12") == one
    assert one.keep_days == 30
    history.set_keep_days(db, one.id, None)
    assert history.find_person(db, one.id).keep_days is None
    with pytest.raises(FormcheckError):
        history.set_keep_days(db, one.id, 0)


def test_the_newest_consent_counts(db):
    person = history.add_person(db, "K-12")
    assert not history.consent_of(db, person.id).film
    history.give_consent(db, person.id, film=True, keep=True, share=True)
    history.give_consent(db, person.id, film=True, keep=False, share=False)
    last = history.consent_of(db, person.id)
    assert (last.film, last.keep, last.share) == (True, False, False)
    assert last.given_at.tzinfo is not None


def filled(db, folder, secret=b""):
    person = history.add_person(db, "K-12", keep_days=7)
    history.give_consent(db, person.id, film=True, keep=True, share=False)
    started = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    session = history.open_session(db, person.id, "knee, running", started_at=started)
    facts = clip_on_disk(folder, "0" * 16, secret)
    history.record_clip(db, session, analysis(edited=True), facts)
    history.write_note(db, session, "note", f"pain 3/10 {secret.decode()}")
    history.write_note(db, session, "cue", "stand tall")
    history.add_symptoms(db, session, {"leak_urine": "no", "heaviness": "yes"})
    return person, session


def test_a_session_comes_back_whole(db, tmp_path):
    person, session = filled(db, tmp_path / "data")
    (kept,) = history.sessions_of(db, person.id)
    assert kept == find_session(db, session)
    assert kept.purpose == "knee, running"
    assert kept.started_at == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    assert kept.notes == {"note": "pain 3/10", "cue": "stand tall"}
    assert kept.symptoms == {"leak_urine": "no", "heaviness": "yes"}
    (clip,) = kept.clips
    sent = analysis(edited=True)
    strip = {"per_step": (), "times_s": (), "components": {}, "asymmetry": None}
    assert clip.analysis.measurements == tuple(
        m.model_copy(update=strip) for m in sent.measurements
    )
    assert clip.analysis.edits == sent.edits
    assert clip.analysis.clip.path == "clip"


def test_a_clip_recorded_again_is_one_row(db, tmp_path):
    person, session = filled(db, tmp_path / "data")
    facts = history.sessions_of(db, person.id)[0].clips[0].facts
    history.record_clip(db, session, analysis(drop=4.0), facts)
    history.label_clip(db, session, facts.key, "before")
    (clip,) = history.sessions_of(db, person.id)[0].clips
    assert clip.analysis.find("pelvic_drop", "right").value == 4.0
    assert clip.analysis.edits == ()
    assert clip.facts.label == "before"


def test_an_empty_note_removes_it(db, tmp_path):
    _, session = filled(db, tmp_path / "data")
    history.write_note(db, session, "cue", "  ")
    assert set(history.notes_of(db, session)) == {"note"}


def test_everything_of_a_person_is_exported(db, tmp_path):
    person, _ = filled(db, tmp_path / "data", b"here")
    block = io.BytesIO(history.export_person(db, person.id, videos=True))
    with zipfile.ZipFile(block) as archive:
        names = archive.namelist()
        record = json.loads(archive.read("person.json"))
        rows = archive.read("measurements.csv").decode().splitlines()
    assert record["code"] == "K-12"
    assert record["consents"][0]["film"] is True
    assert record["sessions"][0]["notes"]["cue"] == "stand tall"
    assert record["sessions"][0]["clips"][0]["analysis"]["edits"][0]["what"] == "Step 3 left out"
    assert len(rows) == 1 + len(analysis().measurements)
    assert any(n.endswith("result/analysis.json") for n in names)
    assert any(n.endswith("video/clip.mp4") for n in names)
    with zipfile.ZipFile(io.BytesIO(history.export_person(db, person.id))) as archive:
        assert not any(n.endswith(".mp4") for n in archive.namelist())


def bytes_left(folder, secret):
    """Return the files below a folder that still hold a secret, by looking at every byte."""
    found = subprocess.run(
        ["grep", "-rlaF", secret.decode(), str(folder)], capture_output=True, check=False
    )
    return found.stdout.decode().split()


def test_deleting_a_person_leaves_no_byte_on_disk(sqlite, tmp_path):
    data, secret = tmp_path / "data", b"VerySecretSentence"
    other = history.add_person(sqlite, "P99")
    person, _ = filled(sqlite, data, secret)
    assert len(bytes_left(data, secret)) > 1
    done = history.erase_person(sqlite, person.id, data)
    assert done.sessions == done.clips == 1
    assert done.files > 3
    for word in (secret, b"K-12", b"knee, running", b"leak_urine", b"Step 3 left out"):
        assert bytes_left(data, word) == []
    assert [p.id for p in history.people(sqlite)] == [other.id]
    assert sorted(p.name for p in data.iterdir()) == ["history.db"]


def test_deleting_a_person_leaves_no_row(db, tmp_path):
    from sqlalchemy import func, select

    person, _ = filled(db, tmp_path / "data")
    history.erase_person(db, person.id, tmp_path / "data")
    with db.begin() as session:
        for table in Base.metadata.sorted_tables:
            assert session.scalar(select(func.count()).select_from(table)) == 0, table.name


PEOPLE = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=4)


@settings(max_examples=8, deadline=None)
@given(PEOPLE)
def test_deleting_some_leaves_the_others_untouched(tmp_path_factory, plan):
    """Model: a dictionary from code to number of sessions."""
    data = tmp_path_factory.mktemp("many")
    db = history.open_database(data)
    kept = {}
    for k, (n_sessions, erase) in enumerate(plan):
        person = history.add_person(db, f"P{k}")
        for i in range(n_sessions):
            session = history.open_session(db, person.id)
            key = f"{k:08d}{i:08d}"
            facts = clip_on_disk(data, key, f"secret-{k}-{i}.".encode())
            history.record_clip(db, session, analysis(), facts)
        if erase:
            history.erase_person(db, person.id, data)
        else:
            kept[person.code] = n_sessions
    assert {p.code: p.n_sessions for p in history.people(db)} == kept
    for k, (n_sessions, erase) in enumerate(plan):
        for i in range(n_sessions):
            assert bool(bytes_left(data, f"secret-{k}-{i}.".encode())) is not erase
    db.close()


def test_files_outside_the_data_folder_are_not_deleted(sqlite, tmp_path):
    person = history.add_person(sqlite, "K-12")
    session = history.open_session(sqlite, person.id)
    elsewhere = clip_on_disk(tmp_path / "elsewhere", "1" * 16)
    history.record_clip(sqlite, session, analysis(), elsewhere)
    with pytest.raises(FormcheckError) as caught:
        history.erase_person(sqlite, person.id, tmp_path / "data")
    assert caught.value.code == "OUTPUT_NOT_WRITABLE"
    assert history.find_person(sqlite, person.id) is not None
    assert (tmp_path / "elsewhere" / "sessions").exists()


def test_the_timer_says_when_and_deletes_then(db, tmp_path):
    data = tmp_path / "data"
    person, _ = filled(db, data)
    (item,) = history.due(db)
    assert item.delete_at == datetime(2026, 11, 8, 9, 30, tzinfo=UTC)
    assert item.size_bytes > 0
    assert item.n_clips == 1
    early, late = item.delete_at - timedelta(seconds=1), item.delete_at
    assert history.apply_retention(db, data, early) == ()
    assert history.apply_retention(db, data, late) == (item,)
    assert not (data / "sessions").exists()
    (session,) = history.sessions_of(db, person.id)
    assert session.clips[0].analysis.find("pelvic_drop", "right").value == 9.0
    assert session.clips[0].facts.folder == ""
    assert history.due(db) == ()


def test_who_did_not_agree_to_keeping_is_forgotten_with_the_files(db, tmp_path):
    data = tmp_path / "data"
    person, _ = filled(db, data)
    history.give_consent(db, person.id, film=True, keep=False, share=False)
    history.apply_retention(db, data, datetime(2027, 1, 1, tzinfo=UTC))
    assert history.sessions_of(db, person.id) == ()
    assert not (data / "sessions").exists()


def test_clips_that_were_never_analysed_go_with_their_session(db, tmp_path):
    data = tmp_path / "data"
    folder = data / "sessions" / ("u" * 22)
    person = history.add_person(db, "K-12", keep_days=3)
    session = history.open_session(db, person.id, folder=str(folder))
    (folder / "abc" / "video").mkdir(parents=True)
    (folder / "abc" / "video" / "clip.mp4").write_bytes(b"moving picture")
    assert history.session_in(db, str(folder)).id == session
    assert history.due(db)[0].size_bytes == 14
    history.erase_person(db, person.id, data)
    assert not (data / "sessions").exists()


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path):
    from alembic import command
    from sqlalchemy import create_engine, text

    from formcheck.store.history.database import migration_config

    engine = create_engine(f"sqlite:///{tmp_path / 'history.db'}")
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO people (id, code, created_at) VALUES ('p', 'K-1', '2026-01-01')")
        )
        connection.execute(
            text(
                "INSERT INTO sessions (id, person_id, started_at, purpose) "
                "VALUES ('s', 'p', '2026-01-01 10:00:00', 'knee')"
            )
        )
    engine.dispose()
    db = history.open_database(tmp_path)
    (kept,) = history.sessions_of(db, "p")
    assert (kept.purpose, kept.folder) == ("knee", "")
    db.close()


def test_stickers_and_clothes_are_not_compared_in_a_trend(db):
    person = history.add_person(db, "K-31")
    for day, source in ((1, ""), (2, "stickers")):
        seen = analysis()
        values = tuple(m.model_copy(update={"source": source}) for m in seen.measurements)
        at = datetime(2026, 3, day, tzinfo=UTC)
        session = history.open_session(db, person.id, started_at=at)
        facts = history.ClipFacts(key=f"k{day}")
        history.record_clip(db, session, seen.model_copy(update={"measurements": values}), facts)
    kept = [(s.started_at, c.analysis) for s in history.sessions_of(db, person.id) for c in s.clips]
    assert [a.measurements[0].source for _, a in kept] == ["", "stickers"]
    made = trends(kept)
    assert made
    assert all("stickers" in t.points[1].reason for t in made)


def test_without_days_nothing_is_deleted(db, tmp_path):
    person, _ = filled(db, tmp_path / "data")
    history.set_keep_days(db, person.id, None)
    far = datetime(2100, 1, 1, tzinfo=UTC)
    assert history.apply_retention(db, tmp_path / "data", far) == ()
    assert history.due(db)[0].delete_at is None


def test_a_session_can_go_alone(db, tmp_path):
    person, session = filled(db, tmp_path / "data")
    history.erase_session(db, session, tmp_path / "data")
    assert history.sessions_of(db, person.id) == ()
    assert not (tmp_path / "data" / "sessions").exists()


def test_a_database_that_does_not_answer_is_told_in_words(tmp_path):
    with pytest.raises(FormcheckError) as caught:
        history.open_database(tmp_path, "postgresql+psycopg://u:secret@127.0.0.1:1/x")
    assert caught.value.code in {"DATABASE_UNAVAILABLE", "LIBRARY_MISSING"}
    assert "secret" not in str(caught.value)


def test_the_password_is_not_shown(postgres_url):
    url = postgres_url.replace("tester@", "tester:secret@")
    db = history.open_database(None, url)
    assert "secret" not in db.place
    assert not db.is_sqlite
    db.close()
