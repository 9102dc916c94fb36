import base64
from html.parser import HTMLParser

import cv2
import numpy as np
import pytest

from formcheck.report import content
from formcheck.report.html import data_uri, page, write_html
from formcheck.results import KeyFrame
from tests.synthetic import running_pose, trial_of
from tests.unit.report.builders import analysis, report_data

VOID = {"col", "img", "meta", "br", "input", "path", "circle", "use", "rect"}


class Outline(HTMLParser):
    """Collects tags, text and whether elements close in order."""

    def __init__(self, words):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.open, self.bad = [], [], [], []
        self.feed(words)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.bad.append(tag)

    def handle_data(self, data):
        self.text.append(data)

    def of(self, tag):
        return [a for t, a in self.tags if t == tag]

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


def test_page_is_well_formed_and_has_one_heading_of_first_rank(tmp_path):
    out = Outline(page(report_data(tmp_path)))
    assert out.bad == []
    assert out.open == []
    assert len(out.of("h1")) == 1
    assert out.of("html")[0]["lang"] == "en"


def test_every_picture_has_its_description_and_lies_inside_the_file(tmp_path):
    out = Outline(page(report_data(tmp_path)))
    images = out.of("img")
    assert len(images) == 2
    assert images[0]["alt"] == 'A runner from behind, "left" stance.'
    assert all(i["alt"] and i["src"].startswith("data:image/jpeg;base64,") for i in images)
    drawn = [a for a in out.of("svg") if a.get("aria-hidden") != "true"]
    assert drawn
    assert all(a["role"] == "img" and a["aria-label"] for a in drawn)


def test_page_needs_no_network_and_runs_no_script(tmp_path):
    words = page(report_data(tmp_path))
    out = Outline(words)
    assert not out.of("script")
    assert not out.of("link")
    assert "@import" not in words
    assert "@font-face" not in words
    for _, attrs in out.tags:
        for key in ("src", "href", "xlink:href"):
            assert not str(attrs.get(key, "")).startswith(("http", "//"))


@pytest.mark.parametrize(
    "name", ['<script>alert("x")</script>.mp4', '"><img src=x onerror=alert(1)>.mov', "läuft & <b>"]
)
def test_hostile_file_name_is_harmless_everywhere(tmp_path, name):
    hostile = analysis(
        path=name,
        frames=(KeyFrame(path="frames/a_left_b.png", time_s=0.0, caption=name, alt=name),),
    )
    data = report_data(tmp_path, hostile, headline=name, code=name, audience="pt")
    out = Outline(page(data))
    assert not out.of("script")
    assert all("onerror" not in a for _, a in out.tags)
    assert len(out.of("img")) == 1
    assert not out.of("b")
    assert name in out.words
    assert out.of("img")[0]["alt"] == name


def test_table_says_value_interval_steps_and_reason_for_every_measure(tmp_path):
    words = Outline(page(report_data(tmp_path))).words
    assert "7° ± 3" in words
    assert "5° ± 3" in words
    assert "uncertain" in words
    assert "Too few." in words
    assert "168 ± 1 steps/min" in words
    assert "not measured" in words
    assert "A view from behind cannot show this. Film from the side." in words
    assert "2 ± 3°" in words  # right minus left


def test_uncertain_value_has_no_verdict(tmp_path):
    result = analysis()
    knee = result.measurements[0].model_copy(update={"id": "knee_flexion_at_contact", "value": 2.0})
    out = Outline(page(report_data(tmp_path, analysis(measurements=(knee,), findings=()))))
    chips = {a["class"] for a in out.of("span") if "chip" in a.get("class", "")}
    assert chips == {"chip none"}


def test_headline_disclaimers_and_versions_are_there(tmp_path):
    words = Outline(page(report_data(tmp_path))).words
    assert "Your pelvis drops 7 degrees when you stand on the right leg." in words
    for sentence in content.DISCLAIMERS:
        assert sentence in words
    assert "mediapipe 1.2.2" in words
    assert "c3" * 6 in words


@pytest.mark.parametrize("audience", ["runner", "pt"])
def test_no_word_claims_more_than_a_video_can(tmp_path, audience):
    words = Outline(page(report_data(tmp_path, audience=audience))).words.lower()
    allowed = words.replace("it is not a diagnosis, does not predict injury", "")
    for word in ("diagnos", "injur", "cleared", "abnormal", "bad form", "risk"):
        assert word not in allowed


def test_missing_picture_is_left_out_not_broken(tmp_path):
    data = report_data(tmp_path)
    (tmp_path / "frames" / "01_left_mid_stance.png").unlink()
    assert len(Outline(page(data)).of("img")) == 1


def test_clip_is_linked_by_its_name_also_while_it_is_being_drawn(tmp_path):
    assert not Outline(page(report_data(tmp_path))).of("video")
    (video,) = Outline(page(report_data(tmp_path, clip_file="strides.mp4"))).of("video")
    assert video["src"] == "strides.mp4"
    assert video["aria-label"]


def test_curves_need_the_trial(tmp_path):
    pose, truth = running_pose(view="side", facing="right", duration_s=4.0)
    without = Outline(page(report_data(tmp_path)))
    with_trial = Outline(page(report_data(tmp_path, trial=trial_of(pose, truth))))
    assert "Over one cycle" not in without.words
    assert "Over one cycle" in with_trial.words


def test_pt_page_lists_every_step(tmp_path):
    words = Outline(page(report_data(tmp_path, audience="pt"))).words
    assert "6 7 8 6 7 8" in words
    assert "Code" in words


def test_embedded_picture_is_scaled_down(tmp_path):
    report_data(tmp_path)
    uri = data_uri(tmp_path / "frames" / "01_left_mid_stance.png", 100, 80)
    raw = base64.b64decode(uri.split(",", 1)[1])
    image = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR)
    assert max(image.shape[:2]) == 100


def test_report_is_written_whole(tmp_path):
    (path,) = write_html(report_data(tmp_path), tmp_path)
    assert path.name == "report.html"
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    assert not list(tmp_path.glob(".*.part"))
