"""What a measure works with besides the clip: settings and learned numbers."""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Self

from formcheck.fitted import Fitted, load_fitted
from formcheck.settings import MeasureSettings, Settings, StickerSettings, SurfaceSettings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """Settings that a person chose and tables learned from clips.

    Attributes
    ----------
    learned_angles : bool
        False: the leg's angles are read plainly, moment by moment.
    """

    settings: Settings = field(default_factory=Settings)
    fitted: Fitted = field(default_factory=load_fitted)
    learned_angles: bool = True

    @property
    def measures(self) -> MeasureSettings:
        """Constants of the measures."""
        return self.settings.measures

    @property
    def surface(self) -> SurfaceSettings:
        """Thresholds of the surface stage."""
        return self.settings.surface

    @property
    def stickers(self) -> StickerSettings:
        """Thresholds of the stickers."""
        return self.settings.stickers

    def plain(self) -> Self:
        """Return the same without learned leg angles."""
        return replace(self, learned_angles=False)

    def without(self, person: str) -> Self:
        """Return the same with leg angles in whose learning a person took no part."""
        return replace(self, fitted=self.fitted.without(person))


@cache
def usual() -> Given:
    """Return what holds where nothing else was chosen: the settings and tables that ship."""
    return Given()
