"""Registries: measures, protocols, pose backends, annotators and exports plug in by one file each.

``discover(package)`` imports every module of a package, and each registers itself on import.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from formcheck.data import Samples, Trial
from formcheck.keypoints import View

T = TypeVar("T")


class Registry(Generic[T]):
    """A named, ordered table of plug-ins.

    Parameters
    ----------
    kind : str
        What is registered, for messages.
    package : str
        Package whose modules register themselves on import.
    """

    def __init__(self, kind: str, package: str) -> None:
        self._kind = kind
        self._package = package
        self._items: dict[str, T] = {}
        self._discovered = False

    def add(self, key: str, item: T) -> T:
        """Register `item` under `key`.

        Raises
        ------
        ValueError
            If `key` is taken.
        """
        if key in self._items:
            msg = f"{self._kind} {key!r} is registered twice"
            raise ValueError(msg)
        self._items[key] = item
        return item

    def _load(self) -> Mapping[str, T]:
        if not self._discovered:
            self._discovered = True
            discover(self._package)
            # whoever was imported first plays no part in any listing
            self._items = dict(sorted(self._items.items()))
        return self._items

    def __getitem__(self, key: str) -> T:
        """Return the item registered under `key`; KeyError names what exists."""
        items = self._load()
        if key not in items:
            msg = f"no {self._kind} {key!r}; there are: {', '.join(items)}"
            raise KeyError(msg)
        return items[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether `key` is registered."""
        return key in self._load()

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        return iter(self._load())

    def values(self) -> tuple[T, ...]:
        """Return all items, in order of their keys."""
        return tuple(self._load().values())


def discover(package: str) -> None:
    """Import every module of `package`, in name order."""
    root = importlib.import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda m: m.name):
        importlib.import_module(f"{package}.{info.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSpec:
    """A measure: what it is, from which views it can be read, and the function that reads it.

    Attributes
    ----------
    views : tuple of View
        Views that can carry it; from any other it is `unavailable`.
    sided : bool
        True if left and right are reported apart.
    near_leg_only : bool
        In side view, only the leg nearer the camera is reported.
    sign : str
        What a positive value means, in words.
    how_to_film : str
        What to film so that it can be measured (ends the reason of an unavailable value).
    source : str
        Where formula and definition come from.
    core : bool
        One of the five measures of the mission.
    """

    id: str
    title: str
    unit: str
    views: tuple[View, ...]
    sided: bool
    sign: str
    how_to_film: str
    source: str
    compute: Callable[[Trial], Samples]
    near_leg_only: bool = False
    min_fps: float = 0.0
    core: bool = False


MEASURES: Registry[MeasureSpec] = Registry("measure", "formcheck.measures")


def measure(
    *,
    id: str,  # noqa: A002 (the contract's word)
    title: str,
    unit: str,
    views: tuple[View, ...],
    sided: bool,
    sign: str,
    how_to_film: str,
    source: str,
    near_leg_only: bool = False,
    min_fps: float = 0.0,
    core: bool = False,
) -> Callable[[Callable[[Trial], Samples]], Callable[[Trial], Samples]]:
    """Register the decorated pure function as a measure (see :class:`MeasureSpec`)."""

    def register(compute: Callable[[Trial], Samples]) -> Callable[[Trial], Samples]:
        MEASURES.add(
            id,
            MeasureSpec(
                id=id,
                title=title,
                unit=unit,
                views=views,
                sided=sided,
                sign=sign,
                how_to_film=how_to_film,
                source=source,
                compute=compute,
                near_leg_only=near_leg_only,
                min_fps=min_fps,
                core=core,
            ),
        )
        return compute

    return register


EventDetector = Literal[
    "run", "squat", "hop", "landing", "bound", "lift", "hold", "hinge", "lunge", "running_man",
    "rise", "bridge", "abduct",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A test: how it is filmed, how its events are found, what is measured.

    Attributes
    ----------
    detector : str
        Which event detector of ``formcheck.events`` runs.
    measures : tuple of str
        Measure ids in the order shown.
    how_to_film : tuple of str
        Short instructions for the person filming.
    target : str
        Repetitions, time or steps that are counted, as the test is usually done.
    quality : tuple of str
        What is looked at besides the count, in plain words.
    limits : tuple of str
        What this test cannot show from one phone, and how sure its numbers are.
    """

    id: str
    title: str
    views: tuple[View, ...]
    detector: EventDetector
    measures: tuple[str, ...]
    how_to_film: tuple[str, ...]
    purpose: str
    target: str = ""
    quality: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


PROTOCOLS: Registry[Protocol] = Registry("protocol", "formcheck.protocols")
