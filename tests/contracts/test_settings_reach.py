"""Every setting that a trial is given, and that enters the digest, is read from what was given."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck
from formcheck.data import Given, Rep
from formcheck.pipeline import interpret, observe
from formcheck.registry import MEASURES
from formcheck.settings import (
    AnalyzeOptions,
    HeadSettings,
    MeasureSettings,
    Settings,
    StickerSettings,
    SurfaceSettings,
    VideoSettings,
)
from formcheck.settings.base import SettingsModel
from formcheck.settings.measures import SoftnessSettings
from formcheck.surface import sticker_probe, strip_probe
from tests.synthetic import Camera, hop_pose, running_pose, trial_of
from tests.unit.surface import test_sticker_motion, test_waveforms

SOURCE = Path(formcheck.__file__).parent


def spied(base, seen, **values):
    """Return settings of a class that notes which of its fields are read."""

    def read(self, name):
        if name in base.model_fields:
            seen.add(name)
        return super(spy, self).__getattribute__(name)

    spy = type("Spy", (base,), {"__getattribute__": read})
    made = spy(**values)
    seen.clear()
    return made


def trials():
    """Trials that between them need every constant of the measures."""
    side, truth = running_pose(camera=Camera(view="side"), fps=60.0, duration_s=4.0)
    run = trial_of(side, truth, protocol_id="treadmill_run", height_cm=170.0)
    yield replace(run, scene=replace(run.scene, m_per_px=0.003))
    pose, truth = running_pose(camera=Camera(view="rear"), fps=60.0, duration_s=3.0)
    rear = trial_of(pose, truth)
    rear = replace(rear, scene=replace(rear.scene, m_per_px=0.003))
    yield rear
    holds = tuple(
        Rep(side="left", start_s=a, deepest_s=a + 0.2, end_s=a + 0.4, reach_pct=100.0)
        for a in (0.1, 0.6, 1.1, 1.6, 2.1, 2.5)
    )
    yield replace(rear, steps=(), reps=holds)
    yield replace(run, steps=(), reps=holds)
    pose, truth = hop_pose(camera=Camera(view="side"))
    hops = trial_of(pose, truth, protocol_id="hop_landing")
    hops = replace(hops, scene=replace(hops.scene, m_per_px=0.003))
    yield hops
    yield replace(hops, protocol_id="hop_in_place")
    yield test_waveforms.trial()
    yield test_sticker_motion.trial()


@pytest.fixture(scope="module")
def read():
    """Return the fields that the measures read from the groups a trial was given."""
    groups = {
        "softness": SoftnessSettings,
        "measures": MeasureSettings,
        "surface": SurfaceSettings,
        "stickers": StickerSettings,
    }
    seen = {name: set() for name in groups}
    softness = spied(SoftnessSettings, seen["softness"])
    settings = Settings(
        measures=spied(MeasureSettings, seen["measures"], softness=softness),
        # pelvis yaw and the excursion are not reported unless asked for: ask
        surface=spied(
            SurfaceSettings, seen["surface"], report_pelvis_yaw=True, report_drop_excursion=True
        ),
        stickers=spied(StickerSettings, seen["stickers"]),
    )
    for names in seen.values():
        names.clear()
    given = Given(settings=settings)
    for trial in trials():
        for spec in MEASURES.values():
            if trial.scene.view in spec.views or not spec.views:
                spec.compute(replace(trial, given=given))
    return seen


@pytest.mark.parametrize(
    ("group", "model", "elsewhere"),
    [
        ("measures", MeasureSettings, set()),
        ("softness", SoftnessSettings, set()),
        ("surface", SurfaceSettings, strip_probe._READ_FROM_PIXELS),
        ("stickers", StickerSettings, sticker_probe._READ_FROM_PIXELS),
    ],
)
def test_every_constant_is_read_from_the_trial(read, group, model, elsewhere):
    assert set(model.model_fields) - set(elsewhere) - read[group] == set()


def test_what_is_read_in_the_pixels_is_read_with_the_settings_given():
    settings = Settings(surface=SurfaceSettings(), stickers=StickerSettings(), head=HeadSettings())
    strips, head, stickers = observe.probes_of(settings)
    assert strips.settings is settings.surface
    assert (head.settings, head.surface) == (settings.head, settings.surface)
    assert head.settings is settings.head
    assert stickers.settings is settings.stickers


def test_the_clock_is_judged_with_the_settings_given(monkeypatch):
    class ToldError(Exception):
        pass

    def told(*_args, settings=None, **_kw):
        raise ToldError(settings)

    settings = Settings(video=VideoSettings(vfr_gap_pct=7.0))
    monkeypatch.setattr(observe, "open_clip", told)
    with pytest.raises(ToldError) as caught:
        observe.observe(Path("a.mp4"), AnalyzeOptions(), settings)
    assert caught.value.args[0] is settings.video
    cadences = []
    monkeypatch.setattr(interpret, "judge_cadence", lambda *a: cadences.append(a[3]))
    clip = test_waveforms.trial().clip
    found = type("Seen", (), {"clip": clip})
    interpret._slow_motion(found, 90.0, "slow", Given(settings=settings))
    assert cadences == [settings.video]


def fields(model, path=()):
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, SettingsModel):
            yield from fields(value, (*path, name))
        else:
            yield (*path, name)


def test_no_setting_is_read_nowhere():
    files = [p for p in SOURCE.rglob("*.py") if p.parent != SOURCE / "settings"]
    source = "\n".join(p.read_text("utf-8") for p in files)
    unused = [path for path in fields(Settings()) if not re.search(rf"\.{path[-1]}\b", source)]
    assert unused == []


def test_no_stage_of_an_analysis_makes_its_own_settings():
    """Only a default for a caller that gives none: `settings or X()`, `... else X()`."""
    of_a_stage = "Surface|Sticker|Measure|Video|Head|Signal|Event|Quality|Uncertainty|Pose|Pass"
    fresh = re.compile(rf"(?<!or )(?<!else )\b(?:{of_a_stage})Settings\(\)")
    # fits are made with the settings that ship
    exempt = {SOURCE / "events" / "calibrate.py", SOURCE / "uncertainty" / "fitting.py"}
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.parent != SOURCE / "settings"
        and SOURCE / "validation" not in path.parents
        and path not in exempt
        and fresh.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_a_constant_that_was_given_moves_the_number():
    hops = next(t for t in trials() if t.protocol_id == "hop_landing")
    heavy = Settings(measures=MeasureSettings(gravity_mps2=20.0))
    height = MEASURES["hop_height"].compute
    usual, moved = height(hops), height(replace(hops, given=Given(settings=heavy)))
    assert moved.values == pytest.approx(usual.values * 20.0 / 9.80665)
