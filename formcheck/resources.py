"""Where the files lie that ship beside the code: from a checkout and from an installed wheel."""

from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError

_PACKAGE: Final = Path(__file__).resolve().parent


def models_dir() -> Path:
    """Return the folder with the pose model bundles and ``manifest.json``.

    Raises
    ------
    FormcheckError
        ``MODEL_MISSING`` if there is none.
    """
    folder = _home() / "models"
    if not folder.is_dir():
        msg = "the folder with the pose models is missing"
        raise FormcheckError("MODEL_MISSING", msg)
    return folder


def samples_dir() -> Path:
    """Return the folder with the sample clips.

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND`` if there is none.
    """
    folder = _home() / "sample_videos"
    if not folder.is_dir():
        msg = "the sample clips are not installed"
        raise FormcheckError("FILE_NOT_FOUND", msg, "Install formcheck again.")
    return folder


def app_script() -> Path:
    """Return the script that Streamlit runs.

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND`` if there is none.
    """
    script = _home() / "app.py"
    if not script.is_file():
        msg = "the app is not installed"
        raise FormcheckError("FILE_NOT_FOUND", msg, "Install formcheck again.")
    return script


def science_page() -> Path:
    """Return the page with the definitions and sources of the measures."""
    return _home() / "docs" / "measures.md"


def _home() -> Path:
    """Return ``_bundled`` inside an installed package, the repository's root otherwise."""
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent
