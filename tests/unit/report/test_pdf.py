import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from formcheck.registry import MEASURES
from formcheck.report.base import EditNote, Plan, ReportClip
from formcheck.report.measure_rows import CORE_ORDER
from formcheck.report.pdf import write_pdf
from formcheck.results import EditRecord
from tests.synthetic import running_pose, trial_of
from tests.unit.render.builders import measured, withheld
from tests.unit.report.builders import analysis, report_data

POINTS = {"a4": (595.28, 841.89), "letter": (612, 792)}


def read(tmp_path, **kw):
    (path,) = write_pdf(report_data(tmp_path, **kw), tmp_path)
    return PdfReader(path)


def words_of(page):
    return " ".join(page.extract_text().replace("\xa0", " ").split())


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("audience", ["runner", "pt"])
def test_summary_is_one_page_of_the_right_size_with_a_text_layer(tmp_path, paper, audience):
    pdf = read(tmp_path, paper=paper, audience=audience)
    assert len(pdf.pages) == 2  # the summary, and the details overleaf
    box = pdf.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(POINTS[paper], abs=0.5)
    words = words_of(pdf.pages[0])
    assert "Your pelvis drops 7 degrees when you stand on the right leg." in words
    assert "7° ± 3" in words
    assert "not a diagnosis" in words
    assert "Symptoms come first" in words
    assert "Details" in words_of(pdf.pages[1])


def test_pt_page_has_the_fields_table_and_plan(tmp_path):
    words = words_of(read(tmp_path, audience="pt", code="P-7").pages[0])
    for part in (
        "Code P-7",
        "PT",
        "MEASURE",
        "VALUE",
        "R \N{MINUS SIGN} L",
        "STATUS",
        "SURE",
        "Plan",
        "Dose",
    ):
        assert part in words
    assert "not measured A view from behind cannot show this. Film from the side." in words


def test_all_five_main_measures_are_told_also_those_of_another_test(tmp_path):
    for audience in ("runner", "pt"):
        words = words_of(read(tmp_path, audience=audience).pages[0])
        for measure_id in CORE_ORDER:
            assert MEASURES[measure_id].title in words
        assert "Not part of this test. Film from straight in front." in words
        assert "Of the five main measures: 2 measured, 0 uncertain, 3 not measured." in words


def test_the_physiotherapists_words_are_printed_and_win_over_ours(tmp_path):
    plan = Plan(
        cue="Long neck.", drill="Hip hitch", dose="2 x 8", recheck="2026-12-20", note="Ok <b>"
    )
    edits = (EditNote(when="10:14", what="Step 7 (right) excluded", effect="7 to 6 deg"),)
    pdf = read(
        tmp_path, audience="pt", plan=plan, edits=edits, since=("Drop 9 to 7: no clear change",)
    )
    first, second = words_of(pdf.pages[0]), words_of(pdf.pages[1])
    for part in ("Long neck.", "Hip hitch", "2 x 8", "2026-12-20", "Ok <b>", "no clear change"):
        assert part in first
    assert "Step 7 (right) excluded. 7 to 6 deg" in second
    assert "Sources" in second


def test_corrections_that_the_result_contains_are_listed(tmp_path):
    at = datetime(2026, 11, 22, 10, 14, tzinfo=UTC)
    made = EditRecord(
        id="e1", made_at=at, what="Step 7 left out", before="counted", after="left out"
    )
    words = words_of(read(tmp_path, result=analysis(edits=(made,)), audience="pt").pages[1])
    assert "Step 7 left out. Before: counted; after: left out" in words


def heights(page):
    """Return the height of each piece of text on a page, points from the bottom."""
    found = []

    def visit(text, cm, tm, font, size):
        if text.strip():
            found.append((text.strip(), tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("audience", ["runner", "pt"])
def test_the_fullest_page_keeps_its_parts_apart_and_in_order(tmp_path, audience, paper):
    sides = ("left", "right")
    full = tuple(
        measured(k, s, [5.0, 6.0, 7.0] * 5, **({"unit": "index 0-100"} if "soft" in k else {}))
        for k in CORE_ORDER
        for s in sides
    )
    long = "word " * 200
    pdf = read(
        tmp_path,
        result=analysis(measurements=full),
        audience=audience,
        paper=paper,
        plan=Plan(cue=long, drill=long, dose="2 x 8", recheck="2026-12-20", note=long),
        since=("Drop 9 to 7: no clear change",) * 3,
    )
    at = heights(pdf.pages[0])
    titles = [MEASURES[k].title.split()[0] for k in CORE_ORDER]
    lowest_row = min(y for words, y in at if any(words.startswith(t) for t in titles))
    (plan,) = [y for words, y in at if words in ("Plan", "Your plan")]
    symptoms = min(y for words, y in at if words.startswith("Symptoms come first"))
    since = min(y for words, y in at if "no clear change" in words)
    assert lowest_row > since > plan > symptoms > 20
    assert "Plan, in full" in words_of(pdf.pages[1]) + words_of(pdf.pages[-1])


def test_the_runner_sees_a_plan_only_if_there_is_one(tmp_path):
    assert "Your plan" not in words_of(read(tmp_path, audience="runner").pages[0])
    words = words_of(read(tmp_path, audience="runner", plan=Plan(cue="Long neck.")).pages[0])
    assert "Your plan" in words
    assert "Dose" not in words


def test_a_session_takes_each_side_from_the_clip_that_carries_it(tmp_path):
    side = analysis(
        path="side.mp4",
        measurements=(measured("knee_flexion_at_contact", "left", [18.0] * 9),),
        findings=(),
        frames=(),
    )
    more = (ReportClip(analysis=side, folder=tmp_path),)
    words = words_of(read(tmp_path, audience="pt", more=more).pages[0])
    assert "side.mp4" in words
    assert "18° ± 3" in words
    assert "3 measured" in words


def test_runner_page_says_what_to_try_and_when_to_see_someone(tmp_path):
    words = words_of(read(tmp_path, audience="runner").pages[0])
    assert "Stand tall." in words
    assert "See a pelvic-health physiotherapist or doctor" in words
    assert "PT:" not in words


def test_second_page_holds_every_step(tmp_path):
    assert "6 7 8 6 7 8" in words_of(read(tmp_path, audience="pt").pages[1])


def elements(node):
    """Walk the structure tree in reading order."""
    kids = node.get("/K", [])
    for ref in kids if isinstance(kids, list) else [kids]:
        kid = ref.get_object() if hasattr(ref, "get_object") else ref
        if hasattr(kid, "get") and kid.get("/S"):
            yield kid
            yield from elements(kid)


def test_the_document_is_tagged_and_every_figure_is_described(tmp_path):
    pdf = read(tmp_path, audience="pt")
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF object)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    found = list(elements(root["/StructTreeRoot"]["/K"].get_object()))
    kinds = [e["/S"] for e in found]
    assert kinds[0] == "/H1"
    assert {"/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)
    figures = [e["/Alt"] for e in found if e["/S"] == "/Figure"]
    assert "A runner from behind, right stance." in figures
    assert any(a.startswith("Right: average with 95 % interval 4 to 10°") for a in figures)


def test_everything_drawn_is_content_or_decoration(tmp_path):
    pdf = read(tmp_path, audience="pt")
    for number, page in enumerate(pdf.pages):
        stream = page.get_contents().get_data().decode("latin-1")
        assert len(re.findall(r"B[MD]C\b", stream)) == len(re.findall(r"\bEMC\b", stream))
        assert page["/StructParents"] == number
        depth = 0
        for line in stream.splitlines():
            depth += line.endswith(("BDC", "BMC")) - (line == "EMC")
            assert 0 <= depth <= 1
            if line.endswith((" Tj", " l S", " Do")):
                assert depth == 1, line


def test_many_measures_do_not_run_over_the_page(tmp_path):
    long = "The leg nearer the camera was hidden by the rail of the treadmill. " * 4
    many = [measured(f"made_up_{k}", s, [5.0] * 9) for k in range(20) for s in ("left", "right")]
    many += [withheld(f"hidden_{k}", "both", long) for k in range(12)]
    result = analysis(measurements=tuple(many))
    for audience in ("runner", "pt"):
        for paper in ("a4", "letter"):
            (path,) = write_pdf(
                report_data(tmp_path, result, audience=audience, paper=paper), tmp_path
            )
            pdf = PdfReader(path)
            assert len(pdf.pages) <= 4
            assert "Symptoms come first" in words_of(pdf.pages[0])
            assert "Details" in words_of(pdf.pages[1])
            lowest = []

            def visit(text, cm, tm, font, size, lowest=lowest):
                if text.strip():
                    lowest.append(tm[5] * cm[3] + cm[5])

            for page in pdf.pages:
                page.extract_text(visitor_text=visit)
            assert min(lowest) > 15


def test_hostile_and_unicode_names_are_text(tmp_path):
    name = "<script>alert(1)</script> läuft — 跑.mp4"
    pdf = read(tmp_path, result=analysis(path=name))
    assert "<script>alert(1)</script> läuft" in words_of(pdf.pages[0])


def test_a_result_without_pictures_or_measures_still_prints(tmp_path):
    result = analysis(frames=(), measurements=(), findings=())
    assert len(read(tmp_path, result=result, audience="pt").pages) == 2


def test_curves_are_drawn_where_there_is_a_trial(tmp_path):
    pose, truth = running_pose(view="side", facing="right", duration_s=4.0)
    pdf = read(tmp_path, trial=trial_of(pose, truth))
    assert len(pdf.pages[1].images) == 2  # knee, and shoulders with pelvis
