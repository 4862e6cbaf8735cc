"""Which accounts of an incident are copies of others among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.record.shapes import Account, ArticleOnRecord


def own_and_copied(accounts: Sequence[Account]) -> tuple[list[Account], Mapping[str, Sequence[ArticleOnRecord]]]:
    """The accounts that stand for themselves, in their order; and by the id of an article those that copy it."""
    told = {account.article.id for account in accounts}
    own: list[Account] = []
    copies: dict[str, list[ArticleOnRecord]] = {}
    for account in accounts:
        original = account.article.copy_of
        if original in told and original != account.article.id:
            copies.setdefault(original, []).append(account.article)
        else:
            own.append(account)
    return own, copies
