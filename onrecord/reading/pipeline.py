"""The reading as a spaCy pipeline: the embedded model, then one component for each section of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import spacy
from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.articles.article import Article
from onrecord.config import settings_held
from onrecord.errors import ReaderError
from onrecord.reading import document
from onrecord.reading.attributions.section import attributions_of
from onrecord.reading.casualties.section import casualties_of
from onrecord.reading.incidents.section import incidents_of
from onrecord.reading.incidents.sites import with_sites
from onrecord.reading.labels.section import labels_of
from onrecord.reading.model import reader as _model  # registers `onrecord.model`
from onrecord.reading.model.other_pipelines import adapted
from onrecord.reading.names.section import names_of
from onrecord.reading.schema import Casualty, Incident, Reading
from onrecord.reading.times import times_of
from onrecord.reading.truces.section import truces_of

MODEL = _model.NAME
_DASHES = ("―", r"(?<=[\"”»])(?:--?|–|—)")
"""What parts a signature from its quotation."""


@Language.component("onrecord_adapted", requires=["token.dep", "doc.ents"])
def _adapted(doc: Doc) -> Doc:
    return adapted(doc)


@Language.component("onrecord_times", assigns=["doc._.times"])
@settings_held()
def _times(doc: Doc) -> Doc:
    doc._.times = times_of(doc)
    return doc


@Language.component("onrecord_names", requires=["doc.ents"], assigns=["doc._.mentions", "doc._.entities"])
@settings_held()
def _names(doc: Doc) -> Doc:
    doc._.mentions, doc._.entities = names_of(doc)
    return doc


@Language.component("onrecord_attributions", requires=["doc._.entities"], assigns=["doc._.attributions"])
@settings_held()
def _attributions(doc: Doc) -> Doc:
    doc._.attributions = attributions_of(doc)
    return doc


@Language.component("onrecord_casualties", requires=["doc._.attributions"], assigns=["doc._.casualties"])
@settings_held()
def _casualties(doc: Doc) -> Doc:
    doc._.casualties = casualties_of(doc)
    return doc


@Language.component("onrecord_incidents", requires=["doc._.casualties"], assigns=["doc._.incidents"])
@settings_held()
def _incidents(doc: Doc) -> Doc:
    doc._.incidents = with_sites(incidents_of(doc), doc)
    doc._.casualties = _with_incidents(doc._.casualties, doc._.incidents)
    return doc


@Language.component("onrecord_truces", requires=["doc._.attributions"], assigns=["doc._.truces"])
@settings_held()
def _truces(doc: Doc) -> Doc:
    doc._.truces = truces_of(doc)
    return doc


@Language.component("onrecord_labels", requires=["doc._.attributions"], assigns=["doc._.labels"])
@settings_held()
def _labels(doc: Doc) -> Doc:
    doc._.labels = labels_of(doc)
    return doc


SECTION_COMPONENTS = (
    "onrecord.times",
    "onrecord.names",
    "onrecord.attributions",
    "onrecord.casualties",
    "onrecord.incidents",
    "onrecord.truces",
    "onrecord.labels",
)


def load(name: str | None = None) -> Language:
    """The reading pipeline: the embedded model, or the spaCy pipeline `name` (a package or folder) in its place.

    What the other pipeline does not give (attributions, mostly) the embedded model adds. Its trees may be in Universal
    Dependencies or in the ClearNLP style of spaCy's English pipelines. Raises `ReaderError` where it is not installed.
    """
    nlp = tokenizing() if name is None else _installed(name)
    given = {attribute for component in nlp.pipe_names for attribute in nlp.get_pipe_meta(component).assigns}
    layers = [layer for layer, attribute in _model.LAYERS.items() if attribute not in given]
    nlp.add_pipe("onrecord_model", name=MODEL, config={"layers": layers})
    if name is not None:
        _add(nlp, "onrecord.adapted")
    for component in SECTION_COMPONENTS:
        _add(nlp, component)
    return nlp


def tokenizing() -> Language:
    """spaCy's English tokenizer, which also parts the dash of a signature from its quotation: `”― Lena Sabry`."""
    return _English()


class _Defaults(EnglishDefaults):
    # Given here and not set on the tokenizer, which reads its 1,300 special cases anew with each that is set.
    prefixes = (*(EnglishDefaults.prefixes or ()), "―", r"--?(?=[^\W\d_])")
    suffixes = (*(EnglishDefaults.suffixes or ()), *_DASHES)
    infixes = [*EnglishDefaults.infixes, *_DASHES]  # noqa: RUF012  (a list in spaCy, too)


class _English(English):  # type: ignore[no-untyped-call]
    Defaults = _Defaults


def _installed(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as fault:
        advice = f"install it (python -m spacy download {name}), or give the folder that it is in"
        raise ReaderError("is no spaCy pipeline that is installed", where=name, advice=advice) from fault


@cache
def embedded() -> Language:
    """The pipeline with the embedded model, made once in a process."""
    return load()


def readings(nlp: Language, articles: Iterable[Article]) -> Iterator[Reading]:
    """The articles' readings, in their order."""
    for doc in nlp.pipe(document_of(nlp, article) for article in articles):
        yield reading_of(doc)


def document_of(nlp: Language, article: Article) -> Doc:
    """The article's body as a `Doc` that is still to be read; offsets are those of `article.text`."""
    doc = nlp.make_doc(article.body())
    doc._.article = article
    return doc


def reading_of(doc: Doc) -> Reading:
    """The reading that the pipeline left on the document."""
    article = document.article_of(doc)
    return Reading(
        id=article.id,
        text=article.text,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        byline=article.byline,
        published=article.published,
        published_from=article.published_from,
        updated=article.updated,
        truncated=article.truncated,
        credits=article.credits,
        language=article.language,
        boilerplate=article.boilerplate,
        mentions=doc._.mentions,
        entities=doc._.entities,
        times=doc._.times,
        attributions=doc._.attributions,
        casualties=doc._.casualties,
        incidents=doc._.incidents,
        truces=doc._.truces,
        labels=doc._.labels,
    )


def _add(nlp: Language, component: str) -> None:
    # spaCy admits no full stop in the name of a factory, but does in that of a component.
    nlp.add_pipe(component.replace(".", "_"), name=component)


def _with_incidents(casualties: Iterable[Casualty], incidents: Iterable[Incident]) -> tuple[Casualty, ...]:
    """The casualties with the incident that each belongs to; who is seized in an abduction is kidnapped."""
    incident_of = {casualty: incident for incident in incidents for casualty in incident.casualties}
    return tuple(_of_incident(casualty, incident_of.get(casualty.id)) for casualty in casualties)


def _of_incident(casualty: Casualty, incident: Incident | None) -> Casualty:
    if incident is None:
        return replace(casualty, incident=None)
    # Fighters who are captured beside an abduction are prisoners all the same.
    abducted = incident.mode == "abduct" and casualty.effect == "detained" and casualty.status != "combatant"
    return replace(casualty, incident=incident.id, effect="kidnapped" if abducted else casualty.effect)
