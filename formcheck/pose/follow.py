"""Following people from picture to picture with a detector and a landmark model.

Running MediaPipe's detector on every picture costs 60 % more than following (31 against 19 ms on
one core for the full model) and its boxes jitter; letting MediaPipe follow with its own clock
smooths the landmarks causally, 10 to 27 ms late on rendered runners. So each person has a follower
whose clock makes that smoothing vanish (see :mod:`formcheck.pose.mediapipe_tasks`), and the
detector only scouts the whole picture now and then for further people.

What is returned for a picture depends on the pictures of its segment up to it, never on the clock
or on other segments.
"""

from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np

from formcheck.data import FloatArray
from formcheck.pose.backend import Box, Detection, ImageArray, box_of, overlap
from formcheck.settings.pose import TrackSettings

Found = tuple[FloatArray, FloatArray, FloatArray]
"""xy_px (33, 2), visibility (33,), world_m (33, 3) of one person."""
Region = tuple[int, int, int, int]


class Finder(Protocol):
    """Finds people in a single picture, without memory."""

    def find(self, rgb: ImageArray) -> list[Found]:
        """Return the people seen."""
        ...

    def close(self) -> None:
        """Free native memory."""
        ...


class Follower(Protocol):
    """Finds the most visible person, then stays with that person."""

    def follow(self, rgb: ImageArray) -> Found | None:
        """Return the person followed, None when lost."""
        ...

    def forget(self) -> None:
        """Start afresh with the next picture."""
        ...

    def close(self) -> None:
        """Free native memory."""
        ...


class Models(Protocol):
    """Makes finders and followers of one model."""

    def finder(self) -> Finder:
        """Return a finder."""
        ...

    def follower(self) -> Follower:
        """Return a follower."""
        ...


@dataclass(slots=True)
class _Person:
    track: int
    follower: Follower
    region: Region
    last: Detection


@dataclass(slots=True)
class PeopleFollower:
    """Every person in the picture, each with a follower of their own.

    Parameters
    ----------
    models : Models
    settings : TrackSettings
    fps : float
        True frame rate, from which the interval between scouts is taken.
    """

    models: Models
    settings: TrackSettings
    fps: float
    _people: list[_Person] = field(default_factory=list)
    _spare: list[Follower] = field(default_factory=list)
    _finder: Finder | None = None
    _n_seen: int = 0
    _n_tracks: int = 0

    def detect(self, rgb: ImageArray) -> tuple[Detection, ...]:
        """Return the people in the next picture."""
        self._people = [p for p in self._people if self._keep(p, rgb)]
        self._drop_duplicates()
        if self._is_time_to_scout():
            self._scout(rgb)
        self._n_seen += 1
        return tuple(p.last for p in self._people)

    def look(self, rgb: ImageArray) -> tuple[Detection, ...]:
        """Return the people in a single picture, tallest first; nothing is remembered."""
        return tuple(_detection(person, n) for n, person in enumerate(self._find_all(rgb)))

    def restart(self) -> None:
        """Forget everybody."""
        for person in self._people:
            self._release(person)
        self._people = []
        self._n_seen = self._n_tracks = 0

    def close(self) -> None:
        """Free native memory."""
        self.restart()
        for follower in self._spare:
            follower.close()
        self._spare = []
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    def _is_time_to_scout(self) -> bool:
        every = max(1, round(self.settings.scout_every_s * self.fps))
        if not self._people:
            every = min(every, self.settings.retry_frames)
        return self._n_seen % every == 0

    def _scout(self, rgb: ImageArray) -> None:
        found = self._find_all(rgb)
        tallest = max([_height(f) for f in found] + [_tall(p.last.box) for p in self._people] + [0])
        for person in found:
            known = any(
                overlap(_box(person), p.last.box) > self.settings.same_person_iou
                for p in self._people
            )
            is_small = _height(person) < self.settings.min_relative_height * tallest
            if not known and not is_small and len(self._people) < self.settings.max_people:
                self._begin(person, rgb, alone=len(found) == 1 and not self._people)

    def _find_all(self, rgb: ImageArray) -> list[Found]:
        """Return the people in the whole picture, tallest first."""
        if self._finder is None:
            self._finder = self.models.finder()
        return sorted(search(self._finder, rgb, self.settings), key=lambda f: -_height(f))

    def _begin(self, found: Found, rgb: ImageArray, *, alone: bool) -> None:
        follower = self._spare.pop() if self._spare else self.models.follower()
        seed = _detection(found, self._n_tracks)
        person = _Person(self._n_tracks, follower, region_for(seed.box, rgb, self.settings), seed)
        if self._settle(person, rgb, alone=alone):
            self._people.append(person)
            self._n_tracks += 1
        else:
            self._spare.append(follower)

    def _keep(self, person: _Person, rgb: ImageArray) -> bool:
        """Follow a person into the next picture; False if lost."""
        found = _follow(person.follower, rgb, person.region, self.settings.input_side_px)
        if found is None or not self._is_same(person, found):
            person.region = region_for(person.last.box, rgb, self.settings)
            if self._settle(person, rgb, alone=len(self._people) == 1):
                return True
            self._release(person)
            return False
        person.last = _detection(found, person.track)
        if needs_region(person.last.box, person.region, rgb, self.settings):
            person.region = region_for(person.last.box, rgb, self.settings)
            self._settle(person, rgb, alone=len(self._people) == 1)
        return True

    def _settle(self, person: _Person, rgb: ImageArray, *, alone: bool) -> bool:
        """Set a follower on a person: the second look starts from the first one's landmarks.

        A follower takes the plainest person it sees, so others are painted out for the first look.
        """
        person.follower.forget()
        found = None
        first = rgb if alone else painted_out(rgb, person.last.box, self.settings.crop_factor)
        for look in (first, rgb):
            found = _follow(person.follower, look, person.region, self.settings.input_side_px)
        if found is None or not self._is_same(person, found):
            return False
        person.last = _detection(found, person.track)
        return True

    def _is_same(self, person: _Person, found: Found) -> bool:
        return overlap(_box(found), person.last.box) > self.settings.same_person_iou

    def _drop_duplicates(self) -> None:
        kept: list[_Person] = []
        for person in self._people:  # elder tracks come first
            twin = any(
                overlap(person.last.box, k.last.box) > self.settings.duplicate_iou for k in kept
            )
            if twin:
                self._release(person)
            else:
                kept.append(person)
        self._people = kept

    def _release(self, person: _Person) -> None:
        person.follower.forget()
        self._spare.append(person.follower)


def search(finder: Finder, rgb: ImageArray, settings: TrackSettings) -> list[Found]:
    """Look for people in the whole picture, and in parts of it if there are none.

    A person 30 px high in the detector's 224 px picture is missed every few frames; in a part of
    the picture the same person is large enough.
    """
    whole = content_region(rgb, settings.dark_border_luma)
    found = _find(finder, rgb, whole, settings.input_side_px)
    if found:
        return found
    people: list[Found] = []
    for tile in tiles(whole):
        for person in _find(finder, rgb, tile, settings.input_side_px):
            if all(overlap(_box(person), _box(p)) <= settings.same_person_iou for p in people):
                people.append(person)
    return people


def content_region(rgb: ImageArray, dark_luma: int) -> Region:
    """Return the part of a picture inside black padding (the whole picture if there is none)."""
    brightest = [cv2.reduce(rgb, axis, cv2.REDUCE_MAX).max(axis=-1).ravel() for axis in (1, 0)]
    rows, columns = (np.flatnonzero(line > dark_luma) for line in brightest)
    if rows.size == 0:
        return 0, 0, rgb.shape[1], rgb.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def tiles(region: Region) -> list[Region]:
    """Cut a region into squares that overlap by about half, along its longer side first."""
    x0, y0, x1, y1 = region
    width, height = x1 - x0, y1 - y0
    side = min(width, height)
    if max(width, height) < 1.3 * side:
        side = max(1, round(0.6 * side))
    return [
        (x, y, x + side, y + side)
        for y in _starts(y0, height, side)
        for x in _starts(x0, width, side)
    ]


def _starts(first: int, length: int, side: int) -> list[int]:
    n = max(1, int(np.ceil((length - side) / (0.5 * side))) + 1)
    return [first + round(k * (length - side) / max(1, n - 1)) for k in range(n)]


def region_for(box: Box, rgb: ImageArray, settings: TrackSettings) -> Region:
    """Return the square to cut out around a person, or the whole picture if that is hardly more."""
    height, width = rgb.shape[:2]
    half = 0.5 * settings.crop_factor * max(box[2] - box[0], box[3] - box[1])
    x, y = 0.5 * (box[0] + box[2]), 0.5 * (box[1] + box[3])
    region = (
        max(0, round(x - half)),
        max(0, round(y - half)),
        min(width, round(x + half)),
        min(height, round(y + half)),
    )
    w, h = region[2] - region[0], region[3] - region[1]
    if min(w, h) < 16 or w * h > settings.crop_below * width * height:
        return 0, 0, width, height
    return region


def painted_out(rgb: ImageArray, box: Box, factor: float) -> ImageArray:
    """Return a copy that is grey outside a person's box, widened a little."""
    x0, y0, x1, y1 = box
    margin = 0.25 * (factor - 1) * np.array([x1 - x0, y1 - y0])
    left, top = np.maximum(0, np.floor((x0 - margin[0], y0 - margin[1]))).astype(int)
    right, bottom = np.maximum(0, np.ceil((x1 + margin[0], y1 + margin[1]))).astype(int)
    out = np.full_like(rgb, 127)
    out[top:bottom, left:right] = rgb[top:bottom, left:right]
    return out


def needs_region(box: Box, region: Region, rgb: ImageArray, settings: TrackSettings) -> bool:
    """Tell whether a person has come near the edge of the cut-out, or shrunk in it."""
    height, width = rgb.shape[:2]
    w, h = region[2] - region[0], region[3] - region[1]
    margin_x, margin_y = settings.edge_margin * w, settings.edge_margin * h
    is_at_edge = (
        (region[0] > 0 and box[0] < region[0] + margin_x)
        or (region[1] > 0 and box[1] < region[1] + margin_y)
        or (region[2] < width and box[2] > region[2] - margin_x)
        or (region[3] < height and box[3] > region[3] - margin_y)
    )
    is_small = max(box[2] - box[0], box[3] - box[1]) < settings.small_scale * max(w, h)
    return (is_at_edge or is_small) and region_for(box, rgb, settings) != region


def _follow(follower: Follower, rgb: ImageArray, region: Region, side_px: int) -> Found | None:
    part, scale = _cut(rgb, region, side_px)
    found = follower.follow(part)
    return None if found is None else _placed(found, region, scale)


def _find(finder: Finder, rgb: ImageArray, region: Region, side_px: int) -> list[Found]:
    part, scale = _cut(rgb, region, side_px)
    return [_placed(found, region, scale) for found in finder.find(part)]


def _cut(rgb: ImageArray, region: Region, side_px: int) -> tuple[ImageArray, FloatArray]:
    """Cut a region out and shrink it by a whole number, a few rows and columns short if need be.

    Averaging blocks of 2 x 2 or 3 x 3 pixels is ten times faster than areas of broken size.
    """
    x0, y0, x1, y1 = region
    k = max(1, round(max(x1 - x0, y1 - y0) / side_px))
    width, height = max(1, (x1 - x0) // k), max(1, (y1 - y0) // k)
    used = rgb[y0 : min(y0 + k * height, y1), x0 : min(x0 + k * width, x1)]
    part = used
    if k > 1:
        size = width, height
        part = np.asarray(cv2.resize(used, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scale = np.array([used.shape[1] / part.shape[1], used.shape[0] / part.shape[0]])
    return np.ascontiguousarray(part), scale


def _placed(found: Found, region: Region, scale: FloatArray) -> Found:
    xy_px, visibility, world_m = found
    return xy_px * scale + np.array(region[:2], dtype=np.float64), visibility, world_m


def _detection(found: Found, track: int) -> Detection:
    return Detection(track=track, xy_px=found[0], visibility=found[1], world_m=found[2])


def _box(found: Found) -> Box:
    return box_of(found[0])


def _tall(box: Box) -> float:
    return box[3] - box[1]


def _height(found: Found) -> float:
    return _tall(_box(found))
