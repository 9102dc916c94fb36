"""An upper body for runs of which only the legs were measured: another runner's, in step."""

from dataclasses import replace

import numpy as np
from scipy.spatial.transform import Rotation

from sample_videos.render.measured.take import Take
from sample_videos.render.meshes import FloatArray

UPPER = ("thorax", "head", "uaL", "uaR", "faL", "faR")


def step_count(take: Take) -> tuple[FloatArray, FloatArray]:
    """Landings of a run and their count, even on the left."""
    times = [x.ic_s for x in take.spans]
    first = 0 if take.spans[0].side == "L" else 1
    return np.array(times), np.arange(len(times), dtype=float) + first


def with_upper_body(take: Take, donor: Take) -> Take:
    """Give a run the trunk, head and arms of another runner, landing by landing.

    Parameters
    ----------
    take, donor : Take
        Both running forward along X, their stances found; sides must alternate in both.
    """
    times, count = step_count(take)
    lent, lent_count = step_count(donor)
    steps = np.interp(take.t_s, times, count)
    before, after = take.t_s < times[0], take.t_s > times[-1]
    pace = float(np.median(np.diff(times)))
    steps[before] = count[0] - (times[0] - take.t_s[before]) / pace
    steps[after] = count[-1] + (take.t_s[after] - times[-1]) / pace
    whole = 2 * ((len(lent) - 2) // 2)  # an even number of steps, there and again
    at = np.interp((steps - lent_count[0]) % whole + lent_count[0], lent_count, lent)
    k = np.clip(np.searchsorted(donor.t_s, at) - 1, 0, len(donor.t_s) - 2)
    u = ((at - donor.t_s[k]) / donor.step_s)[:, None]
    turns = dict(take.turns)
    for name in UPPER:
        a, b = donor.turns[name][k], donor.turns[name][k + 1]
        way = Rotation.from_matrix(b @ np.swapaxes(a, 1, 2)).as_rotvec()
        turns[name] = Rotation.from_rotvec(u * way).as_matrix() @ a
    return replace(take, turns=turns)
