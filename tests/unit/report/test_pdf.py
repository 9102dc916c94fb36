import pytest
from pypdf import PdfReader

from formcheck.report.pdf import write_pdf
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
    for part in ("Code: P-7", "PT: ____", "MEASURE", "LEFT", "RIGHT", "USUAL", "SURE", "Plan"):
        assert part in words
    assert "not measured: A view from behind cannot show this." in words


def test_runner_page_says_what_to_try_and_when_to_see_someone(tmp_path):
    words = words_of(read(tmp_path, audience="runner").pages[0])
    assert "Stand tall." in words
    assert "When to see someone" in words
    assert "PT:" not in words


def test_second_page_holds_every_step(tmp_path):
    assert "6, 7, 8, 6, 7, 8" in words_of(read(tmp_path, audience="pt").pages[1])


def test_pictures_carry_their_description_and_the_language_is_set(tmp_path):
    pdf = read(tmp_path)
    stream = pdf.pages[0].get_contents().get_data().decode("latin-1")
    alt = "A runner from behind, right stance.".encode("utf-16-be").hex().upper()
    assert alt in stream
    assert stream.count("BDC") == stream.count("EMC")
    assert pdf.trailer["/Root"]["/Lang"] == "en"


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
            assert len(pdf.pages) == 2
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
