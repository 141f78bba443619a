"""English prose, and what is neither."""

from __future__ import annotations

import pytest

from kg.article.language import require_english
from kg.errors import InputError

ENGLISH = (
    "The fisherman rowed over the line in the fog and asked the guards for asylum, but they had not been told of him."
)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Fisherman rows over line",
        "Boat found",
        "La Paz and El Alto: de facto leaders meet",
        f"{ENGLISH} 그는 바다를 건넜다.",
        f"Kim (김), Lee (이), Park (박). {ENGLISH}",
    ],
)
def test_english_passes_short_texts_and_foreign_names_too(text: str) -> None:
    require_english(text, "x.txt")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Fischer ruderte im Nebel über die Linie und bat die Wachen um Asyl, das sie nicht hatten.",
            "German",
        ),
        (
            "Le pêcheur a traversé la ligne dans le brouillard et il a demandé l'asile aux gardes.",
            "French",
        ),
        ("El pescador cruzó la línea en la niebla y pidió asilo a los guardias, que no sabían nada de él.", "Spanish"),
        (
            "Il pescatore ha attraversato la linea nella nebbia e ha chiesto asilo alle guardie.",
            "Italian",
        ),
        (
            "O pescador cruzou a linha no nevoeiro e pediu asilo aos guardas, que não sabiam de nada sobre ele.",
            "Portuguese",
        ),
        (
            "De visser roeide in de mist over de lijn en vroeg de wachters om asiel, maar zij wisten niets van hem.",
            "Dutch",
        ),
        ("어부가 안개 속에서 선을 넘어 경비병에게 망명을 요청했다.", "Korean"),
        ("渔民在雾中划船越过边界线。", "Chinese"),
        ("漁師は霧の中で境界線を越え、警備兵に亡命を求めた。", "Japanese"),
        ("Рыбак пересёк линию в тумане и попросил убежища.", "Russian"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    with pytest.raises(
        InputError, match=rf"^x\.txt: is not in English \(its (words|letters) look like {language}"
    ) as caught:
        require_english(text, "x.txt")
    assert str(caught.value).endswith("only English is read")


def test_words_of_no_language_and_no_words() -> None:
    with pytest.raises(InputError, match="none that English prose is made of"):
        require_english("Kalastaja souti sumussa rajan yli " * 6, "x.txt")
    with pytest.raises(InputError, match="holds no prose"):
        require_english("1,2,3,4\n5,6,7,8\na,9", "x.csv")
