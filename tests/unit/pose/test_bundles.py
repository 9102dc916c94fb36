import hashlib
import json

import pytest

from formcheck.errors import FormcheckError
from formcheck.pose.bundles import expected_sha256, load_bundle, models_dir

DATA = b"weights"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pose_landmarker_full.task").write_bytes(DATA)
    models = [
        {"file": f"pose_landmarker_{m}.task", "sha256": hashlib.sha256(DATA).hexdigest()}
        for m in ("full", "lite")
    ]
    (tmp_path / "manifest.json").write_text(json.dumps({"models": models}))
    return tmp_path


def test_a_whole_bundle_comes_with_its_digest(folder):
    assert load_bundle("full", folder) == (DATA, hashlib.sha256(DATA).hexdigest())


@pytest.mark.parametrize("change", [DATA + b"x", b"", DATA[:-1]])
def test_a_changed_bundle_is_refused(folder, change):
    (folder / "pose_landmarker_full.task").write_bytes(change)
    with pytest.raises(FormcheckError) as refused:
        load_bundle("full", folder)
    assert refused.value.code == "MODEL_DAMAGED"


def test_a_bundle_that_is_not_there_is_named(folder):
    with pytest.raises(FormcheckError, match=r"pose_landmarker_lite\.task") as refused:
        load_bundle("lite", folder)
    assert refused.value.code == "MODEL_MISSING"


@pytest.mark.parametrize("text", [None, "not json", "[]", '{"models": []}', '{"models": [1]}'])
def test_a_manifest_that_does_not_list_the_model_is_a_missing_model(folder, text):
    manifest = folder / "manifest.json"
    manifest.unlink() if text is None else manifest.write_text(text)
    with pytest.raises(FormcheckError) as refused:
        expected_sha256("full", folder)
    assert refused.value.code == "MODEL_MISSING"


def test_the_shipped_folder_is_found():
    assert (models_dir() / "manifest.json").is_file()
