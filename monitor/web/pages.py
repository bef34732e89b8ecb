"""From values to pages: Jinja templates in a sandbox, everything that outlets wrote escaped and made visible."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import safe_link
from monitor.alerts.phrases import day, fact
from monitor.alerts.text import Language
from monitor.templating import environment
from monitor.web.words import preferred, word

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"


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
        environment(_TEMPLATES)
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
