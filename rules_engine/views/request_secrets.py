"""Keys, client secrets, signatures and digests that a request is let in by, compared in constant time.

The time that a comparison takes shows nothing of how much of a secret was right: it reads all of both sides, and every
candidate. Views keep the result and never the secret.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import field, frozen

from rules_engine.models import ApiKey

_UNIX_SECONDS: Final = re.compile(r"[0-9]{1,18}")


@frozen
class Signature:
    """A signature that can be read; whether it is right is not known yet.

    Attributes:
        timestamp: When it was made, in seconds since 1970, as it is written: that text was signed.
        candidates: What may be the signature, in lower case.
    """

    timestamp: str
    candidates: Sequence[str] = field(repr=False)


def presented_key(header: str | None) -> tuple[bool, str | None]:
    """Read the API key out of the header `Authorization`.

    Args:
        header: Its value.

    Returns:
        Whether the request carries a credential at all; and the key, None where the header is none of a bearer or the
        key is broken by white space, so that no known key can be it.
    """
    if header is None or header.strip().lower() in ("", "bearer"):
        return False, None
    scheme, _, key = header.partition(" ")
    if scheme.lower() != "bearer" or any(map(str.isspace, key)):
        return True, None
    return True, key


def find_key(key: str, known: Iterable[ApiKey]) -> ApiKey | None:
    """Return the record of a key by its digest; every record is compared, whichever is the right one."""
    digest = hashlib.sha256(_encoded(key)).hexdigest()
    found = [record for record in known if is_same_digest(record.sha256, digest)]
    return found[0] if found else None


def is_same_secret(stored: str, given: str) -> bool:
    """Return whether two secrets are the same."""
    return hmac.compare_digest(_encoded(stored), _encoded(given))


def is_same_digest(stored: str, digest: str) -> bool:
    """Return whether two digests in hexadecimal, of either case, are the same."""
    return is_same_secret(stored.lower(), digest)


def read_signature(header: str | None) -> Signature | None:
    """Read the header `XPay-Signature`: `t=<unix seconds>,v1=<hex>`, with `v1` once or more often.

    Parts of other names are passed over: they may be schemes that are still to come.

    Returns:
        The signature; None where there is none, or it has not one time and at least one candidate.
    """
    parts = [part.strip().partition("=") for part in (header or "").split(",")]
    times = [value for name, _, value in parts if name == "t"]
    candidates = [value.lower() for name, _, value in parts if name == "v1"]
    if len(times) != 1 or not _UNIX_SECONDS.fullmatch(times[0]) or not candidates:
        return None
    return Signature(times[0], candidates)


def matches_signature(signature: Signature, body: str, secrets: Iterable[str]) -> bool:
    """Return whether one of the secrets gives one of the candidates; all of them are compared, whatever is found."""
    signed = _encoded(f"{signature.timestamp}.{body}")
    candidates = list(map(_encoded, signature.candidates))
    expected = [hmac.new(_encoded(secret), signed, hashlib.sha256).hexdigest().encode() for secret in secrets]
    found = [hmac.compare_digest(digest, candidate) for digest in expected for candidate in candidates]
    return any(found)


def _encoded(text: str) -> bytes:
    # A text from a JSON document may hold half a surrogate pair, and is no less a text for it.
    return text.encode("utf-8", "surrogatepass")
