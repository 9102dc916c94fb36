"""The published studies behind ranges, cues and definitions, by their S-number.

Only studies that measures.md and evidence.md list as seen; named as there.
"""

import re
from collections.abc import Iterable
from typing import Final

SOURCES: Final[dict[int, str]] = {
    2: "Dingenen 2018, Phys Ther Sport 33:40",
    10: "Gwynne and Curran, Int J Sports Phys Ther",
    45: "Heiderscheit 2011, Med Sci Sports Exerc (PMC3022995)",
    50: "Willy 2012 (PMC3501612)",
    51: "Willy 2016, doi 10.1111/sms.12413",
    56: "Phan 2017, sound of landing and ground reaction force",
    59: "Tate and Milner 2017, doi 10.2519/jospt.2017.7275",
    63: "Lieberman 2015, J Exp Biol 218:3406",
    64: "Van Hooren 2020 (PMC7069922), treadmill against over ground",
    70: "Meardon 2012, PMID 23259236",
    73: "Girard 2019, Front Sports Act Living, doi 10.3389/fspor.2019.00036",
    75: "Karamanidis and Arampatzis, J Exp Biol, contact times",
    80: "Provenzano 2019, doi 10.1097/JWH.0000000000000129",
    86: "Goom, Donnelly and Brockwell 2019, guideline on returning to running (as repeated)",
    103: "Ghulam 2021, knee line of men in the single-leg squat",
    110: "Bramah 2018, Am J Sports Med 46:3023",
    111: "Bramah 2019, Am J Sports Med 47:3406 (PMC6883353)",
    115: "Teng and Powers 2014, J Orthop Sports Phys Ther; 2015, Med Sci Sports Exerc 47:625",
    116: "van Oeveren 2021, Sports Biomech (review)",
    117: "Souza 2016, Phys Med Rehabil Clin N Am 27:217",
    118: "Stiffler-Joachim 2021, Med Sci Sports Exerc 53:945",
    119: "Re-analysis of a public data set of 1,402 runners and of Fukuchi 2017, "
    "github.com/AlvinKalaivannan/Overstride_V2 (not peer reviewed)",
    120: "Munro 2012, J Sport Rehabil 21:7",
    121: "Knee line of 12 and 30 women in squat and landing (abstract)",
    122: "Sex and fatigue in the single-leg squat 2015, doi 10.1186/s12891-015-0739-3",
    125: "Arellano and Kram, step width and the cost of running",
    126: "Brindle 2014, Gait Posture 39:124",
    129: "Willson 2014, Clin Biomech 29:243",
    130: "Hébert-Losier 2017, doi 10.1016/j.physio.2017.03.002",
    145: "Van Hooren 2024, doi 10.1007/s40279-024-01997-3; Tseh 2008, J Sports Sci Med 7:91",
}
_NUMBER: Final = re.compile(r"\bS (\d+)")


def cited(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the studies that `texts` refer to as ``S 45``, each once, in order of their number.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    tuple of str
        A number that is not in the table is left out.
    """
    numbers = {int(n) for text in texts for n in _NUMBER.findall(text)}
    return tuple(SOURCES[n] for n in sorted(numbers) if n in SOURCES)
