"""The committed pose models are those that the manifest describes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

MODELS = Path(__file__).resolve().parents[2] / "models"
MEMBERS = ["pose_detector.tflite", "pose_landmarks_detector.tflite"]
VARIANTS = ("lite", "full", "heavy")


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _entry(variant: str) -> dict[str, Any]:
    name = f"pose_landmarker_{variant}.task"
    found: list[dict[str, Any]] = [m for m in _manifest()["models"] if m["file"] == name]
    assert len(found) == 1
    return found[0]


def test_manifest_lists_exactly_the_bundles_present() -> None:
    listed = sorted(entry["file"] for entry in _manifest()["models"])
    assert listed == sorted(path.name for path in MODELS.glob("*.task"))
    assert listed == sorted(f"pose_landmarker_{variant}.task" for variant in VARIANTS)


@pytest.mark.parametrize("variant", VARIANTS)
def test_bundle_matches_manifest(variant: str) -> None:
    entry = _entry(variant)
    content = (MODELS / entry["file"]).read_bytes()
    assert len(content) == entry["bytes"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"] == "Apache-2.0"


@pytest.mark.parametrize("variant", VARIANTS)
def test_bundle_holds_detector_and_landmark_model(variant: str) -> None:
    entry = _entry(variant)
    with zipfile.ZipFile(MODELS / entry["file"]) as bundle:
        assert bundle.namelist() == MEMBERS
        assert [member["name"] for member in entry["members"]] == MEMBERS
        for member in entry["members"]:
            info = bundle.getinfo(member["name"])
            content = bundle.read(info)
            assert info.compress_type == zipfile.ZIP_STORED
            assert info.file_size == member["bytes"]
            assert hashlib.sha256(content).hexdigest() == member["sha256"]
            assert content[4:8] == b"TFL3"


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_member_names_its_source(variant: str) -> None:
    for member in _entry(variant)["members"]:
        source = member["source"]
        assert source["licence"] == "Apache-2.0"
        assert all(source[key] for key in ("registry", "package", "version", "member"))
        assert len(source["sha256"]) == 64
