"""What the recogniser says, in words: the question, the refusal, the record and the finding."""

from typing import Final

from formcheck.errors import FormcheckError
from formcheck.events import Activity
from formcheck.recognition import Recognition
from formcheck.registry import PROTOCOLS
from formcheck.results import Finding, LikelyTest, RecognitionRecord

_RUNNING: Final = ("treadmill_run", "hallway_run", "jog_on_spot")
_SEEN: Final[dict[str, str]] = {
    "none_standing": "somebody upright who does something that is none of the tests",
    "none_floor": "somebody on the floor who does none of the tests, as in push-ups or a plank",
}
_HOPS: Final = ("hop_landing", "hop_in_place", "forward_bounds")


def too_little_seen() -> FormcheckError:
    """Return the refusal of a clip that shows somebody for less than a second."""
    what = "somebody is seen for less than a second: too little to tell what was filmed"
    return FormcheckError("CLIP_TOO_SHORT", what)


def no_steady_steps() -> FormcheckError:
    """Return the refusal of a run whose steps keep no rhythm: too few of them, or cuts between."""
    what = "this looks like running, but the steps keep no steady rhythm: too few, or cut"
    hint = "Film at least 10 seconds of steady running in one piece, feet in the picture."
    return FormcheckError("CLIP_TOO_SHORT", what, hint)


def unsure(seen: Recognition, missing: str = "") -> FormcheckError:
    """Return the question which test it is; `missing` says what the likeliest one lacks."""
    if not seen.likely:
        return none_of_ours(seen)
    words = [f"{_title(p)} ({100 * share:.0f} %)" for p, share in seen.likely]
    what = f"it is not sure what was filmed: {_or(words)}"
    if missing:
        what = f"this looks like {_title(seen.likely[0][0])}, but {missing}"
    options = _or([f"--protocol {p}" for p, _ in seen.likely])
    hint = f"Say which test it is: {options}; `formcheck protocols` lists all."
    return FormcheckError("PROTOCOL_UNSURE", what, hint, seen.likely)


def none_of_ours(seen: Recognition) -> FormcheckError:
    """Return the refusal of a movement that is no test."""
    what = f"this shows {_SEEN.get(seen.kind, _SEEN['none_standing'])}"
    return FormcheckError("NOT_A_TEST", what, likely=seen.likely)


def walking(seen: Recognition, activity: Activity) -> FormcheckError:
    """Return the refusal of somebody who walks."""
    reason = activity.reason
    if activity.kind != "walking":
        reason = f"this looks like walking ({100 * seen.probability:.0f} %)"
    return FormcheckError("NOT_RUNNING", reason, likely=seen.likely)


def _title(protocol_id: str) -> str:
    title = PROTOCOLS[protocol_id].title
    return title[0].lower() + title[1:]


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def recognition_record(seen: Recognition | None) -> RecognitionRecord | None:
    """Return what is kept of the recognition."""
    if seen is None:
        return None
    tests = [LikelyTest(protocol=p, probability=round(share, 3)) for p, share in seen.likely]
    is_test = bool(tests) and abs(seen.likely[0][1] - seen.probability) < 1e-9
    return RecognitionRecord(
        protocol=tests[0].protocol if is_test else "",
        probability=round(seen.probability, 3),
        others=tuple(tests[1:] if is_test else tests),
    )


def named_otherwise(seen: Recognition | None, named: str) -> tuple[Finding, ...]:
    """Say so where the user names one test and the clip surely looks like another."""
    if seen is None or seen.outcome != "sure" or named not in PROTOCOLS:
        return ()
    looks_like = seen.likely[0][0]
    if any({looks_like, named} <= set(group) for group in (_RUNNING, _HOPS, (named,))):
        return ()
    return (
        Finding(
            code="LOOKS_LIKE_ANOTHER_TEST",
            severity="info",
            message=f"This looks more like: {PROTOCOLS[looks_like].title}.",
            suggestion=f"It was analysed as you said: {PROTOCOLS[named].title}.",
        ),
    )
