"""What this computer lacks to run formcheck, and the command that mends it."""

import ctypes
import importlib
import importlib.metadata
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.files import file_sha256
from formcheck.resources import models_dir

# Library file -> Debian package that holds it (also on Ubuntu).
SYSTEM_PACKAGES: Final = {
    "libGL.so": "libgl1",
    "libglib-2.0.so": "libglib2.0-0",
    "libgthread-2.0.so": "libglib2.0-0",
    "libEGL.so": "libegl1",
    "libGLESv2.so": "libgles2",
    "libxcb.so": "libxcb1",
    "libstdc++.so": "libstdc++6",
    "libgomp.so": "libgomp1",
}
_INSTALL: Final = "python -m pip install formcheck"
_MODULES: Final = (
    "numpy",
    "scipy",
    "av",
    "cv2",
    "mediapipe",
    "pydantic",
    "typer",
    "rich",
    "streamlit",
    "altair",
    "sqlalchemy",
    "alembic",
    "reportlab",
    "platformdirs",
)
_DECODERS: Final = ("h264", "hevc", "vp9", "av1")
_ENCODER: Final = "libx264"
_MIN_PYTHON: Final = (3, 11)
_MIN_FREE_BYTES: Final = 1 << 30  # a minute of 1080p and its results fit several times


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes
    ----------
    name : str
        What was looked at.
    ok : bool
    detail : str
        What was found.
    remedy : str
        The command or step that mends it; empty if `ok`.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def check() -> list[Check]:
    """Look at Python, libraries, pose models, video codecs and folders.

    Returns
    -------
    list of Check
        In a fixed order, also for what is well.
    """
    probes: tuple[Callable[[], Iterator[Check]], ...] = (
        _python,
        _libraries,
        _one_opencv,
        _mediapipe_native,
        _models,
        _codecs,
        _folders,
    )
    return [item for probe in probes for item in probe()]


def explain_import_error(error: BaseException) -> FormcheckError:
    """Return the error that names the package whose lack made an import fail.

    Parameters
    ----------
    error : ImportError or OSError
        As raised by ``import`` or by loading a shared library.

    Returns
    -------
    FormcheckError
        With code ``LIBRARY_MISSING``.
    """
    library = re.search(r"(lib[\w+.-]*?\.so)[.\d]*", str(error))
    if library is not None:
        name = library.group(0)
        package = SYSTEM_PACKAGES.get(library.group(1))
        if package is not None:
            return FormcheckError(
                "LIBRARY_MISSING", f"the system library {name} is missing", _apt(package)
            )
        hint = f"Install the system package that holds {name}."
        return FormcheckError("LIBRARY_MISSING", f"the system library {name} is missing", hint)
    module = getattr(error, "name", None)
    if module:
        top = module.split(".")[0]
        hint = f"Install formcheck again with all it needs: {_INSTALL}"
        what = "a part of formcheck" if top == "formcheck" else "the Python package"
        named = module if top == "formcheck" else top
        return FormcheckError("LIBRARY_MISSING", f"{what} is missing: {named}", hint)
    what = str(error).splitlines()[0] if str(error) else type(error).__name__
    return FormcheckError("LIBRARY_MISSING", f"a library cannot be loaded: {what}")


def _apt(*packages: str) -> str:
    return f"sudo apt-get install -y {' '.join(packages)}"


def _python() -> Iterator[Check]:
    have = ".".join(str(part) for part in sys.version_info[:3])
    ok = sys.version_info[:2] >= _MIN_PYTHON
    want = ".".join(str(part) for part in _MIN_PYTHON)
    yield Check("Python", ok, have, "" if ok else f"Install Python {want} or newer.")


def _libraries() -> Iterator[Check]:
    for name in _MODULES:
        try:
            module = importlib.import_module(name)
        except (ImportError, OSError) as error:
            explained = explain_import_error(error)
            yield Check(name, ok=False, detail=explained.what, remedy=explained.hint)
        else:
            yield Check(name, ok=True, detail=str(getattr(module, "__version__", "present")))


def _one_opencv() -> Iterator[Check]:
    """Two OpenCV packages overwrite each other's files."""
    found = sorted(
        {
            name.lower()
            for dist in importlib.metadata.distributions()
            if (name := dist.metadata["Name"] or "").lower().startswith("opencv-")
        }
    )
    extra = [name for name in found if name != "opencv-contrib-python"]
    remedy = (
        f"python -m pip uninstall -y {' '.join(extra)} && "
        "python -m pip install --force-reinstall opencv-contrib-python"
    )
    yield Check("one OpenCV", not extra, ", ".join(found) or "none", remedy if extra else "")


def _mediapipe_native() -> Iterator[Check]:
    name = "MediaPipe engine"
    try:
        package = importlib.import_module("mediapipe")
    except (ImportError, OSError):
        return  # told already
    folder = Path(str(package.__file__)).parent / "tasks" / "c"
    files = [f for f in sorted(folder.glob("libmediapipe.*")) if f.suffix in {".so", ".dylib"}]
    if not files:
        yield Check(name, ok=True, detail="inside the package")
        return
    try:
        ctypes.CDLL(str(files[0]))
    except OSError as error:
        explained = explain_import_error(error)
        yield Check(name, ok=False, detail=explained.what, remedy=explained.hint)
    else:
        yield Check(name, ok=True, detail=f"{files[0].name} loads")


def _models() -> Iterator[Check]:
    remedy = "Install formcheck again, or rebuild the bundles with models/rebuild.py."
    try:
        folder = models_dir()
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        wanted = {str(m["file"]): str(m["sha256"]) for m in manifest["models"]}
    except (FormcheckError, OSError, ValueError, KeyError, TypeError):
        yield Check("pose models", ok=False, detail="no list of models", remedy=remedy)
        return
    for file, sha256 in wanted.items():
        path = folder / file
        if not path.is_file():
            yield Check(file, ok=False, detail="missing", remedy=remedy)
        elif file_sha256(path) != sha256:
            yield Check(file, ok=False, detail="differs from the one shipped", remedy=remedy)
        else:
            yield Check(file, ok=True, detail="present and whole")


def _codecs() -> Iterator[Check]:
    try:
        av = importlib.import_module("av")
    except (ImportError, OSError):
        return  # told already
    remedy = "python -m pip install --force-reinstall av"
    for name, mode in (*((d, "r") for d in _DECODERS), (_ENCODER, "w")):
        what = f"{'reads' if mode == 'r' else 'writes'} {name}"
        try:
            av.Codec(name, mode)
        except ValueError:
            yield Check(what, ok=False, detail="not in this build of PyAV", remedy=remedy)
        else:
            yield Check(what, ok=True, detail="yes")


def _folders() -> Iterator[Check]:
    yield _writable("temporary files", Path(tempfile.gettempdir()), "Set TMPDIR to a folder")
    chosen = os.environ.get("FORMCHECK_DATA_DIR")
    try:
        dirs = importlib.import_module("platformdirs")
    except ImportError:
        return  # told already
    home = Path(chosen) if chosen else Path(dirs.user_data_path("formcheck", appauthor=False))
    yield _writable("the app's data", home, "Set FORMCHECK_DATA_DIR to a folder")


def _writable(name: str, folder: Path, remedy: str) -> Check:
    """Look at the nearest folder that exists; creates nothing."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not os.access(there, os.W_OK | os.X_OK):
        return Check(name, False, f"{folder} cannot be written", f"{remedy} you may write to.")
    free = shutil.disk_usage(there).free
    if free < _MIN_FREE_BYTES:
        detail = f"{folder}: {free / 1e9:.1f} GB free"
        return Check(name, False, detail, "Free some space on this disk.")
    return Check(name, True, f"{folder}, {free / 1e9:.0f} GB free")
