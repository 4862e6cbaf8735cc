import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.citations import Citations, paragraphs_of, united
from tests.views import invented


def test_a_sentence_is_linked_where_it_stands():
    citations = Citations.of([invented.QUOTE_1])
    link = citations.to(invented.QUOTE_1)
    (passage,) = [
        passage
        for paragraph in paragraphs_of("a1", invented.TEXTS["a1"][3], citations)
        for passage in paragraph
        if passage.cited
    ]
    assert link.href == f"#{passage.id}"
    assert "".join(piece.text for piece in passage.pieces) == invented.QUOTE_1.sentence
    assert [piece.text for piece in passage.pieces if piece.focus] == ["terrorists"]


def test_a_sentence_that_is_referred_to_twice_is_linked_once():
    citations = Citations.of([invented.STRIKE_1, invented.STRIKE_1])
    assert len(citations.to_all([invented.STRIKE_1, invented.STRIKE_1])) == 1


def test_what_is_no_part_of_the_article_is_set_aside():
    text = "The news.\nAdvertisement"
    first, second = paragraphs_of("a", text, Citations.of([]), [(10, 23)])
    assert [piece.aside for passage in first for piece in passage.pieces] == [False]
    assert [piece.aside for passage in second for piece in passage.pieces] == [True]


stretches = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))
some_stretches = st.lists(stretches, max_size=8)


@given(some_stretches)
def test_united_stretches_do_not_overlap_and_cover_the_same(some):
    joined = united(some)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(joined))
    assert {at for s, e in joined for at in range(s, e)} == {at for s, e in some for at in range(s, e)}


@given(st.text(alphabet="ab \n", max_size=80), some_stretches, some_stretches, some_stretches)
def test_marked_text_loses_nothing_and_no_id_stands_twice(text, sentences, focus, asides):
    citations = Citations({"a": united(sentences)}, {"a": united(focus)})
    paragraphs = paragraphs_of("a", text, citations, asides)
    shown = "".join(piece.text for paragraph in paragraphs for passage in paragraph for piece in passage.pieces)
    assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())
    ids = [passage.id for paragraph in paragraphs for passage in paragraph if passage.id]
    assert len(ids) == len(set(ids))
