"""One cue at a time: how to stand in the picture first, then reminders; never a judgement."""

from dataclasses import dataclass
from typing import Final

from formcheck.live.counting import Exercise
from formcheck.settings.live import LiveSettings

STEP_INTO_VIEW: Final = "Step into the picture."
WHOLE_BODY: Final = "Step back until head and feet are both in the picture."
SLOW_DOWN: Final = "Take your time: three seconds down, two seconds up."
CUES: Final[dict[Exercise, tuple[str, ...]]] = {
    "squat": (
        "Sit back, slowly.",
        "Point your kneecap over your second toe.",
        "Push the floor away to come up.",
        "Stand tall before the next one.",
    ),
    "jog": (
        "Land softly, with quiet feet.",
        "Run tall, shoulders loose.",
        "Light, quick steps.",
        "Keep your waistband level.",
    ),
}
"""Reminders, in turn; taken from the cues of the assessment. None follows from a measurement."""


@dataclass(slots=True)
class CueChooser:
    """Chooses the one cue to show; it changes no sooner than can be read."""

    exercise: Exercise
    settings: LiveSettings
    cue: str = ""
    _since_s: float = 0.0
    _turn: int = -1
    _seen_s: float | None = None

    def look(
        self, time_s: float, *, found: bool, whole: bool, last_rep_s: float | None = None
    ) -> str:
        """Return the cue for a picture at a time that rises.

        Parameters
        ----------
        found, whole : bool
            Somebody is in the picture; head to feet.
        last_rep_s : float, optional
            How long the last repetition was down, s.
        """
        if found or self._seen_s is None:
            self._seen_s = time_s
        waited_s = time_s - self._since_s
        if self.cue and waited_s < self.settings.cue_hold_s:
            return self.cue
        wanted = self._needed(time_s - self._seen_s, found, whole, last_rep_s)
        reminders = CUES[self.exercise]
        if not wanted and (self.cue not in reminders or waited_s >= self.settings.cue_every_s):
            self._turn = (self._turn + 1) % len(reminders)
            wanted = reminders[self._turn]
        if wanted and wanted != self.cue:
            self.cue, self._since_s = wanted, time_s
        return self.cue

    def _needed(self, lost_s: float, found: bool, whole: bool, last_rep_s: float | None) -> str:
        """Return the cue that comes before any reminder, empty for none."""
        if not found:
            return STEP_INTO_VIEW if lost_s >= self.settings.lost_s else self.cue
        if not whole:
            return WHOLE_BODY
        hurried = last_rep_s is not None and last_rep_s < self.settings.squat_fast_s
        return SLOW_DOWN if hurried else ""
