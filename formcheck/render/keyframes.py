"""Key frames: the moments of the median step as annotated pictures with caption and alt text."""

import logging
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from formcheck.data import Clip, Trial
from formcheck.files import whole_file
from formcheck.render import wording
from formcheck.render.compose import Painter, framing, readings_of
from formcheck.render.context import FrameContext, Reading
from formcheck.render.draw import Image
from formcheck.render.head import head_track
from formcheck.render.moments import Moment, extreme_moments, key_moments
from formcheck.results import KeyFrame, Measurement
from formcheck.settings.render import RenderSettings
from formcheck.video.decode import read_indices

log = logging.getLogger(__name__)

FOLDER = "frames"


def write_keyframes(
    clip: Clip,
    trial: Trial,
    measurements: Iterable[Measurement],
    folder: Path,
    settings: RenderSettings | None = None,
    *,
    blur_face: bool = True,
) -> tuple[KeyFrame, ...]:
    """Write one PNG per key moment into ``folder/frames`` and return what each shows.

    Only the wanted frames are decoded. Values are those of `measurements`, always with their
    interval; an uncertain one is grey and has no verdict, an unavailable one is not drawn.

    Parameters
    ----------
    clip : Clip
    trial : Trial
    measurements : iterable of Measurement
    folder : Path
        The clip's result folder; paths in the result are relative to it.
    settings : RenderSettings, optional
    blur_face : bool
        Pixelate the head.

    Returns
    -------
    tuple of KeyFrame
        In order of side, then time, the most extreme steps last; empty where no step or repetition
        was found.

    Raises
    ------
    FormcheckError
        ``OUTPUT_NOT_WRITABLE`` if a picture cannot be written.
    """
    settings = settings or RenderSettings()
    measured = tuple(measurements)
    painter = Painter(
        trial=trial,
        readings=readings_of(measured),
        heads=head_track(trial.raw, settings),
        settings=settings,
        blur_face=blur_face,
    )
    wanted = (*key_moments(trial, measured), *extreme_moments(trial, measured))
    rows = {m: painter.row_at(m.time_s) for m in wanted}
    pictures = dict(read_indices(clip, rows.values()))
    out = []
    for number, (moment, row) in enumerate(rows.items(), start=1):
        if row not in pictures:
            log.warning("frame %d of %s cannot be decoded", row, clip.path.name)
            continue
        shown = framing(trial, painter.heads, painter.rows_of(moment), settings)
        context = painter.context(row, shown, moment)
        image = painter.paint(shown.picture(pictures[row]), context)
        name = file_name(number, moment)
        write_png(folder / FOLDER / name, image)
        out.append(
            KeyFrame(
                path=f"{FOLDER}/{name}",
                time_s=float(trial.raw.time_s[row]),
                caption=caption(moment, context),
                alt=alt_text(moment, context),
            )
        )
    return tuple(out)


def file_name(number: int, moment: Moment) -> str:
    """Return a picture's name: order, side, moment, and whether it is the extreme one."""
    words = moment.name.replace(" ", "_").replace("-", "_")
    return f"{number:02d}_{moment.side}_{words}{'_extreme' if moment.most else ''}.png"


def write_png(path: Path, image: Image) -> None:
    """Write an RGB picture as PNG; nothing but pixels goes into the file."""
    ok, data = cv2.imencode(".png", np.ascontiguousarray(image[..., ::-1]))
    if not ok:
        msg = f"image must be RGB uint8, shape (H, W, 3), got {image.dtype} {image.shape}"
        raise ValueError(msg)
    with whole_file(path) as part:
        part.write_bytes(data.tobytes())


def caption(moment: Moment, context: FrameContext) -> str:
    """Return one line: side, moment, and each value with its interval."""
    head = f"{moment.side.capitalize()} {moment.title}"
    values = [_value(r, context.settings) for r in context.readings]
    return f"{head}: {'; '.join(values)}." if values else f"{head}."


def _value(reading: Reading, settings: RenderSettings) -> str:
    m = reading.measurement
    value = wording.value_text(m, settings)
    unsure = "" if reading.sure else " (uncertain)"
    return f"{wording.lower_first(wording.title_of(m.id))} {value}{unsure}"


def alt_text(moment: Moment, context: FrameContext) -> str:
    """Describe the picture in words, for people who do not see it."""
    view = wording.VIEW_WORD[context.scene.view].lower()
    what = {
        "start": f"before the {moment.side}-leg repetition",
        "deepest point": f"at the deepest point on the {moment.side} leg",
        "landing": f"as the {moment.side} foot lands",
        "foot strike": f"as the {moment.side} foot touches the ground",
        "mid-stance": f"in the middle of {moment.side} stance",
        "peak hip drop": f"when the hip drop on the {moment.side} leg is largest",
        "toe-off": f"as the {moment.side} foot leaves the ground",
    }[moment.name]
    if moment.most:
        what += f" ({moment.most}, not the typical one)"
    words = f"{view.capitalize()}, picture at {context.time_s:.2f} seconds, {what}. "
    words += "The body is drawn as lines over the picture"
    if not context.readings:
        return words + "."
    told = [
        wording.label_of(r.measurement.id, r.measurement.side)
        + f" {wording.value_text(r.measurement, context.settings)}"
        + ("" if r.sure else ", uncertain")
        for r in context.readings
    ]
    return f"{words}, with {'; '.join(told)}."
