"""Who can be a source: somebody, or a paper; and how far the words reach that name it."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from onrecord import lexicon
from onrecord.reading.attributions.telling import tells
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.marks import DASHES
from onrecord.reading.names.section import mention_at
from onrecord.reading.spans import is_within, meet, tokens_of
from onrecord.reading.syntax import child, children, is_passive, obliques, subjects

Group = dict[str, list[Span]]
"""The spans of one attribution by part: source, cue, content."""
_SPEAKING = frozenset({"person", "organisation"})
_CLAUSES = frozenset({"acl", "acl:relcl"})


def can_speak(noun: Token) -> bool:
    """Whether the noun's words are somebody's or a paper's: who cites "a threat" or "the strategy" cites nobody."""
    mention = mention_at(noun.doc, noun.idx, noun.idx + len(noun))
    if mention is not None:
        return mention.type in _SPEAKING
    return ground_form(noun, _sources()) in _sources()


def phrase_of(noun: Token, past: Token | None = None) -> Span:
    """The noun with all that hangs on it, from behind the token `past`; marks at the end left out."""
    start = noun.left_edge.i if past is None else past.i + 1
    end = noun.right_edge.i + 1
    while end - 1 > noun.i and noun.doc[end - 1].is_punct:
        end -= 1
    return noun.doc[start:end]


def says_what_another_is(name: Token) -> bool:
    """Whether a name only helps to say what another is: "JNIM, an al-Qaeda affiliate"."""
    return name.dep_ in {"compound", "amod", "nmod", "nmod:poss"} and name.head.dep_ == "appos"


def with_agent(group: Group) -> Group:
    """The group with who is named by "by" as its source: "the medics, accused by Damascus of being spies"."""
    verb = group["cue"][0].root if group["cue"] else None
    agent = next(iter(obliques(verb, "by")), None) if verb is not None and verb.tag_ == "VBN" else None
    if verb is None or agent is None or not tells(verb) or not _is_somebody(agent):
        return group
    by = agent.left_edge
    phrase = phrase_of(agent, past=by)
    if by.lower_ != "by" or any(meet(span, phrase) for span in group["source"]):
        return group
    told = [part for span in (*group["source"], *group["content"]) for part in _parted(span, by.i, phrase.end)]
    return {**group, "source": [phrase], "content": told} if told else group


def _parted(span: Span, start: int, end: int) -> list[Span]:
    """What of the span stands before and behind the tokens from `start` up to, not including, `end`."""
    parts = [(span.start, min(span.end, start)), (max(span.start, end), span.end)]
    return [span.doc[first:last] for first, last in parts if first < last]


def with_whole_source(group: Group) -> Group:
    """The group with its source to the end of the phrase, and with the subject of its verb where it has none.

    "A doctor, who spoke" goes on to the end of the clause, "the" to "the mourners"; of "the mayor, Ada Holt, said" the
    mayor is part of the source and of no content.
    """
    if not group["cue"]:
        return group
    verb = group["cue"][0].root
    found = _whole(group["source"][0], verb) if group["source"] else _source_of(group, verb)
    return _with_source(group, found) if found is not None else group


def _source_of(group: Group, verb: Token) -> Span | None:
    """Who tells, where the model has found nobody."""
    if not tells(verb):
        return None
    found = (_subject(verb), _behind_quotation(verb), _subject_of_sentence(verb))
    subject = next((each for each in found if each is not None and _is_somebody(each)), None)
    if is_passive(verb) or subject is None:
        return _name_before(group["cue"][0])
    phrase = _up_to(verb, phrase_of(subject))
    is_told = any(span.start <= subject.i < span.end and not is_within(span, phrase) for span in group["content"])
    return None if is_told else phrase


def without_marks(source: Span) -> Span:
    """The source without the comma or dash before or behind it: "a teacher,"."""
    marks = DASHES | {","}
    first = 1 if len(source) > 1 and source[0].text in marks else 0
    last = len(source) - 1 if len(source) - first > 1 and source[-1].text in marks else len(source)
    return source[first:last]


def _subject(verb: Token) -> Token | None:
    """The verb's subject; the noun before it where the verb is taken for its participle: "a doctor accused them".

    Of a noun it is the possessor: "the rebels' claim".
    """
    if verb.pos_ == "NOUN":
        return child(verb, "nmod:poss")
    misread = verb.dep_ == "acl" and verb.tag_ == "VBD" and child(verb, "obj") is not None
    return child(verb, "nsubj") or (verb.head if misread else next(iter(subjects(verb)), None))


def _subject_of_sentence(verb: Token) -> Token | None:
    """The subject of the whole sentence, for a participle that has none of its own: "…, asserting that"."""
    subject = child(verb.sent.root, "nsubj")
    return subject if verb.tag_ == "VBG" and subject is not None and subject.i < verb.i else None


def _behind_quotation(verb: Token) -> Token | None:
    """The noun behind a verb that stands right behind what is quoted, which the parse took for its object."""
    after_mark = verb.i > 0 and verb.nbor(-1).is_quote
    return next((found for found in children(verb, "obj") if after_mark and found.left_edge.i == verb.i + 1), None)


def _name_before(cue: Span) -> Span | None:
    """The name between a comma and the word of telling, whatever the parse: "…, Save the Children has said"."""
    if cue.start < 2:
        return None
    doc, last = cue.doc, cue.doc[cue.start - 1]
    mention = mention_at(doc, last.idx, last.idx + len(last))
    span = tokens_of(doc, mention) if mention is not None and mention.type in _SPEAKING else None
    return span if span is not None and span.start and doc[span.start - 1].text == "," else None


def _is_somebody(subject: Token) -> bool:
    return subject.pos_ == "PROPN" or can_speak(subject)


def _whole(source: Span, verb: Token) -> Span | None:
    """The source as it goes on; None where it is whole."""
    root = source.root
    if root.lower_ == "one" and root.right_edge.i >= source.end and root.doc[source.end].lower_ == "of":
        return _up_to(verb, phrase_of(root))
    clause = next((found for found in children(root, *_CLAUSES) if found.i < source.end <= found.right_edge.i), None)
    if clause is not None and not clause.i <= verb.i <= clause.right_edge.i:
        return _up_to(verb, source.doc[source.start : clause.right_edge.i + 1])
    subject = _subject(verb)
    if subject is not None and source.end <= subject.i < verb.i and subject.left_edge.i <= source.start:
        return _up_to(verb, phrase_of(subject))
    start, end = _title_before(source), _name_behind(source, verb)
    return source.doc[start:end] if (start, end) != (source.start, source.end) else None


def _name_behind(source: Span, verb: Token) -> int:
    """Where the name ends that follows on who somebody is: "the rebels' leader, Debretsion Gebremichael, accused"."""
    name = child(source.root, "appos")
    if name is None or not source.end <= name.i <= source.end + 1 or name.pos_ != "PROPN":
        return source.end
    return name.right_edge.i + 1 if name.right_edge.i < verb.i else source.end


def _title_before(source: Span) -> int:
    """Where the words begin that say who a name is: "…, the governor, Oleksandr Prokudin, said"."""
    title = next((found for found in children(source.root, "appos") if found.right_edge.i < source.start), None)
    if title is not None and source.root.dep_ == "nsubj":
        return title.left_edge.i
    doc, at = source.doc, source.start - 2
    if at < 1 or doc[at + 1].text != "," or source.root.ent_type_ != "person" or not can_speak(doc[at]):
        return source.start
    start = next((found.left_edge.i for found in children(doc[at], "det", "nmod:poss")), 0)
    return start if 0 < start < at and doc[start - 1].text == "," else source.start


def _up_to(verb: Token, span: Span) -> Span:
    end = min(span.end, verb.i) if span.start < verb.i else span.end
    while end - 1 > span.start and (span.doc[end - 1].is_punct or span.doc[end - 1].is_space):
        end -= 1
    return span.doc[span.start : end]


def _with_source(group: Group, source: Span) -> Group:
    """The group with this source, of which its content has nothing."""
    content = [span for span in group["content"] if not meet(span, source)]
    cut = [span.doc[span.start : source.start] for span in group["content"] if span.start < source.start < span.end]
    kept = sorted([*content, *cut], key=lambda span: span.start)
    return {**group, "source": [source, *group["source"][1:]], "content": kept} if kept else group


@cache
def _sources() -> frozenset[str]:
    columns = (("cited-nouns", "noun"), ("people", "noun"), ("speaker-roles", "noun"))
    return frozenset(row[column] for name, column in columns for row in lexicon.rows(name))
