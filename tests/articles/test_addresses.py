import pytest

from onrecord.articles.addresses import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Herald.example/story?id=1", "herald.example"),
        ("http://news.herald.example:8080/", "news.herald.example"),
        ("http://[broken/", None),
        ("not an address", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_has_a_host_or_is_none(url, host):
    assert host_of(url) == host
