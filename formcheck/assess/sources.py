"""The published studies behind ranges, cues and definitions, by their S-number in measures.md.

Only studies that measures.md lists as seen; named as there.
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
    70: "Meardon 2012, PMID 23259236",
    72: "PMID 37187155, differences between the sides of healthy runners",
    75: "Karamanidis and Arampatzis, J Exp Biol, contact times",
    80: "Provenzano 2019, doi 10.1097/JWH.0000000000000129",
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
