"""Copies stand under what they copy, where that is told of the same incident."""

from __future__ import annotations

from dataclasses import replace

from onrecord.record.shapes import Account
from onrecord.views.copied import own_and_copied
from tests.views import invented

FIRST, SECOND = invented.MARKET.accounts[:2]


def copy_of(account: Account, original: str) -> Account:
    return replace(account, article=replace(account.article, copy_of=original))


def test_a_copy_stands_under_what_it_copies() -> None:
    copied = copy_of(SECOND, FIRST.article.id)
    own, copies = own_and_copied((FIRST, copied))
    assert own == [FIRST]
    assert copies == {FIRST.article.id: [copied.article]}


def test_a_copy_of_what_is_not_told_here_stands_for_itself() -> None:
    elsewhere = copy_of(SECOND, "another")
    assert own_and_copied((FIRST, elsewhere)) == ([FIRST, elsewhere], {})


def test_what_is_no_copy_stands_for_itself() -> None:
    original = copy_of(FIRST, FIRST.article.id)
    assert own_and_copied((original,)) == ([original], {})
