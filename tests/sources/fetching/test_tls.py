"""https: the certificate is checked against the name, whichever address answers for it."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from onrecord.errors import FetchError
from onrecord.sources.fetching import Policy, fetch
from onrecord.sources.fetching.line import _tls
from tests.sites import Site, response, site

ALLOWED = Policy(allowed=frozenset({"news.test", "other.test"}), robots=False, seconds=20.0)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for news.test in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secured(certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with site(context) as served:
        served.answers["/"] = response(b"page")
        yield served


@pytest.fixture
def trusted(certificate: Path) -> Iterator[None]:
    _tls.cache_clear()
    _tls().load_verify_locations(certificate)
    yield
    _tls.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_a_page_comes_over_tls(secured: Site, names: Callable[..., list[str]]) -> None:
    names("news.test", ("127.0.0.1",))
    found = fetch(secured.url(host="news.test"), policy=ALLOWED)
    assert (found.body, len(found.answer.certificate or "")) == (b"page", 64)


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_not_trusted(secured: Site, names: Callable[..., list[str]]) -> None:
    names("other.test", ("127.0.0.1",))
    with pytest.raises(FetchError, match="certificate"):
        fetch(secured.url(host="other.test"), policy=ALLOWED)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(secured: Site, names: Callable[..., list[str]]) -> None:
    names("news.test", ("127.0.0.1",))
    with pytest.raises(FetchError, match="certificate"):
        fetch(secured.url(host="news.test"), policy=ALLOWED)
