import json

import jsonschema
import pytest

from formcheck.errors import FormcheckError
from formcheck.results import (
    Analysis,
    ClipRecord,
    Component,
    Difference,
    EventRecord,
    Finding,
    KeyFrame,
    Measurement,
    PoseRecord,
    ProtocolRecord,
    RepRecord,
    Versions,
)
from formcheck.store import read_analysis, write_analysis
from formcheck.store.analysis_file import SCHEMA_FILE, analysis_schema, schema_text


def an_analysis():
    """One of everything."""
    return Analysis(
        clip=ClipRecord(
            path="my run ü.mp4", sha256="ab" * 32, width_px=720, height_px=1280, n_frames=360,
            duration_s=12.0, fps=30.0, vfr=False, rotation_deg=90, slow_motion_factor=1.0,
            mirrored=False, view="rear", facing="away", surface="treadmill", roll_deg=-1.25,
            m_per_px=None,
        ),
        protocol=ProtocolRecord(id="treadmill_run"),
        pose=PoseRecord(
            backend="mediapipe", model="full", model_sha256="cd" * 32, detection_rate=0.99,
            swaps_repaired=3, frames_dropped=0,
        ),
        events=(EventRecord(kind="foot_strike", side="left", time_s=0.1, sd_s=0.008),),
        reps=(RepRecord(side="left", start_s=0.0, deepest_s=1.0, end_s=2.0),),
        measurements=(
            Measurement(
                id="pelvic_drop", side="left", unit="deg", value=5.1, ci95=(2.0, 8.2), sd=1.6, n=17,
                status="ok", per_step=(5.0, None), times_s=(0.2, 0.9),
                components={"peak": Component(value=5.1, unit="deg")},
                asymmetry=Difference(value=0.3, ci95=(-1.0, 1.6), sd=0.6, status="ok"),
            ),
            Measurement(
                id="step_width", side="both", unit="cm", value=None, ci95=None, sd=None, n=0,
                status="unavailable", reason="no scale",
            ),
        ),
        findings=(Finding(code="LOW_RATE", severity="watch", message="30 a second", frames=(1,)),),
        frames=(KeyFrame(path="frames/01.png", time_s=0.2, caption="Left", alt="A runner"),),
        versions=Versions(formcheck="0.1.0", mediapipe="1.2.2", settings_sha256="ef" * 32),
    )  # fmt: skip


def test_an_analysis_comes_back_equal(tmp_path):
    analysis = an_analysis()
    file = write_analysis(analysis, tmp_path)
    assert file == tmp_path / "analysis.json"
    assert read_analysis(file) == analysis
    assert read_analysis(tmp_path) == analysis
    assert [p.name for p in tmp_path.iterdir()] == ["analysis.json"]


def test_the_file_is_plain_json_that_keeps_its_schema(tmp_path):
    record = json.loads(write_analysis(an_analysis(), tmp_path).read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)
    assert record["measurements"][1]["value"] is None
    assert record["clip"]["path"] == "my run ü.mp4"


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("clip", "view"), "top"),
        (("clip", "n_frames"), "many"),
        (("surprise",), 1),
        (("schema_version",), "2.0"),
    ],
)
def test_the_schema_refuses_what_is_wrong(where, value):
    record = json.loads(an_analysis().model_dump_json())
    at = record
    for key in where[:-1]:
        at = at[key]
    at[where[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, analysis_schema())


def test_the_shipped_schema_is_fresh():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "the models changed: run formcheck.store.analysis_file.write_schema()"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no formcheck analysis"),
        ("[1, 2]", "no formcheck analysis"),
        ('{"schema_version": "1.0"}', "clip: Field required"),
        ('{"schema_version": "2.0"}', "schema version 2.0; this formcheck reads 1.1"),
        ("\xff", "no formcheck analysis"),
    ],
)
def test_a_file_that_is_no_analysis_says_what_is_wrong(tmp_path, text, said):
    (tmp_path / "analysis.json").write_text(text, encoding="utf-8")
    with pytest.raises(FormcheckError, match=said) as caught:
        read_analysis(tmp_path)
    assert caught.value.code == "RESULT_UNREADABLE"
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_and_a_missing_file(tmp_path):
    (tmp_path / "analysis.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormcheckError, match="RESULT_UNREADABLE"):
        read_analysis(tmp_path)
    with pytest.raises(FormcheckError, match="FILE_NOT_FOUND"):
        read_analysis(tmp_path / "other")


def test_a_result_from_before_the_learned_tables_had_a_digest_is_read(tmp_path):
    record = json.loads(write_analysis(an_analysis(), tmp_path).read_text(encoding="utf-8"))
    record["schema_version"] = "1.0"
    del record["versions"]["fitted_sha256"]
    (tmp_path / "analysis.json").write_text(json.dumps(record), encoding="utf-8")
    read = read_analysis(tmp_path)
    assert (read.schema_version, read.versions.fitted_sha256) == ("1.0", "")
