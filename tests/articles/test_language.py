"""Other languages are kept out; short English never is."""

from __future__ import annotations

import pickle

import pytest

from onrecord.articles.article import Article
from onrecord.articles.language import ForeignLanguageError, language_name, language_of
from onrecord.lexicon import rows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "Aleppo",
        "Raid kills nine in Idlib",
        "Shelling killed 12 people in Aleppo on Friday.",
        "Bashar al-Assad, Recep Tayyip Erdogan, Jabhat Fateh al-Sham, Ahrar al-Sham, Deir ez-Zor, Khan Sheikhoun",
        "Jaysh al-Thuwwar (جيش الثوار) and the Jaysh al-Sanadeed joined the alliance, it said.",
        "The minister, Señor Álvarez de la Peña, met the envoy of the Côte d'Ivoire in Genève on Monday.",
    ],
)
def test_english_is_english_however_short_and_full_of_names(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قتل اثنا عشر شخصا في قصف على مدينة حلب يوم الجمعة"),
        ("fa", "دوازده نفر در حملات هوایی به شهر حلب کشته شدند، پزشکان گفتند که زخمی‌ها زیادند"),
        ("ru", "Двенадцать человек погибли при обстреле города, сообщили врачи"),
        ("uk", "Дванадцять людей загинули внаслідок обстрілу міста, повідомили лікарі"),
        ("he", "שנים עשר בני אדם נהרגו בהפצצה על העיר"),
        ("zh", "星期五的炮击造成十二人死亡"),
        ("ja", "金曜日の砲撃で十二人が死亡したと医師が述べた"),
        ("ko", "금요일 포격으로 열두 명이 숨졌다고 의사들이 말했다"),
        ("fr", "Douze personnes ont été tuées vendredi dans un bombardement sur la ville, selon les médecins."),
        ("de", "Zwölf Menschen wurden am Freitag bei einem Angriff auf die Stadt getötet, sagten die Ärzte."),
        ("es", "Doce personas murieron el viernes en un bombardeo de la ciudad, según los médicos que las atendieron."),
        (
            "tr",
            "Cuma günü kente düzenlenen saldırıda on iki kişi öldü ve çok sayıda kişi yaralandı, bu bir katliam dedi.",
        ),
        (
            "it",
            "Dodici persone sono morte venerdì in un bombardamento della città, hanno detto i medici che le curano.",
        ),
    ],
)
def test_another_language_is_named(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_name(language) != f"another language ({language})"


def test_the_error_tells_the_language_and_carries_the_article_across_processes() -> None:
    article = Article("x", "Douze personnes ont été tuées.", language="fr")
    fault = pickle.loads(pickle.dumps(ForeignLanguageError(article, where="page.html")))
    assert str(fault) == "page.html: is in French; onrecord reads English; hand in a translation"
    assert fault.article == article


def test_every_language_that_can_be_told_has_a_name() -> None:
    named = {row["language"] for row in rows("languages")}
    told = {row["language"] for row in rows("function-words")} | {row["language"] for row in rows("scripts")}
    told |= {part.partition(":")[0] for row in rows("scripts") for part in row["unless"].split()}
    assert told - {"en"} <= named
