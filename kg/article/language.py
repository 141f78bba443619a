"""Whether a text is English prose, by its script and its function words.

The commonest words of a language make up a third to a half of its running text (Zipf 1935), and hardly any of them is
as common in a second language; a text of a few lines is enough to tell. Short texts get the benefit of the doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kg.errors import InputError

__all__ = ["require_english"]

_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "English": "the of and to in a is was for that on with as by at from it be are were has have had he his she her"
        " they their which who not an this said but or will would been after before about into more than its",
        "German": "der die das und ist von zu den dem des ein eine einer einen nicht mit auf für sich auch als an nach"
        " wie im bei aus dass sie er hat wurde werden sind war durch über um zum zur oder",
        "French": "le la les de des du et un une est en que qui dans pour pas sur au aux avec ce il elle sont ont par"
        " plus ne se été son sa ses cette mais ou leur après",
        "Spanish": "el la los las de del y un una es en que por para con no se su sus al lo como más pero fue ha han"
        " este esta desde cuando entre sobre también",
        "Italian": "il lo la gli le di del della dei e un una è in che per con non si al alla da dal sono ha hanno come"
        " più ma anche nel nella stato questo dopo",
        "Portuguese": "o a os as de do da dos das e um uma é em que por para com não se no na nos nas ao foi são mais"
        " como mas seu sua pelo pela também",
        "Dutch": "de het een en van in is dat op te zijn voor met die niet aan er om ook als maar door naar bij uit"
        " werd heeft hebben nog over wordt",
        "Indonesian": "yang dan di ke dari untuk dengan pada ini itu dalam tidak akan oleh sebagai telah juga mereka"
        " adalah bahwa karena atau kepada setelah",
        "Vietnamese": "và của là có không được trong cho người với một các những này đã đến từ khi để về như tại ông",
    }.items()
}
_SCRIPTS = {
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese",
    "CYRILLIC": "Russian or another language in Cyrillic",
    "ARABIC": "Arabic or another language in its script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "THAI": "Thai",
    "DEVANAGARI": "Hindi or another language in Devanagari",
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SAMPLE = 20_000
_FEW_WORDS = 25
#: Of English news 30 to 45 of 100 words are in the list; of headlines and lists still more than 10.
_LEAST_SHARE = 0.08
_LEAST_LETTERS = 0.5


def require_english(text: str, path: object) -> None:
    """Refuse a text that is not English prose.

    Args:
        text: The text of an article.
        path: The file, for the message.

    Raises:
        InputError: In another language, with the language as far as its words tell it; or no prose.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < _LEAST_LETTERS * (len(sample) - sum(map(str.isspace, sample))):
        raise InputError(path, "holds no prose (less than half of its characters are letters): give an article's text")
    foreign = _foreign_script(sample)
    if foreign:
        raise InputError(path, f"is not in English (its letters look like {foreign}): only English is read")
    tokens = [word.lower() for word in _TOKEN.findall(sample)]
    counts = Counter(tokens)
    hits = {language: sum(counts[word] for word in words & counts.keys()) for language, words in _WORDS.items()}
    english = hits.pop("English")
    other = max(hits, key=lambda language: (hits[language], language))
    # In few words a name like "La Paz" must not outweigh an English headline.
    margin = 2 if len(tokens) < _FEW_WORDS else 0
    if hits[other] > english + margin:
        raise InputError(path, f"is not in English (its words look like {other}): only English is read")
    if len(tokens) >= _FEW_WORDS and english < _LEAST_SHARE * len(tokens):
        raise InputError(
            path, "is not in English (its words are none that English prose is made of): only English is read"
        )


#: What lies beyond the blocks of Latin letters, typographic marks among it.
_NOT_LATIN = re.compile(r"[^\x00-\u024f]")


def _foreign_script(sample: str) -> str | None:
    """The language of the script that half of the letters belong to, where that is not Latin."""
    letters = [character for character in _NOT_LATIN.findall(sample) if character.isalpha()]
    latin = sum(map(str.isalpha, sample)) - len(letters)
    # A syllable or ideogram stands for two or three Latin letters.
    if 3 * len(letters) <= latin:
        return None
    scripts = Counter(unicodedata.name(character, "?").split()[0].split("-")[0] for character in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0 and scripts["CJK"] + scripts["HIRAGANA"] > scripts["HANGUL"]:
        return "Japanese"
    script = min(scripts, key=lambda name: (-scripts[name], name))
    if script == "LATIN":
        return None
    return _SCRIPTS.get(script, f"another script, {script.capitalize()}")
