"""`formcheck analyze` and `formcheck demo`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from formcheck.cli.main import EXIT_CLIP, error_record, print_error, print_json
from formcheck.cli.options import build_options, speed_of
from formcheck.cli.progress import progress_reporter, stderr_console
from formcheck.errors import FormcheckError
from formcheck.pipeline.analyze import analyze_file
from formcheck.resources import samples_dir
from formcheck.settings import AnalyzeOptions, ModelName

if TYPE_CHECKING:
    from formcheck.results import Analysis

DEMO_CLIP = "treadmill_rear.mp4"


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(analyze)
    app.command()(demo)


def analyze(
    videos: Annotated[list[Path], typer.Argument(help="Video files.", metavar="VIDEO...")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    protocol: Annotated[str, typer.Option(help="Which test was filmed.")] = "auto",
    view: Annotated[Literal["side", "rear", "front", "auto"], typer.Option()] = "auto",
    facing: Annotated[Literal["left", "right", "toward", "away", "auto"], typer.Option()] = "auto",
    surface: Annotated[
        Literal["treadmill", "overground", "static", "auto"], typer.Option()
    ] = "auto",
    leg: Annotated[
        Literal["left", "right", "auto"],
        typer.Option(help="Which leg does the test, for tests on one leg seen from the side."),
    ] = "auto",
    belt_speed: Annotated[
        str | None,
        typer.Option(
            metavar="SPEED", help="2.7 (m/s), or with a unit: 2.7m/s, 9.7km/h, 6mph, 6:10/km."
        ),
    ] = None,
    height: Annotated[float | None, typer.Option(metavar="CM")] = None,
    sex: Annotated[
        Literal["women", "men"] | None,
        typer.Option(help="Whose published values to place yours among, where they differ."),
    ] = None,
    age: Annotated[int | None, typer.Option(metavar="YEARS", help="For the same.")] = None,
    capture_fps: Annotated[float | None, typer.Option(metavar="FPS")] = None,
    start: Annotated[
        float | None, typer.Option(metavar="S", help="Analyse from here, true seconds.")
    ] = None,
    end: Annotated[float | None, typer.Option(metavar="S", help="Analyse up to here.")] = None,
    roll: Annotated[
        float | None, typer.Option(metavar="DEG", help="Camera roll, if you know it.")
    ] = None,
    mirrored: Annotated[bool, typer.Option("--mirrored/--no-mirrored")] = False,
    model: Annotated[ModelName, typer.Option()] = "full",
    workers: Annotated[int, typer.Option(help="Worker processes; 0 = one per core.")] = 0,
    frames: Annotated[bool, typer.Option("--frames/--no-frames")] = True,
    video: Annotated[Literal["none", "strides", "full"], typer.Option()] = "strides",
    report: Annotated[str, typer.Option(help="html, pdf, both with a comma, or none.")] = "html",
    export: Annotated[str, typer.Option(help="Motion exports: trc,mot,c3d.")] = "",
    audience: Annotated[
        Literal["runner", "pt"], typer.Option(help="Whose words the report uses.")
    ] = "runner",
    paper: Annotated[Literal["a4", "letter"], typer.Option(help="Paper of the PDF.")] = "a4",
    blur_face: Annotated[bool, typer.Option("--blur-face/--no-blur-face")] = True,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on stdout.")
    ] = False,
) -> None:
    """Analyse one or more clips; each gets a folder of its own under --out."""
    options = build_options(
        protocol=protocol,
        view=view,
        facing=facing,
        surface=surface,
        leg=leg,
        belt_speed_mps=speed_of(belt_speed),
        height_cm=height,
        sex=sex,
        age=age,
        capture_fps=capture_fps,
        start_s=start,
        end_s=end,
        roll_deg=roll,
        mirrored=mirrored,
        model=model,
        workers=workers,
        frames=frames,
        video=video,
        report=report,
        exports=export,
        audience=audience,
        paper=paper,
        blur_face=blur_face,
    )
    _run(videos, out, options, as_json=as_json)


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Analyse a bundled sample clip, no question asked."""
    clip = samples_dir() / DEMO_CLIP
    _run([clip], out, AnalyzeOptions(report=("html", "pdf"), height_cm=168), as_json=as_json)
    stderr_console().print(
        "Open the app with `formcheck app` (it runs on this computer only).", markup=False
    )


def _run(videos: list[Path], out: Path, options: AnalyzeOptions, *, as_json: bool) -> None:
    records: list[dict[str, object]] = []
    failures: list[FormcheckError] = []
    for path in videos:
        try:
            with progress_reporter(path.name) as on_progress:
                analysis, folder = analyze_file(path, out, options, on_progress=on_progress)
        except FormcheckError as error:
            failures.append(error)
            print_error(error)
            records.append({"clip": str(path), "status": "failed", "error": error_record(error)})
            continue
        records.append(_record(path, folder, analysis))
        _summarise(path, folder, analysis)
    if as_json:
        result: dict[str, object] = {"clips": records}
        if failures:
            result["error"] = error_record(failures[0])
        print_json(result)
    if failures:
        raise typer.Exit(EXIT_CLIP)


def _record(path: Path, folder: Path, analysis: "Analysis") -> dict[str, object]:
    return {
        "clip": str(path),
        "status": "done",
        "folder": str(folder),
        "analysis": analysis.model_dump(mode="json"),
    }


def _summarise(path: Path, folder: Path, analysis: "Analysis") -> None:
    from formcheck.assess import summary_lines  # noqa: PLC0415 (loaded while the workers work)

    console = stderr_console()
    console.print(f"\n{path.name}", markup=False, style="bold")
    for line in summary_lines(analysis):
        console.print(f"  {line}", markup=False)
    console.print(f"  Results: {folder.resolve()}", markup=False)
    if (folder / "report.html").exists():
        console.print(f"  Open:    {(folder / 'report.html').resolve()}", markup=False)
