"""The words for what can be wrong with a clip: runner and physiotherapist, and what to do.

Second person, present tense, about the picture, never about the body. Placeholders are filled by
the gates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from formcheck.results import Finding, Severity


@dataclass(frozen=True, slots=True)
class Copy:
    """One finding's words: to the runner, to the physiotherapist, and the remedy."""

    runner: str
    clinical: str
    suggestion: str = ""


QUALITY_TEXTS: Final[Mapping[str, Copy]] = {
    "FEET_CUT_OFF": Copy(
        "Your feet leave the picture in {share:.0f} of 100 pictures.",
        "Feet out of frame in {share:.0f} % of frames; contact measures withheld.",
        "Step the phone back about one metre, or tilt it so that floor shows below your shoes.",
    ),
    "HEAD_CUT_OFF": Copy(
        "Your head leaves the picture, so the body may be found less well.",
        "Head out of frame in {share:.0f} % of frames.",
        "Step the phone back about one metre.",
    ),
    "PERSON_SMALL": Copy(
        "You look small in the picture ({share:.0f} % of its height), so angles are coarser.",
        "Body height {share:.0f} % of the frame ({px:.0f} px); intervals are wider.",
        "Move the phone closer, with a little space above your head and below your feet.",
    ),
    "PERSON_TOO_SMALL": Copy(
        "You are too small in the picture ({share:.0f} % of its height) for angles.",
        "Body height {share:.0f} % of the frame ({px:.0f} px); angles withheld.",
        "Move the phone closer, until you fill most of the picture's height.",
    ),
    "FAR_STEPS": Copy(
        "In {far:.0f} of {all:.0f} steps you are far away; the numbers come from the others.",
        "{far:.0f} of {all:.0f} steps left out: body below the height at which angles are read.",
        "For more steps, run past the phone again, or start nearer.",
    ),
    "TOO_DARK": Copy(
        "It is quite dark, so edges are blurry.",
        "Mean luma {luma:.0f} of 255; noise and motion blur widen the intervals.",
        "Turn on a light or film by the window.",
    ),
    "TOO_BRIGHT": Copy(
        "The picture is very bright, so edges are washed out.",
        "Mean luma {luma:.0f} of 255.",
        "Put the window behind the phone instead of behind you.",
    ),
    "MOTION_BLUR": Copy(
        "Your feet are smeared as they move, so the moment of landing is less sure.",
        "Motion blur at the feet; contact measures are indicative.",
        "Add light, so that the phone can use a shorter exposure.",
    ),
    "TWO_PEOPLE": Copy(
        "There is a second person (or a mirror or poster) in the picture. We follow the one who "
        "is largest and moves most.",
        "Second person in {share:.0f} % of frames; check that the right person was followed.",
        "Look whether the pictures show you; if not, film again with nobody else in view.",
    ),
    "PASSER_BY": Copy(
        "Someone else was in the picture for about {seconds:.0f} seconds; we kept following you.",
        "Second person in {share:.0f} % of frames; the runner was followed throughout.",
        "",
    ),
    "LEG_HIDDEN": Copy(
        "Something (a rail, a bar) hides your {side} leg in {share:.0f} of 100 pictures.",
        "{side} leg unsure in {share:.0f} % of frames; values of that leg are indicative.",
        "Move the phone until nothing stands between it and your legs.",
    ),
    "PERSON_LOST": Copy(
        "You are found in only {share:.0f} of 100 pictures.",
        "Detection rate {share:.0f} %.",
        "Film the whole body against a plain wall in more light.",
    ),
    "VIEW_WRONG": Copy(
        "This looks like a view from {seen}. For this test the phone stands {wanted}.",
        "View: {seen}; this test is read from {wanted}. Measures of other views are withheld.",
        "Film it again from there, or correct the view if it was not recognised.",
    ),
    "VIEW_OBLIQUE": Copy(
        "The phone is at an angle (about {yaw:.0f} degrees). Straight behind or exactly side-on is "
        "best.",
        "Camera about {yaw:.0f} degrees off square; intervals widened.",
        "Put the phone square to the way you run.",
    ),
    "TURNED_AWAY": Copy(
        "You stand turned from the phone (about {yaw:.0f} degrees): a knee that only bends then "
        "looks as if it went inward or outward.",
        "Body about {yaw:.0f} degrees off square; knee line (FPPA) and hip shift withheld.",
        "Face the phone, toes pointing at it.",
    ),
    "VIEW_TOO_OBLIQUE": Copy(
        "The phone is too far to one side (about {yaw:.0f} degrees) for angles.",
        "Camera about {yaw:.0f} degrees off square; angles withheld.",
        "Put the phone square to the way you run: straight behind, in front, or exactly side-on.",
    ),
    "VIEW_UNSURE": Copy(
        "It is not clear from which side this was filmed.",
        "View ambiguous ({what}); values are indicative until confirmed.",
        "Say which view it is: side, rear or front.",
    ),
    "FACING_UNSURE": Copy(
        "It is not clear which way you face, so left and right may be swapped.",
        "Facing ambiguous; sides are indicative until confirmed.",
        "Say which way you face in the picture.",
    ),
    "LEG_UNSURE": Copy(
        "It is not clear which leg worked: in this view the two were mixed up.",
        "Working leg ambiguous; sides are indicative until confirmed.",
        "Say which leg it was, or film it from the front.",
    ),
    "CAMERA_TILTED": Copy(
        "Your phone leaned {roll:.0f} degrees; we straightened it.",
        "Camera roll {roll:.1f} degrees (SD {sd:.1f}) corrected.",
        "",
    ),
    "CLIP_LONG": Copy(
        "The clip is long ({minutes:.0f} minutes), so reading it takes a while.",
        "Duration {minutes:.0f} min; all of it is read.",
        "Cut it on the phone to the 15 seconds that matter.",
    ),
    "CLIP_SHORT": Copy(
        "The clip is short ({seconds:.1f} seconds).",
        "Duration {seconds:.1f} s.",
        "Film 15 to 20 seconds of steady movement.",
    ),
    "FPS_TOO_LOW": Copy(
        "{fps:.0f} pictures a second are too few to find the moment of landing.",
        "{fps:.0f} frames/s; contact measures withheld.",
        "Switch your camera to 60 frames per second.",
    ),
    "FPS_LOW": Copy(
        "{fps:.0f} pictures a second are low for a landing.",
        "{fps:.0f} frames/s: one frame is {frame_ms:.0f} ms; contact measures are coarse.",
        "Switch your camera to 60 frames per second.",
    ),
    "VARIABLE_FRAME_RATE": Copy(
        "Your phone took pictures at an uneven pace; we used their true times.",
        "Variable frame rate, handled by presentation timestamps.",
        "",
    ),
    "CLIP_BREAKS": Copy(
        "The clip breaks off ({why}). The numbers come from {start:.1f} to {end:.1f} s of it; the "
        "other {rest:.1f} s were left out.",
        "Discontinuous recording ({why}); analysed {start:.1f} to {end:.1f} s, the longest part.",
        "For another part, choose it with its start and end.",
    ),
    "REPEATED_PICTURES": Copy(
        "{n} pictures only repeat the one before and were left out: {fps:.0f} real ones a second.",
        "{n} duplicate frames removed; true rate {fps:.1f} frames/s.",
        "Send the file as the camera made it, not one that was converted or played and recorded.",
    ),
    "VIDEO_ROTATED": Copy(
        "We turned your video upright.",
        "Stored rotation of {rotation} degrees applied.",
        "",
    ),
    "LYING_PICTURE": Copy(
        "You appear sideways in the picture.",
        "Trunk {angle:.0f} degrees from upright: the picture seems to lie on its side.",
        "Film with the phone upright, or turn the video before you drop it here.",
    ),
    "SLOW_MOTION": Copy(
        "This is slow motion; times are brought back to real speed ({factor:.3g} times slower).",
        "Slow motion factor {factor:.3g} undone.",
        "",
    ),
    "MIRRORED": Copy(
        "Filmed in selfie mode: left and right were swapped back.",
        "Mirrored recording; sides swapped.",
        "",
    ),
    "BELT_SPEED_DOUBTED": Copy(
        "A belt speed of {speed:.3g} m/s ({kmh:.0f} km/h) cannot be right: {why}. It was not used.",
        "Belt speed {speed:.3g} m/s contradicts the picture ({why}); speed and scale not taken "
        "from it.",
        "Give the speed with its unit: 2.7m/s, 9.7km/h, 6mph or 6:10/km.",
    ),
    "CAMERA_MOVES": Copy(
        "The phone moves. Landing softness and lengths are not given.",
        "Camera motion {share:.1f} % of body height; softness and lengths withheld.",
        "Lean the phone on something, do not hold it.",
    ),
    "HIPS_HIDDEN": Copy(
        "Your top or your arms hide your hips in {share:.0f} of 100 pictures.",
        "Hip landmarks unsure in {share:.0f} % of frames; pelvis measures are indicative.",
        "A fitted top tucked in, and relaxed arms, help.",
    ),
    "LEGS_SWAPPED": Copy(
        "Left and right leg were mixed up for moments as they crossed; we put them right.",
        "{n} frames with exchanged legs repaired ({share:.1f} %).",
        "",
    ),
    "FEW_STEPS": Copy(
        "We found {n} steps on the {side}. {wanted} or more give a steadier number.",
        "{n} clean steps on the {side}; shown without a verdict below {wanted}.",
        "Film 15 to 20 seconds of steady running.",
    ),
}


def finding(
    code: str, severity: Severity, measure_ids: Sequence[str] = (), **values: object
) -> Finding:
    """Build a quality finding from the text table.

    Parameters
    ----------
    code : str
        A key of :data:`QUALITY_TEXTS`.
    severity : {"info", "watch", "stop"}
    measure_ids : sequence of str
        Measures affected.
    **values
        For the placeholders of the text.

    Returns
    -------
    Finding
    """
    copy = QUALITY_TEXTS[code]
    return Finding(
        code=code,
        severity=severity,
        message=copy.runner.format(**values),
        clinical=copy.clinical.format(**values),
        suggestion=copy.suggestion,
        measure_ids=tuple(measure_ids),
    )
