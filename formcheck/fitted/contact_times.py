"""Where on the mean stride the foot lands and leaves: curves, offsets and errors of the clues.

Read by :mod:`formcheck.events.zero`, learned by :mod:`formcheck.events.calibrate`.
"""

from typing import Any, ClassVar

from formcheck.fitted.header import Table


class ContactTimes(Table):
    """What the clues of a mean stride are worth.

    Attributes
    ----------
    views : mapping of str to mapping
        ``side`` and ``frontal``, each with the curves of ``strike`` and ``toe_off``, ``bias_s`` and
        ``sd_s`` of every clue, and what was found on people left out.
    """

    FILE: ClassVar[str] = "contact_times.json"

    views: dict[str, dict[str, Any]]
