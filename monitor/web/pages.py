"""From values to pages: Jinja templates in a sandbox, everything that outlets wrote escaped and made visible."""

from __future__ import annotations

import unicodedata
from functools import cache, partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import safe_link
from monitor.alerts.phrases import day, fact
from monitor.alerts.text import Language
from monitor.web.words import preferred, word

_HERE = Path(__file__).parent
#: Controls, formatting (bidirectional, zero-width), lone surrogates, private use.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co"})


def language_of(request: Request) -> Language:
    """Tell which language a page is to be in."""
    return preferred(request.headers.get("accept-language", ""))


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Lay out a page in the reader's language.

    Args:
        template: its name without ".html.j2".
    """
    language = language_of(request)
    html = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            language=language,
            say=partial(word, language=language),
            fact=partial(fact, language=language),
            day=partial(day, language=language),
            moment=voice(language).moment,
            link=safe_link,
            root=_root(request),
            **values,
        )
    )
    headers = {"content-language": language, "vary": "Accept-Language"}
    return HTMLResponse(html, status_code=status, headers=headers)


def problem(request: Request, status: int, what: str) -> HTMLResponse:
    """Say what went wrong, and what to do: `what` is a key of `words`, such as "404" or "expired"."""
    return page(request, "problem", status=status, what=what)


def static(name: str) -> bytes:
    """Read one of our own files.

    Raises:
        OSError: this installation is broken.
    """
    return (_HERE / "static" / name).read_bytes()


def _root(request: Request) -> str:
    """Lead from a page back to our first one, wherever a proxy has put us: "", "../"."""
    return "../" * (request.url.path.count("/") - 1) or "./"


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _visible(value: object) -> object:
    """Drop what can't be seen from texts of others; mark-up of our own is no plain `str`."""
    if type(value) is not str:
        return value
    return "".join(char if unicodedata.category(char) not in _UNPRINTABLE else " " for char in value)
