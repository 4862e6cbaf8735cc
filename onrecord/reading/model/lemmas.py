"""Lemmas by rule, from the tables of `spacy-lookups-data`."""

from __future__ import annotations

from functools import cache, lru_cache

from spacy.lookups import Lookups, load_lookups

_TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
_TABLE_OF = {"AUX": "verb", "VERB": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}
_BASE_FORMS = frozenset({"VB", "VBP", "NN", "JJ", "RB", "MD"})


@lru_cache(maxsize=100_000)
def lemma_of(word: str, upos: str, tag: str) -> str:
    """The dictionary form: "killed", VERB, VBD -> "kill"; names keep their form."""
    if upos == "PROPN":
        return word
    form = word.lower()
    table = _TABLE_OF.get(upos)
    if table is None:
        return form
    exceptions = _lookups().get_table("lemma_exc").get(table, {})
    if form in exceptions:
        return str(exceptions[form][0])
    if tag in _BASE_FORMS or upos == "ADV":
        return form
    return _by_rule(form, table)


def _by_rule(form: str, table: str) -> str:
    index = _index(table)
    if form in index and table != "verb":
        return form
    rules = _lookups().get_table("lemma_rules").get(table, [])
    candidates = [form[: -len(old)] + new for old, new in rules if old and form.endswith(old)]
    known = [candidate for candidate in candidates if candidate in index]
    if known:
        return str(known[0])
    return form if form in index else next((str(each) for each in candidates if each.isalpha()), form)


@cache
def _index(table: str) -> frozenset[str]:
    """The dictionary forms of a part of speech."""
    return frozenset(_lookups().get_table("lemma_index").get(table, ()))


@cache
def _lookups() -> Lookups:
    return load_lookups("en", list(_TABLES))
