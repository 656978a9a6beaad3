"""What is secret is never repeated: not in a verdict, an error, a report, a log or a representation.

Secret are API keys, client secrets, signing secrets, signatures, digests and fingerprints, raw bodies and queries. An
idempotency key is none, but nothing repeats it except the question for the request that it was used for.

A secret that a caller sends where something else belongs, such as a client secret in place of a promotion code, is what
the caller sends there, and may be repeated as such. Where it is the name of a parameter, it is recognised by its form.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import attrs
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import OPERATIONS, request_fingerprint, validate_body
from rules_engine.examples import NOW
from rules_engine.examples.request import NOW_SECONDS, digest_of, signature_of
from rules_engine.testing.strategies import documents
from rules_engine.testing.strategies.yielding import changed_where
from tests.properties.outputs import command_line, outputs, verdict_texts
from tests.properties.tried import on_every_operation
from tests.wire.shapes import FACT_MODELS, REQUEST_MODELS

SECRET_FIELDS: Final = {
    *("SessionConfirm.client_secret", "SessionApplyPromotionCode.client_secret", "Session.client_secret"),
    *("RequestAuthorize.authorization", "RequestAuthorize.signature", "RequestAuthorize.idempotency_key"),
    *("RequestAuthorize.query", "RequestAuthorize.body", "ApiKey.sha256", "StoredRequest.fingerprint"),
    *("Facts.signing_secrets", "Facts.idempotency_keys", "Missing.idempotency_keys"),
}
"""The fields that no representation shows."""
QUESTION: Final = re.compile(
    r"""
      idempotencyKeys\[[^\]]*\]
    | kind='idempotencyKeys',\ key='[^']*'
    | "kind":\ "idempotencyKeys",\s+"key":\ "[^"]*"
    """,
    re.VERBOSE,
)
"""To look up the request that a key was used for, the application needs the key."""
TOKENS: Final = st.integers(10**15, 10**16 - 1).map("Zq{}Kx".format)
"""Letters that are nowhere else, as long as those of a secret."""
KINDS: Final = st.sampled_from(("sk_live", "sk_test", "rk_live", "rk_test", "pk_live", "pk_test"))


@frozen
class Secrets:
    """One of each, all of them new; `tokens` are the letters of each that are nowhere else."""

    tokens: tuple[str, ...]
    key: str
    client_secret: str
    signing_secret: str
    idempotency_key: str
    query: str
    body: str
    signature: str
    digest: str
    fingerprint: str

    @property
    def header(self) -> str:
        """The header with the signature."""
        return f"t={NOW_SECONDS},v1={self.signature}"

    @property
    def recognisable(self) -> tuple[str, ...]:
        """Those that are known by their form, wherever they are."""
        digests = (self.signature, self.header, self.digest, self.fingerprint)
        return (self.key, f"Bearer {self.key}", self.client_secret, self.signing_secret, *digests)

    def found_in(self, texts: Iterable[str]) -> list[str]:
        """List the texts that repeat one of them."""
        wanted = [part.lower() for part in (*self.tokens, self.signature, self.digest, self.fingerprint)]
        return [text for text in texts if any(part in QUESTION.sub("", text).lower() for part in wanted)]


@st.composite
def _secrets(draw: st.DrawFn) -> Secrets:
    tokens = draw(st.lists(TOKENS, min_size=6, max_size=6, unique=True))
    forms = (f"{draw(KINDS)}_{{}}", "cs_1_secret_{}", "whsec_{}", "refund-{}", "buyer={}", '{{"card": "{}"}}')
    key, client, signing, idempotency, query, body = (
        form.format(token) for form, token in zip(forms, tokens, strict=True)
    )
    return Secrets(
        *(tuple(tokens), key, client, signing, idempotency, query, body),
        signature=signature_of(body, NOW_SECONDS, signing),
        digest=digest_of(key),
        fingerprint=request_fingerprint("POST", "/refunds", query, body),
    )


SECRETS: Final = _secrets()


@st.composite
def planted(draw: st.DrawFn, operation: str, secrets: Secrets) -> dict[str, Any]:
    """Write a document of an operation, broken or not, that has secrets where they belong, right or wrong."""
    document = draw(documents(operation))
    used = {"fingerprint": draw(st.sampled_from((secrets.fingerprint, secrets.digest))), "createdAt": NOW}
    facts: dict[str, Any] = {
        "apiKeys": draw(st.sampled_from((None, [], [_record(secrets, draw)]))),
        "signingSecrets": draw(st.sampled_from((None, ["whsec_0"], ["whsec_0", secrets.signing_secret]))),
        "endpoint": draw(st.sampled_from((None, {"signed": True}, {"permission": "REFUNDS_READ"}))),
        "idempotencyKeys": draw(st.sampled_from((None, {secrets.idempotency_key: used}))),
    }
    if isinstance(document["facts"].get("session"), dict):
        facts["session"] = {**document["facts"]["session"], "clientSecret": secrets.client_secret}
    request: dict[str, Any] = {}
    if operation == "request.authorize":
        headers = (f"Bearer {secrets.key}", f"bearer {secrets.key} ", f"Basic {secrets.key}", secrets.key)
        signatures = (secrets.header, secrets.signature, f"t=1,v1={secrets.signature}", f"{secrets.header}0")
        request = {
            "method": "POST",
            "path": "/refunds",
            "query": secrets.query,
            "authorization": draw(st.sampled_from(headers)),
            "signature": draw(st.sampled_from(signatures)),
            "idempotencyKey": draw(st.sampled_from((secrets.idempotency_key, secrets.idempotency_key * 20))),
            "body": secrets.body,
        }
    elif "client_secret" in attrs.fields_dict(OPERATIONS[operation].request):
        request = {"clientSecret": draw(st.sampled_from((secrets.client_secret, secrets.client_secret[::-1])))}
    return {
        **document,
        "request": {**document["request"], **request},
        "facts": {**document["facts"], **facts},
    }


def _record(secrets: Secrets, draw: st.DrawFn) -> dict[str, Any]:
    return {
        "id": "key_1",
        "sha256": secrets.digest,
        "livemode": draw(st.booleans()),
        "active": draw(st.booleans()),
        "kind": draw(st.sampled_from(("publishable", "secret", "restricted"))),
    }


@st.composite
def malformed(draw: st.DrawFn, operation: str, secrets: Secrets) -> dict[str, Any]:
    """Write the same with some of the secrets in the wrong form, and with names that are secrets."""
    document = draw(planted(operation, secrets))
    names = st.sampled_from(secrets.recognisable)
    key = secrets.idempotency_key
    leaves = st.sampled_from((*secrets.recognisable, secrets.body, key, None, 5, float("nan"), 10**500))
    values = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
        max_leaves=4,
    )
    places = (
        *("/facts/apiKeys", "/facts/apiKeys/0", "/facts/apiKeys/0/sha256", "/facts/apiKeys/-"),
        *("/facts/signingSecrets", "/facts/signingSecrets/0", "/facts/idempotencyKeys"),
        *(f"/facts/idempotencyKeys/{key}", f"/facts/idempotencyKeys/{key}/fingerprint"),
        *(f"/facts/idempotencyKeys/{key}/createdAt", "/facts/missing/idempotencyKeys", "/facts/session/clientSecret"),
        *(f"/request/{name}" for name in ("clientSecret", "authorization", "signature", "idempotencyKey", "body")),
        *(f"{place}/{draw(names)}" for place in ("", "/request", "/facts", "/facts/missing", "/target", "/recorded")),
    )
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        document = changed_where(document, {place: draw(values)}, bool)
    if draw(st.booleans()):
        document = changed_where(document, {"/facts/missing/idempotencyKeys": [key]}, bool)
    return document


def test_every_secret_field_is_here() -> None:
    """The fields that are hidden from representations are those that are searched for here."""
    hidden = {
        f"{model.__name__}.{field.name}"
        for model in (*REQUEST_MODELS, *FACT_MODELS)
        for field in attrs.fields(model)
        if not field.repr
    }
    assert hidden == SECRET_FIELDS


@on_every_operation(30)
def test_what_is_judged(operation: str, data: st.DataObject) -> None:
    """A draft is judged, asked about and shown without a word of its secrets."""
    secrets = data.draw(SECRETS)
    assert secrets.found_in(outputs(data.draw(planted(operation, secrets)))) == []


@on_every_operation(40)
def test_what_is_malformed(operation: str, data: st.DataObject) -> None:
    """A document that is malformed where its secrets are is refused without a word of them."""
    secrets = data.draw(SECRETS)
    assert secrets.found_in(outputs(data.draw(malformed(operation, secrets)))) == []


@on_every_operation(6)
def test_what_is_printed(operation: str, data: st.DataObject) -> None:
    """The command line prints no secret, in any form, of a document that is well formed, malformed or broken."""
    secrets = data.draw(SECRETS)
    text = json.dumps(data.draw(planted(operation, secrets) | malformed(operation, secrets))).encode()
    assert secrets.found_in(command_line(data.draw(broken(text)) if data.draw(st.booleans()) else text)) == []


@st.composite
def broken(draw: st.DrawFn, text: bytes) -> bytes:
    """Break a text: cut it short, or put a byte into it that belongs nowhere."""
    at = draw(st.integers(0, len(text) - 1))
    return text[:at] + draw(st.sampled_from((b"", b"\xff" + text[at:], b"," + text[at:], b"NaN" + text[at:])))


@on_every_operation(30)
def test_what_is_broken(operation: str, data: st.DataObject) -> None:
    """A document, or a body, that is no JSON is refused without a word of it, and its error keeps none of it."""
    secrets = data.draw(SECRETS)
    document = data.draw(planted(operation, secrets))
    assert secrets.found_in(outputs(data.draw(broken(json.dumps(document).encode())))) == []
    body = data.draw(broken(json.dumps({**document["request"], "clientSecret": secrets.client_secret}).encode()))
    target = None if "target" not in document else document["target"]["id"]
    verdict = validate_body(operation, body, document["facts"], target=target)
    assert secrets.found_in(verdict_texts(verdict)) == []


@given(SECRETS)
def test_the_search_finds(secrets: Secrets) -> None:
    """What is searched for is found where it is."""
    texts = [*secrets.recognisable, secrets.body, secrets.query, secrets.idempotency_key, secrets.key.upper()]
    assert secrets.found_in(texts) == texts
    assert secrets.found_in([f"idempotencyKeys[{secrets.idempotency_key}]"]) == []
    assert secrets.found_in([f"promotionCodesByCode[{secrets.idempotency_key}]"]) != []
