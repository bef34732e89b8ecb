"""Pages of one site of ours, in as many layouts as wanted, and reading them with what the site has taught."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from crawler import Article, Entry, Fetch, Template
from crawler.extract import extract_page
from crawler.templates import samples

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
TOWNS = (
    "Sète",
    "Redon",
    "Menton",
    "Foix",
    "Tulle",
    "Sedan",
    "Vesoul",
    "Cassis",
    "Guéret",
    "Lorient",
    "Arcachon",
    "Honfleur",
)


def paragraphs(number: int, kind: str = "p") -> list[str]:
    """Eight paragraphs that no other page has."""
    town = TOWNS[number % len(TOWNS)]
    return [
        f"À {town}, le tournage {number}-{at} a pris {at + 3} semaines, selon une {kind} qui en tient le journal, "
        f"et la production {number + at} n'a rien voulu ajouter à ce que la presse locale en disait déjà."
        for at in range(8)
    ]


def page(number: int, *, box: str = "corps", aside: str = "promo") -> str:
    text = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    promo = "".join(
        f"<div class='{aside}'><b>{TOWNS[at]}, aussi</b><a href='/{at}'>Une autre page</a></div>" for at in range(3)
    )
    return (
        f"<html lang='fr'><head><title>Tournage {number} à {TOWNS[number % 12]} - Outlet</title></head><body>"
        f"<div class='page'><h1>Tournage {number} à {TOWNS[number % 12]}</h1>"
        f"<div class='{box} post-{number}'>{text}{promo}</div></div></body></html>"
    )


def url(*, sample: bool, start: int = 0) -> str:
    """An address whose page is one of the samples, or is not."""
    numbered = (f"https://outlet.example/{number}" for number in count(start))
    return next(one for one in numbered if samples(Template(), one) == sample)


def read(markup: str, template: Template | None = None, *, at: str | None = None, learns: bool = True) -> Article:
    address = at or url(sample=False)
    order = Fetch(order="o", entry=Entry(source="s", url=address, listed_url=address), template=template)
    given = {"final_url": address, "content_type": "text/html", "charset": None, "fetched_at": NOW}
    got = extract_page(markup.encode(), fetch=order, learns=learns, **given)  # type: ignore[arg-type]
    assert isinstance(got, Article)
    return got


def taught(*pages: str, template: Template | None = None) -> Template:
    for markup in pages:
        site = read(markup, template, at=url(sample=True)).site
        assert site
        template = site.template
    assert template
    return template


def moved(number: int, *, box: str = "corps") -> str:
    """A redesign: the box that held the text holds words about the outlet now, long enough to be a text."""
    about = "".join(f"<p>{text}</p>" for text in paragraphs(3, "voisine")[:4])
    text = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    return (
        f"<html><head><title>Un titre</title></head><body><main><div class='article'>{text}</div></main>"
        f"<div class='page'><div class='{box}'>{about}</div></div></body></html>"
    )
