"""A runner over a force plate: what the force itself, and the upper body's rise and fall, tell.

The recording is not in the repository, so this may skip. It is one overground run with one stance
per side (Fukuchi and others, CC BY 4.0); the force's shape in :class:`ForceSettings` lies near its
own, the upper body took no part in anything.
"""

from pathlib import Path

import numpy as np
import pytest

from formcheck.events.force import wave_table
from formcheck.settings.contact import PulseSettings
from formcheck.settings.force import ForceSettings

FOLDER = Path(__file__).parents[3] / "shared" / "motion"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recordings are not here")
PEOPLE, HALF_SINE = ForceSettings(), ForceSettings(roundness=0.0, impact=0.0)
ON_GROUND_N = 20.0
UPPER_BODY = ("C7", "CLAV", "RACR", "LACR")


def forces():
    """Return times and the vertical force of either foot."""
    lines = (FOLDER / "bmc_run3_grf.mot").read_text().splitlines()
    table = [line.split() for line in lines[lines.index("endheader") + 1 :] if line.strip()]
    rows = np.array(table[1:], dtype=float)
    return rows[:, 0], [rows[:, table[0].index(f"{s}_ground_force_vy")] for s in "RL"]


def stances():
    """Return strike and toe-off of the right and of the left foot, and the time of a step."""
    time_s, both = forces()
    found = [time_s[f > ON_GROUND_N][[0, -1]] for f in both]
    return found, found[1][0] - found[0][0]


def heights():
    """Return times and the height of each marker of the upper body, m."""
    lines = (FOLDER / "bmc_run3.trc").read_text().splitlines()
    names = [n for n in lines[3].split("\t") if n.strip()][2:]
    rows = [line.split("\t") for line in lines[5:] if line.strip()]
    time_s = np.array([float(r[1]) for r in rows])
    at = {n: 3 + 3 * names.index(n) for n in UPPER_BODY}
    return time_s, {n: np.array([float(r[k]) for r in rows]) / 1000 for n, k in at.items()}


def contact_and_middle_s(first, second, step_s, force):
    """Read the contact off two waves of a force; the middle is counted from their zero."""
    duty, shape, early = wave_table(*PulseSettings().duty, 400, force)
    found = np.interp(-np.real(second / first**2) * np.abs(first) / 4, -shape, duty)
    middle = -np.angle(first) / (2 * np.pi) + np.interp(found, duty, early)
    return found * step_s, middle * step_s


def test_the_force_itself_is_read_as_it_was():
    time_s, both = forces()
    feet, step_s = stances()
    for force, most_short_s in ((PEOPLE, (-0.010, 0.005)), (HALF_SINE, (-0.030, -0.015))):
        for measured, (strike, off) in zip(both, feet, strict=True):
            fine = strike - 0.01 + np.arange(4000) / 4000 * step_s
            turn = 2j * np.pi * (fine - 0.5 * (strike + off)) / step_s
            push = np.interp(fine, time_s, measured)
            waves = [(push * np.exp(-k * turn)).mean() for k in (1, 2)]
            contact_s, middle_s = contact_and_middle_s(*waves, step_s, force)
            assert most_short_s[0] < contact_s - (off - strike) < most_short_s[1]
            if force is PEOPLE:
                assert abs(middle_s) < 0.010


def test_the_upper_bodys_rise_and_fall_tells_the_contact():
    feet, step_s = stances()
    true_s = np.mean([off - strike for strike, off in feet])
    time_s, markers = heights()
    phase = (time_s - feet[0][0]) / step_s
    seen = (phase >= 0) & (phase < 2)
    waves = np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
    angle = 2 * np.pi * np.outer(phase[seen], waves)
    design = np.column_stack([np.ones(seen.sum()), phase[seen], np.cos(angle), np.sin(angle)])
    found = {PEOPLE: [], HALF_SINE: []}
    for height in markers.values():
        c = np.linalg.lstsq(design, height[seen], rcond=None)[0][2:].reshape(2, -1)
        rise = c[0] - 1j * c[1]
        push = -rise[1], -4 * rise[3]  # the force's waves are the rise's, times their order squared
        for force, values in found.items():
            contact_s, middle_s = contact_and_middle_s(*push, step_s, force)
            values.append((contact_s, middle_s % step_s))
    contact_s, middle_s = np.mean(found[PEOPLE], axis=0)
    assert contact_s == pytest.approx(true_s, abs=0.012)
    assert middle_s == pytest.approx(0.5 * true_s, abs=0.006)
    short_s, soon_s = np.mean(found[HALF_SINE], axis=0)
    assert true_s - short_s > 0.02
    assert 0.5 * true_s - soon_s > 0.007
