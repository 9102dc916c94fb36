"""What the pass over the pixels gives back."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.data import Channels, FloatArray, IntArray, readonly
from formcheck.pose.observations import Observations

SmallFloatArray = NDArray[np.float32]

EDGE_COLUMNS = ("frame", "x0_px", "y0_px", "x1_px", "y1_px")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PixelPass:
    """Everything the pixels have to say; they are not looked at again.

    Attributes
    ----------
    seen : Observations
        Everybody seen, with the channels of each.
    frame_channels : mapping of str to ndarray, each shape (T,)
        ``luma_mean`` (0..255), ``luma_dark_pct``, ``luma_blown_pct``, ``camera_shift_x_px`` and
        ``camera_shift_y_px`` (motion of the background since the last frame judged, clip pixels).
        ``picture_change`` (:mod:`formcheck.pixels.change`).
        NaN in frames that were not judged or could not be decoded. (``foot_sharpness`` is among
        the channels of each person.)
    edges_px : ndarray of float, shape (E, 5)
        Straight edges away from people in a few frames: ``EDGE_COLUMNS``, clip pixels.
    """

    seen: Observations
    frame_channels: Mapping[str, FloatArray]
    edges_px: FloatArray

    def channels_of(self, rows: IntArray, time_s: FloatArray) -> Channels:
        """Return the pixel channels of one person together with those of the frame.

        Parameters
        ----------
        rows : ndarray of int, shape (T,)
            Row of ``seen`` for each frame, -1 where that person was not seen.
        time_s : ndarray of float, shape (T,)
        """
        found = rows >= 0
        values = {name: readonly(v) for name, v in self.frame_channels.items()}
        for name, column in self.seen.channels.items():
            array = np.full(rows.size, np.nan)
            array[found] = column[rows[found]]
            values[name] = readonly(array)
        return Channels(time_s=time_s, values=values)

    def only(self, rows: IntArray) -> "PixelPass":
        """Return what the pixels say of some frames, which are numbered anew.

        Parameters
        ----------
        rows : ndarray of int
            Rising.
        """
        new = np.full(self.seen.n_frames, -1, dtype=np.int64)
        new[rows] = np.arange(rows.size)
        kept = new[self.seen.frame] >= 0
        edges = self.edges_px[new[self.edges_px[:, 0].astype(np.int64)] >= 0].copy()
        edges[:, 0] = new[edges[:, 0].astype(np.int64)]
        return PixelPass(
            seen=Observations(
                n_frames=int(rows.size),
                frame=new[self.seen.frame[kept]],
                track=self.seen.track[kept],
                xy_px=self.seen.xy_px[kept],
                visibility=self.seen.visibility[kept],
                world_m=self.seen.world_m[kept],
                channels={name: v[kept] for name, v in self.seen.channels.items()},
            ),
            frame_channels={
                name: readonly(_since_begun(name, v[rows]))
                for name, v in self.frame_channels.items()
            },
            edges_px=readonly(edges),
        )


def _since_begun(name: str, values: FloatArray) -> FloatArray:
    """Return a channel of a part without the camera's shift since before the part."""
    if name.startswith("camera_shift"):
        values[np.flatnonzero(np.isfinite(values))[:1]] = np.nan
    return values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SegmentResult:
    """What one segment gives: the rows of its people and the values of its frames."""

    start: int
    stop: int
    frame: IntArray
    track: IntArray
    xy_px: SmallFloatArray
    visibility: SmallFloatArray
    world_m: SmallFloatArray
    person_values: SmallFloatArray
    frame_values: FloatArray
    edges_px: FloatArray


def merged(
    parts: list[SegmentResult],
    n_frames: int,
    person_names: tuple[str, ...],
    frame_names: tuple[str, ...],
) -> PixelPass:
    """Join the segments of a clip, in order of time.

    Track numbers of different segments are kept apart.

    Parameters
    ----------
    parts : list of SegmentResult
    n_frames : int
    person_names, frame_names : tuple of str
        Columns of ``person_values`` and ``frame_values``.
    """
    parts = sorted(parts, key=lambda p: p.start)
    offset, tracks = 0, []
    for part in parts:
        tracks.append(part.track + offset)
        offset += int(part.track.max(initial=-1)) + 1
    person_values = np.concatenate([p.person_values for p in parts])
    seen = Observations(
        n_frames=n_frames,
        frame=np.concatenate([p.frame for p in parts]),
        track=np.concatenate(tracks),
        xy_px=np.concatenate([p.xy_px for p in parts]),
        visibility=np.concatenate([p.visibility for p in parts]),
        world_m=np.concatenate([p.world_m for p in parts]),
        channels={name: person_values[:, i] for i, name in enumerate(person_names)},
    )
    frame_values = np.full((n_frames, len(frame_names)), np.nan)
    for part in parts:
        frame_values[part.start : part.stop] = part.frame_values
    return PixelPass(
        seen=seen,
        frame_channels={n: readonly(frame_values[:, i]) for i, n in enumerate(frame_names)},
        edges_px=readonly(np.concatenate([p.edges_px for p in parts])),
    )
