"""One annotated picture of any step of a clip, not only of the typical one."""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.data import Clip, Trial
from formcheck.keypoints import Side
from formcheck.render.compose import Painter, framing, readings_of
from formcheck.render.draw import Image
from formcheck.render.head import head_track
from formcheck.render.keyframes import alt_text, caption
from formcheck.render.moments import Moment, separate_moments
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings
from formcheck.video.decode import read_still


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MomentPicture:
    """A picture (RGB uint8, shape (H, W, 3)) with caption and words for those who don't see it."""

    image: Image
    caption: str
    alt: str
    frame: int
    time_s: float


def moments_of(
    trial: Trial, measurements: tuple[Measurement, ...], index: int | None = None
) -> tuple[Moment, ...]:
    """Return the key moments of the typical steps, or of one step or repetition.

    Parameters
    ----------
    trial : Trial
    measurements : tuple of Measurement
    index : int, optional
        Of ``trial.steps``, or of ``trial.reps`` in a movement test.
    """
    if index is None:
        return separate_moments(trial, measurements)
    if trial.steps:
        return separate_moments(replace(trial, steps=(trial.steps[index],)), measurements)
    rep = replace(trial.reps[index], counted=True)
    return separate_moments(replace(trial, reps=(rep,)), measurements)


def paint_moment(
    clip: Clip,
    trial: Trial,
    measurements: tuple[Measurement, ...],
    moment: Moment,
    *,
    blur_face: bool = True,
) -> MomentPicture:
    """Decode one frame and draw what it shows.

    Raises
    ------
    FormcheckError
        If the video is gone or that frame cannot be decoded.
    """
    settings = RenderSettings()
    painter = Painter(
        trial=trial,
        readings=readings_of(measurements),
        heads=head_track(trial.raw, settings),
        settings=settings,
        blur_face=blur_face,
    )
    row = painter.row_at(moment.time_s)
    shown = framing(trial, painter.heads, painter.rows_of(moment), settings)
    context = painter.context(row, shown, moment)
    image = painter.paint(shown.picture(read_still(clip, row)), context)
    return MomentPicture(
        image=image,
        caption=caption(moment, context),
        alt=alt_text(moment, context),
        frame=row,
        time_s=float(trial.raw.time_s[row]),
    )


def plain_frame(
    clip: Clip, trial: Trial, frame: int, *, side: Side | None = None, blur_face: bool = True
) -> Image:
    """Return a frame as filmed, with the body's lines but no values; pixels of the clip."""
    settings = RenderSettings()
    painter = Painter(
        trial=trial,
        readings=(),
        heads=head_track(trial.raw, settings),
        settings=settings,
        blur_face=blur_face,
    )
    whole = framing(trial, painter.heads, [frame], settings)
    whole = replace(
        whole, left=0, top=0, width=trial.clip.width_px, height=trial.clip.height_px, scale=1.0,
        strip_px=0,
    )  # fmt: skip
    context = replace(painter.context(frame, whole), side=side, stamp=())
    return painter.paint(np.ascontiguousarray(read_still(clip, frame)), context)
