"""Labels: what a side, a person, a place or a deed is called, of whom, by whom, and in what tone."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.reading.labels.designations import Designation, designations
from onrecord.reading.labels.parties import Parties
from onrecord.reading.labels.speakers import speaker_of
from onrecord.reading.labels.targets import targets_of
from onrecord.reading.schema import Label


def labels_of(doc: Doc) -> tuple[Label, ...]:
    """The designations in a document that judge or are contested, in their order.

    `of` is the entity designated (for deeds, who did them), the text's own words for a side without a name, or None
    where nobody is named; `by` is the entity or the words of who uses it, "outlet" for the outlet's own voice. Needs
    `doc._.mentions`, `doc._.entities` and `doc._.attributions`. What counts follows the guideline of the benchmark
    `labels`; the words stand in `data/labels.tsv`.
    """
    found = designations(doc)
    parties = Parties(doc, (one.span(doc) for one in found if not one.names_somebody))
    pairs = zip(found, targets_of(parties, found), strict=True)
    return tuple(_label(doc, f"l{number}", one, target, parties) for number, (one, target) in enumerate(pairs, start=1))


def _label(doc: Doc, id_: str, one: Designation, target: str | None, parties: Parties) -> Label:
    span = one.span(doc)
    speaker = speaker_of(doc, one, parties)
    return Label(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        id=id_,
        of=target,
        by=speaker.by,
        tone=one.tone,
        scare_quotes=one.scare_quotes,
        attribution=speaker.attribution,
    )
