"""One address of the web asked, with every redirect told apart; only `barometer links` does that."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from macros.problems import BarometerError

AGENT = "Mozilla/5.0 (compatible; barometer-links)"
MOST_HOPS, MOST_BYTES = 10, 65_536
PERMANENT, REDIRECTS = {301, 308}, {301, 302, 303, 307, 308}
SAFE = "%/:=&?~#+!$,;'@()*[]"
"""Characters of an address that are sent as they stand; all others, such as Cyrillic letters, are encoded."""


class NoAnswerError(BarometerError):
    """Nothing came back that says anything about an address."""


class NoServerError(NoAnswerError):
    """There is no server of that name."""


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        status: Of the last answer.
        address: Where it came from, after every redirect.
        permanent: How far permanent redirects alone led.
        headers: Of the last answer.
        content: How it begins.
    """

    status: int
    address: str
    permanent: str
    headers: Message
    content: bytes


class _NoRedirect(HTTPRedirectHandler):
    """Leaves redirects to `ask`."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def ask(url: str, timeout: float, moment: str = "") -> Answer:
    """Ask for an address, and follow where it leads.

    Args:
        timeout: Seconds to wait for each server.
        moment: That of the state which a TimeGate is asked for (`Accept-Datetime`); may be empty.

    Returns:
        The last answer, whatever its status.

    Raises:
        NoServerError: A server of that name does not exist.
        NoAnswerError: There is no answer, or none that can be understood.
    """
    address = permanent = url
    only_permanent = True
    for _ in range(MOST_HOPS):
        status, received, content = _one(address, timeout, {"Accept-Datetime": moment} if moment else {})
        if status not in REDIRECTS or not received.get("Location"):
            return Answer(status, address, permanent, received, content)
        address = urljoin(address, received["Location"])
        only_permanent = only_permanent and status in PERMANENT
        permanent = address if only_permanent else permanent
    raise NoAnswerError(f"leads on more than {MOST_HOPS} times")


def _one(url: str, timeout: float, headers: dict[str, str]) -> tuple[int, Message, bytes]:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NoAnswerError(f"leads to {url[:80]}, which is no address of the web")
    try:
        request = Request(_encoded(url), headers={"User-Agent": AGENT, **headers})
        with build_opener(_NoRedirect).open(request, timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read(MOST_BYTES)
    except HTTPError as error:
        with error:
            return error.code, error.headers, b""
    except (OSError, HTTPException, ValueError) as error:
        raise _no_answer(error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error) from None


def _encoded(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return quote(parts._replace(netloc=host, fragment="").geturl(), safe=SAFE)


def _no_answer(error: Exception) -> NoAnswerError:
    """What stopped a request, in words."""
    if isinstance(error, gaierror):
        return NoServerError("there is no server of that name")
    if isinstance(error, TimeoutError):
        return NoAnswerError("does not answer in time")
    if isinstance(error, SSLError):
        return NoAnswerError(f"has no valid certificate ({error.reason or error})")
    return NoAnswerError(f"gives no answer ({str(error) or type(error).__name__})")
