"""Databases for the history's tests: a SQLite file, and a real PostgreSQL server of our own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from formcheck.store.history import open_database

DEBIAN = Path("/usr/lib/postgresql")


def _binaries():
    """Return the folder of PostgreSQL's programs, None where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture(scope="session")
def postgres_url():
    """Return the URL of a PostgreSQL server that lives for these tests only."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL on this machine: install Debian's postgresql")
    as_user = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        if "postgres" not in {u.pw_name for u in pwd.getpwall()}:
            pytest.skip("root, and no user postgres to run the server as")
        as_user = {"user": "postgres", "group": "postgres"}
    # not pytest's own folder: it is private to this user, and swept by other runs
    with tempfile.TemporaryDirectory(prefix="formcheck-postgres-") as name:
        home = Path(name)
        if as_user:
            shutil.chown(home, "postgres")
        yield from _served(binaries, home, as_user)


def _served(binaries, home, as_user):
    data, port = home / "data", _free_port()

    def run(*command):
        subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=home, **as_user)

    run(binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
    control = [binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {home}"
    run(*control, "-o", options, "start")
    yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    run(*control, "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgres"])
def db(request, tmp_path):
    """Return an empty history, on each of the two kinds of database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    if url is not None:
        from sqlalchemy import create_engine, text

        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        engine.dispose()
    database = open_database(tmp_path / "data", url)
    yield database
    database.close()


@pytest.fixture
def sqlite(tmp_path):
    database = open_database(tmp_path / "data")
    yield database
    database.close()
