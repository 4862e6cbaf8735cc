"""A time-stamping authority (RFC 3161) of the tests' own: a key, certificates under a root, and answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.sites import response

_USES = (
    "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign "
    "encipher_only decipher_only"
).split()


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _certificate(
    name: str, key: rsa.RSAPrivateKey, by: str, signing: rsa.RSAPrivateKey, number: int
) -> x509.Certificate:
    def named(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

    today, is_root = datetime.now(UTC), name == by
    uses = {"key_cert_sign", "crl_sign"} if is_root else {"digital_signature"}
    made = (
        x509.CertificateBuilder(named(by), named(name), key.public_key(), number)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{use: use in uses for use in _USES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    if not is_root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(signing, hashes.SHA256())


@dataclass
class Authority:
    """Answers with the moment that it is given; `questions` are what it was asked."""

    at: datetime = datetime(2031, 3, 1, 12, 0, 0, tzinfo=UTC)
    questions: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        root, self._own = _key(), _key()
        self.root = _certificate("A root", root, "A root", root, 1)
        own = _certificate("An authority", self._own, "A root", root, 2)
        self._certificate = asn1.Certificate.load(own.public_bytes(serialization.Encoding.DER))
        self.at = datetime.now(UTC).replace(microsecond=0)

    def saved_root(self, folder: Path) -> Path:
        path = folder / "root.pem"
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def answered(self, request: bytes) -> bytes:
        """What goes over the line to who sent a request."""
        question = request.partition(b"\r\n\r\n")[2]
        self.questions.append(question)
        return response(self.answer(question), headers={"Content-Type": "application/timestamp-reply"})

    def answer(self, question: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(question)
        told = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": asked["message_imprint"],
                "serial_number": 77,
                "gen_time": self.at,
                "nonce": asked["nonce"].native,
            }
        ).dump()
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(told)},
                "certificates": [self._certificate],
                "signer_infos": [self._signature(told)],
            }
        )
        token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _signature(self, told: bytes) -> dict[str, object]:
        who = {"cert_hash": hashlib.sha256(self._certificate.dump()).digest()}
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [hashlib.sha256(told).digest()]},
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [who]})]},
            ]
        )
        of = {"issuer": self._certificate.issuer, "serial_number": self._certificate.serial_number}
        return {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": of}),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": self._own.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }


REFUSAL = b"0\x05" + tsp.PKIStatusInfo({"status": "rejection"}).dump()
"""An answer that grants nothing."""
