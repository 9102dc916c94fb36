"""Finding the model bundles that ship with formcheck, and checking that they are whole."""

import hashlib
import json
from pathlib import Path

from formcheck.errors import FormcheckError

_PACKAGE = Path(__file__).resolve().parent.parent


def models_dir() -> Path:
    """Return the folder of the bundles: inside an installed package, or beside the sources."""
    bundled = _PACKAGE / "_bundled" / "models"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "models"


def load_bundle(model: str, folder: Path | None = None) -> tuple[bytes, str]:
    """Read a model bundle and check it against the manifest.

    Parameters
    ----------
    model : {"full", "heavy", "lite"}
    folder : Path, optional
        Where bundles and ``manifest.json`` lie; :func:`models_dir` by default.

    Returns
    -------
    data : bytes
    sha256 : str

    Raises
    ------
    FormcheckError
        ``MODEL_MISSING`` or ``MODEL_DAMAGED``.
    """
    folder = models_dir() if folder is None else folder
    path = folder / f"pose_landmarker_{model}.task"
    expected = expected_sha256(model, folder)
    try:
        data = path.read_bytes()
    except OSError as cause:
        msg = f"the pose model {path.name} is not there"
        raise FormcheckError("MODEL_MISSING", msg) from cause
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        msg = f"the pose model {path.name} differs from the one that was shipped"
        raise FormcheckError("MODEL_DAMAGED", msg)
    return data, digest


def expected_sha256(model: str, folder: Path | None = None) -> str:
    """Return the digest that the manifest gives for `model`.

    Raises
    ------
    FormcheckError
        ``MODEL_MISSING`` if there is no manifest or it does not list the model.
    """
    folder = models_dir() if folder is None else folder
    name = f"pose_landmarker_{model}.task"
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return next(str(m["sha256"]) for m in manifest["models"] if m["file"] == name)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as cause:
        msg = f"the list of pose models (manifest.json) is missing or does not name {name}"
        raise FormcheckError("MODEL_MISSING", msg) from cause
