import pytest

from formcheck import resources
from formcheck.errors import FormcheckError


def test_a_checkout_finds_what_lies_beside_the_package():
    assert (resources.models_dir() / "manifest.json").is_file()
    assert resources.models_dir().parent == resources.samples_dir().parent


def test_an_installed_package_finds_its_own_copies(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "formcheck")
    home = tmp_path / "formcheck" / "_bundled"
    for name in ("models", "sample_videos"):
        (home / name).mkdir(parents=True)
    (home / "app.py").touch()
    assert resources.models_dir() == home / "models"
    assert resources.samples_dir() == home / "sample_videos"
    assert resources.app_script() == home / "app.py"


def test_what_is_missing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "formcheck")
    for function, code in (
        (resources.models_dir, "MODEL_MISSING"),
        (resources.samples_dir, "FILE_NOT_FOUND"),
        (resources.app_script, "FILE_NOT_FOUND"),
    ):
        with pytest.raises(FormcheckError) as caught:
            function()
        assert caught.value.code == code
        assert caught.value.hint


def test_the_science_that_measures_cite_is_at_hand():
    page = resources.science_page().read_text("utf-8")
    assert "### 7e" in page
    assert "1.1 Contralateral pelvic drop" in page
