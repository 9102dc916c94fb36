"""Protocols: the tests that can be filmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from formcheck.keypoints import View
from formcheck.registry.table import Registry

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
    reach : mapping of str to tuple of float
        What people can reach in this test, where it is not what the measure's card says.
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
    reach: Mapping[str, tuple[float, float]] = field(default_factory=dict)


PROTOCOLS: Registry[Protocol] = Registry("protocol", "formcheck.protocols")
