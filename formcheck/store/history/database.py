"""Opening the database: SQLite in the user's data folder, PostgreSQL by URL; migrated at start."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import sessionmaker

from formcheck.errors import FormcheckError

URL_VARIABLE: Final = "FORMCHECK_DATABASE_URL"
FILE_NAME: Final = "history.db"
_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_BUSY_MS: Final = 5000
_PRIVATE: Final = 0o700


class Database:
    """An open, migrated history.

    Parameters
    ----------
    engine : Engine
    place : str
        Where it is, to be shown: a path, or the server's address without the password.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        self._make = sessionmaker(engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """True for a file."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def begin(self) -> Iterator[OrmSession]:
        """Give a transaction: kept when the block ends, undone when it fails.

        Raises
        ------
        FormcheckError
            DATABASE_UNAVAILABLE if the database does not answer.
        """
        try:
            with self._make.begin() as session:
                yield session
        except SQLAlchemyError as cause:
            raise unavailable(cause) from cause

    def scrub(self) -> None:
        """Leave no byte of deleted rows in the files (SQLite) or tables (PostgreSQL)."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(folder: Path, url: str | None = None) -> Database:
    """Open the history, made or brought up to date by its migrations.

    Parameters
    ----------
    folder : Path
        Data folder, for the SQLite file.
    url : str, optional
        A SQLAlchemy URL, such as ``postgresql+psycopg://user@host/name``; the environment variable
        ``FORMCHECK_DATABASE_URL`` when left out, the file in `folder` if that is empty too.

    Raises
    ------
    FormcheckError
        DATABASE_UNAVAILABLE if it cannot be opened.
    """
    chosen = url or os.environ.get(URL_VARIABLE, "")
    try:
        if not chosen:
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            path = folder / FILE_NAME
            engine, place = create_engine(f"sqlite:///{path}"), str(path)
        else:
            engine = create_engine(chosen, pool_pre_ping=True)
            place = make_url(chosen).render_as_string(hide_password=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _careful)
        _migrate(engine)
    except (SQLAlchemyError, ArgumentError, NoSuchModuleError, ImportError, OSError) as cause:
        raise unavailable(cause) from cause
    return Database(engine, place)


def unavailable(cause: Exception) -> FormcheckError:
    """Return the error that tells a user why the history cannot be used."""
    if isinstance(cause, ImportError | NoSuchModuleError):
        code = "LIBRARY_MISSING"
        what = "the history's database needs a driver that is not installed"
        return FormcheckError(code, what, "Install `formcheck[postgres]`.")
    code = "DATABASE_UNAVAILABLE"
    why = "it does not answer" if isinstance(cause, OperationalError) else type(cause).__name__
    return FormcheckError(code, f"the history's database cannot be used ({why})")


def _careful(connection: DBAPIConnection, _record: object) -> None:
    """Set what every SQLite connection needs.

    Deleted bytes are overwritten, the journal is a file that goes when a change is done (no
    write-ahead log that would keep old pages), and VACUUM works in memory.
    """
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "secure_delete=ON",
        "journal_mode=DELETE",
        "temp_store=MEMORY",
        f"busy_timeout={_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migration_config() -> Config:
    """Return Alembic's configuration; there is no file, the program runs the migrations itself."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _migrate(engine: Engine) -> None:
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
