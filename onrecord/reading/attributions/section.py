"""Who says it: the model's sources, cues and contents as attributions, and the speakers behind the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span

from onrecord.articles.article import TextSpan
from onrecord.reading.attributions.chains import with_chains
from onrecord.reading.attributions.clauses import told_according, told_by_blaming, told_by_object, told_by_tree
from onrecord.reading.attributions.contents import with_whole_contents
from onrecord.reading.attributions.counting import counts_of
from onrecord.reading.attributions.headlines import headline_statements
from onrecord.reading.attributions.signatures import signed_quotations
from onrecord.reading.attributions.sources import Group, with_agent, with_whole_source, without_marks
from onrecord.reading.attributions.speakers import Speakers
from onrecord.reading.attributions.tags import announced, with_tagged
from onrecord.reading.attributions.telling import is_as_saying, tells, tells_hearer
from onrecord.reading.attributions.transcripts import spoken_lines
from onrecord.reading.attributions.wholes import whole_quotations, with_whole_quotations
from onrecord.reading.document import text_span
from onrecord.reading.marks import DASHES
from onrecord.reading.quotation_marks import Quotation, quotations
from onrecord.reading.schema import Act, Attribution, Quote
from onrecord.reading.spans import is_within, meet
from onrecord.reading.syntax import children

_SIGNS = DASHES | {":", "―"}
"""What stands for a word of telling: "PATEL: No.", "“No.” — Patel"."""
_PARTS = ("source", "cue", "content")


def attributions_of(doc: Doc) -> tuple[Attribution, ...]:
    """The article's attributions in the order of their cues; one whose content is not found is left out.

    Of two with one content, the first passes on what the second says.
    """
    quoted = quotations(doc)
    told = (
        with_whole_source(with_agent(_with_quoted_speaker(_with_teller(group))))
        for group in _groups(doc)
        if group["content"]
    )
    groups = [_without_strays(group, quoted) for group in told]
    wholes = whole_quotations(doc, quoted)
    groups = with_tagged(doc, with_whole_quotations(groups, wholes), wholes)
    groups += announced(doc, groups, wholes)
    groups = _with_told(groups, [*told_by_tree(doc, groups, quoted), *told_according(doc, groups)])
    groups += [*told_by_object(doc, groups, quoted), *told_by_blaming(doc, groups, quoted)]
    groups += headline_statements(doc, groups)
    groups = _without_signed(groups, signed := [*signed_quotations(doc, quoted), *spoken_lines(doc)])
    groups = with_chains(_in_order(with_whole_contents([*groups, *signed, *counts_of(doc, groups)])))
    speakers = Speakers(
        doc,
        quoted,
        contents=[group["content"] for group in groups if group["source"] or group["cue"]],
        sources=[source for group in groups for source in group["source"]],
    )
    return tuple(
        Attribution(
            id=f"a{number}",
            source=_text_spans([without_marks(source) for source in group["source"]]),
            cue=_text_spans(group["cue"]),
            content=_text_spans(group["content"]),
            speaker=speakers.speaker_of(group["source"], _told_by(group["source"], groups)),
            quote=_quote(group["content"], quoted),
            act=_act(group["cue"]),
        )
        for number, group in enumerate(groups, start=1)
    )


def covering(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost statement whose content covers the characters from `start` to `end`; None for the article's own."""
    holding = [
        (part.end - part.start, -at)
        for at, attribution in enumerate(attributions)
        if attribution.act == "statement"
        for part in attribution.content
        if part.start <= start and end <= part.end
    ]
    return attributions[-min(holding)[1]] if holding else None


def _with_told(groups: Sequence[Group], told: Sequence[Group]) -> list[Group]:
    """The groups with those that were found beside them, in place of what nobody was said to tell and these hold."""
    held = [span for group in told for span in group["content"]]

    def is_held(group: Group) -> bool:
        return not group["source"] and all(any(is_within(span, whole) for whole in held) for span in group["content"])

    return [*(group for group in groups if not is_held(group)), *told]


def _told_by(source: Sequence[Span], groups: Sequence[Group]) -> list[Span]:
    """All that is told by the words of a source: "the ministry said …, adding …"."""
    starts = {span.start for span in source}
    return [told for group in groups if starts & {span.start for span in group["source"]} for told in group["content"]]


def _groups(doc: Doc) -> list[Group]:
    """The model's spans by attribution, in the order of the first thing that it has."""
    groups: dict[int, Group] = defaultdict(lambda: {part: [] for part in _PARTS})
    for part in _PARTS:
        for span in doc.spans.get(f"attribution_{part}", ()):
            groups[span.id][part].append(span)
    return _in_order(groups.values())


def _without_signed(groups: Sequence[Group], signed: Sequence[Group]) -> list[Group]:
    """The groups without what somebody has signed: whose word that is, is told beyond doubt."""
    taken = [span for group in signed for span in group["content"]]

    def is_signed(span: Span) -> bool:
        return any(is_within(span, whole) for whole in taken)

    kept = [{**group, "content": [span for span in group["content"] if not is_signed(span)]} for group in groups]
    return [group for group in kept if group["content"]]


def _in_order(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: min(span.start for spans in group.values() for span in spans))


def _with_teller(group: Group) -> Group:
    """The group with who tells as its source, where it has who is told: "local sources told ANSA"."""
    if not (group["cue"] and group["source"]) or group["source"][0].start != group["cue"][-1].end:
        return group
    verb = group["cue"][0].root
    if not tells_hearer(verb):
        return group
    tellers = [child for child in verb.children if child.dep_ == "nsubj" and child.i < group["cue"][0].start]
    phrases = [verb.doc[teller.left_edge.i : teller.i + 1] for teller in tellers]
    return {**group, "source": phrases[-1:] or group["source"]}


def _with_quoted_speaker(group: Group) -> Group:
    """The group with who is quoted as its source, where it has none: "the general was quoted as saying"."""
    if group["source"] or not group["cue"]:
        return group
    verb = group["cue"][0].root
    said = next((found for found in children(verb, "advcl", "xcomp") if is_as_saying(found)), None)
    speakers = children(verb, "nsubj:pass")
    if said is None or not speakers:
        return group
    speaker = verb.doc[speakers[0].left_edge.i : speakers[0].right_edge.i + 1]
    cue = verb.doc[group["cue"][0].start : said.i + 1]
    content = [_after(span, cue.end) for span in group["content"] if not is_within(span, speaker)]
    return {**group, "source": [speaker], "cue": [cue], "content": content or group["content"]}


def _after(span: Span, start: int) -> Span:
    """The span without what of it stands before a token that it holds."""
    return span.doc[start : span.end] if span.start < start < span.end else span


def _without_strays(group: Group, quoted: Sequence[Quotation]) -> Group:
    """The group without what it drew from other sentences: a cue reaches beyond its own only for what is quoted.

    Where that would leave nothing, all is kept.
    """
    if not group["cue"]:
        return group
    own = group["cue"][0].sent
    near = [span for span in group["content"] if meet(span, own) or _is_quoted(span, quoted)]
    return {**group, "content": near or group["content"]}


def _is_quoted(span: Span, quoted: Sequence[Quotation]) -> bool:
    middle = span[len(span) // 2]
    return any(quotation.holds(middle) for quotation in quoted)


def _text_spans(spans: Sequence[Span]) -> tuple[TextSpan, ...]:
    return tuple(text_span(span) for span in sorted(spans, key=lambda span: span.start))


def _quote(content: Sequence[Span], quoted: Sequence[Quotation]) -> Quote:
    words = [token for span in content for token in span if any(letter.isalnum() for letter in token.text)]
    inside = sum(any(quotation.holds(token) for quotation in quoted) for token in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"


def _act(cue: Sequence[Span]) -> Act:
    words = [token for span in cue for token in span]
    telling = any(tells(token) or token.text in _SIGNS for token in words)
    return "statement" if telling or not words else "other"
