"""A named table of plug-ins: one file each, which registers itself on import."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

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
