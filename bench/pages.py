"""The pages that the speed benches fetch: our seeds at the size of real pages, no two alike; or a folder of real ones.

Real article pages (a public set of 181) are 174 kB in the mean, a tenth of them less than 51 and a tenth more than 305,
with 740 elements that have 1,220 attributes: 96 kB of it scripts and styles, 144 links, 29 paragraphs, 4,900 characters
in these. A seed has 3 to 6 kB. So each page gets what stands in a real head (`bench/heads.py`), a style sheet, a state
script of the rest of its size, a mega-menu, more paragraphs of prose, cards of related articles and a wall of footer
links, in amounts that vary from page to page around those means. One page in four tells its seed's news, with the
title of the work made up anew, so that one fact is not announced hundreds of times; the others announce nothing.
"""

from __future__ import annotations

import gzip
import math
import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from bench import heads
from monitor.demo import dates
from monitor.demo.listings import Item, read_item

#: Bytes of a page: least, middle, most, and the spread of their logarithm.
LEAST, MIDDLE, MOST, SPREAD = 45_000, 140_000, 900_000, 0.7
PARAGRAPHS = (10, 26)  #: added to the seed's own
MENU = (40, 90)  #: links
SEED_EVERY = 4  #: one page in so many tells a seed's news; the others announce nothing, as most news does
CARDS = (15, 45)  #: of related articles, each of 12 elements
FOOTER = (10, 30)  #: links

_MORE = "<!-- more -->"
NAMES = "Aubin Basile Clarisse Doria Elvire Fantine Gaspard Honorine Isaure Jocelyn Ludivine Mahaut".split()  # noqa: SIM905
SURNAMES = "Brossard Castaing Delorme Esnault Fauvel Garrigue Hamelin Jacquard Lenoir Marchal".split()  # noqa: SIM905
_NOUNS = "Falaise Lanterne Verger Marée Horloge Comptoir Brigade Volière Estuaire Pension Orage Cadastre".split()  # noqa: SIM905
_PLACES = "Lorient Vesoul Arcachon Sedan Briançon Cassis Redon Tulle Guéret Honfleur Menton Foix".split()  # noqa: SIM905
PROSE = {
    "fr": (
        "L'équipe a passé {n} jours sur place, du côté de {place}, avec un budget de repérage que {name} juge serré.",
        "Selon {name}, près de {n} personnes ont travaillé au décor, dont une bonne moitié venue de {place}.",
        "La presse régionale rappelle que {n} figurants avaient répondu à l'appel lancé à {place} au printemps.",
        "« Nous avons relu {n} pages en une nuit », raconte {name}, qui préfère ne pas en dire davantage.",
        "Le chiffre de {n} heures de montage circule depuis {place}, sans que {name} le confirme.",
    ),
    "en": (
        "The crew spent {n} days around {place}, on a scouting budget that {name} calls tight.",
        "About {n} people built the sets, says {name}, and a good half of them came from {place}.",
        "Local papers recall that {n} extras answered the call in {place} last spring.",
        '"We read {n} pages in one night," says {name}, who would rather not say more.',
        "A figure of {n} hours in the editing room has been going around {place}; {name} does not confirm it.",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of an outlet, and how its feed lists it."""

    path: str
    title: str
    summary: str
    published: datetime
    body: bytes


def build(
    folder: Path, count: int, *, base: Callable[[int], str], now: datetime, mark: Callable[[int], str] = str
) -> list[Page]:
    """Make pages out of the seeds in a folder; the same ones for the same arguments.

    Args:
        base: Gives "http://host:port" of the outlet that carries the page of this number.
        now: They were published within the hours before.
        mark: Gives what ends the made-up titles of the page of this number, so that no two works are one.
    """
    slugs = sorted(path.name for path in (folder / "articles").iterdir())
    seeds = [(read_item(folder, slug), _titles(folder / "articles" / slug)) for slug in slugs]
    return [
        _build(number, *(seeds[number // SEED_EVERY % len(seeds)]), base(number), now, mark(number))
        for number in range(count)
    ]


def read(folder: Path, count: int, *, now: datetime) -> list[Page]:
    """Take real pages from a folder's `html/NAME.html.gz`; from the second time round on, marked so that none repeats.

    Raises:
        FileNotFoundError: there are none.
    """
    files = sorted((folder / "html").glob("*.html.gz"))
    if not files:
        raise FileNotFoundError(f"{folder}/html has no *.html.gz; give a folder in the format of bench.extract")
    return [_read(files[number % len(files)], number, number // len(files), now) for number in range(count)]


def _read(file: Path, number: int, again: int, now: datetime) -> Page:
    body = gzip.decompress(file.read_bytes())
    if again:
        body = body.replace(b"</p>", b" (%d)</p>" % number)
    return Page(
        path=f"/articles/{number}-{file.name.partition('.')[0]}",
        title=f"Article {number}",
        summary="",
        published=_when(number, now),
        body=body,
    )


def _when(number: int, now: datetime) -> datetime:
    return now.replace(microsecond=0) - timedelta(minutes=1 + number % 600)


def _titles(home: Path) -> list[str]:
    """The works that a seed announces."""
    expected: dict[str, Any] = tomllib.loads((home / "expected.toml").read_text("utf-8"))
    return [row["title"] for row in expected.get("announcement", ()) if row.get("title")]


def _build(number: int, item: Item, titles: Sequence[str], base: str, now: datetime, mark: str) -> Page:
    chance = random.Random(number)  # noqa: S311 - the same pages each time
    published = _when(number, now)
    item = replace(item, html=_marked(item.html))
    if number % SEED_EVERY:
        item, titles = _other_news(item, chance), ()
    renamed = {title: f"{chance.choice(_NOUNS)} {chance.choice(_PLACES)} {mark}" for title in titles}
    path = f"/{number}{item.path}"
    html = dates.moved(item.html, published=item.published, to=published).replace(item.origin + item.path, base + path)
    html = _renamed(html.replace(item.origin, base), renamed)
    return Page(
        path=path,
        title=_renamed(item.title, renamed),
        summary=_renamed(item.summary, renamed),
        published=published,
        body=_grown(html, base, chance, title=_renamed(item.title, renamed), published=published),
    )


def _marked(html: str) -> str:
    """Mark where the article can go on: behind its longest paragraph."""
    longest = max(re.findall(r"<p[^>]*>.*?</p>", html, re.DOTALL), key=len)
    return html.replace(longest, longest + _MORE, 1)


def _other_news(item: Item, chance: random.Random) -> Item:
    """The seed's page with words of ours: what it announced is gone."""
    forms = PROSE[_language(item.html)]
    title, summary = sentence(chance, forms), sentence(chance, forms)
    html = _renamed(item.html, {item.title: title, item.summary: summary})
    html = re.sub(
        r"<p([^>]*)>(?:(?!</p>).){80,}</p>", lambda was: _paragraph(was[1], chance, forms), html, flags=re.DOTALL
    )
    return replace(item, title=title, summary=summary, html=html)


def _paragraph(attributes: str, chance: random.Random, forms: Sequence[str]) -> str:
    return f"<p{attributes}>{escape(' '.join(sentence(chance, forms) for _ in range(2)), quote=False)}</p>"


def _language(html: str) -> str:
    return "en" if re.search(r'<html[^>]*lang="en', html, re.IGNORECASE) else "fr"


def _renamed(text: str, titles: dict[str, str]) -> str:
    for title, other in titles.items():
        for spelling in (title, escape(title), escape(title, quote=False)):
            text = text.replace(spelling, other)
    return text


def _grown(html: str, base: str, chance: random.Random, *, title: str, published: datetime) -> bytes:
    """Bring a page to real size."""
    language = _language(html)
    author = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}"
    clutter = heads.head(chance, base, title=title, published=published, author=author, words=[*_NOUNS, *_PLACES])
    html = html.replace("</head>", clutter + "</head>", 1)
    html = html.replace(_MORE, _prose(chance, PROSE[language]), 1)
    html = html.replace("</head>", f"<style>{style(chance)}</style></head>", 1)
    html = re.sub(r"(<body[^>]*>)", lambda body: body[1] + menu(chance, base), html, count=1)
    html = html.replace("</body>", cards(chance, base, PROSE[language]) + footer(chance, base) + "</body>", 1)
    size = round(min(max(chance.lognormvariate(math.log(MIDDLE), SPREAD), LEAST), MOST))
    rendered = state(chance, max(0, size - len(html.encode())))
    return html.replace("</body>", f"<script>window.__STATE__={{{rendered}}};</script></body>", 1).encode()


def sentence(chance: random.Random, forms: Sequence[str]) -> str:
    """One sentence with names and numbers of its own."""
    name = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}"
    return chance.choice(forms).format(n=chance.randrange(11, 99_999), name=name, place=chance.choice(_PLACES))


def _prose(chance: random.Random, forms: Sequence[str]) -> str:
    """Paragraphs of one or two sentences, the first of them marked up now and then."""
    rows = []
    for _ in range(chance.randint(*PARAGRAPHS)):
        first, *more = (escape(sentence(chance, forms), quote=False) for _ in range(chance.randint(1, 2)))
        first = chance.choice(
            (first, f"<strong>{first}</strong>", f'<a href="/theme/{chance.randrange(99)}">{first}</a>')
        )
        rows.append(f"\n<p>{' '.join((first, *more))}</p>")
    return "".join(rows)


def style(chance: random.Random) -> str:
    """A style sheet: none to speak of, 10 kB, or all that the site has."""
    count = chance.choice((20, 300, 300, 2_000))
    rules = (f".c{chance.randrange(9_999)}-{n}{{margin:{n % 40}px;color:#{n:06x}}}" for n in range(count))
    return "\n".join(rules)


def menu(chance: random.Random, base: str) -> str:
    """Links to everything."""
    links = "".join(_link(chance, base, number) for number in range(chance.randint(*MENU)))
    return f'<nav class="mega"><ul>{links}</ul></nav>'


def _link(chance: random.Random, base: str, number: int) -> str:
    words = f"{chance.choice(_NOUNS)} {chance.choice(_PLACES)}"
    return f'<li class="item-{number} menu-item"><a href="{base}/theme/{number}" data-nav="{number}">{words}</a></li>\n'


def cards(chance: random.Random, base: str, forms: Sequence[str]) -> str:
    """Other articles, each with a picture, a tag and a headline."""
    cards = "".join(
        f'<div class="card card--{number % 4} teaser" data-id="{number}" data-position="{number}" role="listitem">'
        f'<div class="card-media"><a href="{base}/related/{number}" class="card-link" data-track="click" tabindex="-1" '
        f'aria-hidden="true"><picture><source type="image/webp" media="(min-width: 600px)" srcset="{base}/img/'
        f'{number}-600.webp 600w, {base}/img/{number}-1200.webp 1200w"><img alt="" width="300" height="169" '
        f'class="img" src="{base}/img/{number}.jpg" loading="lazy" decoding="async"></picture>'
        f'<svg class="icon" width="24" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 6h18v2H3z"/></svg></a></div>'
        f'<div class="card-body"><div class="tags">'
        f'<span class="tag" data-tag="{number}">{chance.choice(_NOUNS)}</span></div><h4 class="card-title">'
        f'<a href="{base}/related/{number}" data-track="click">'
        f'{escape(sentence(chance, forms)[:60], quote=False)}</a></h4><div class="meta">2020</div></div></div>\n'
        for number in range(chance.randint(*CARDS))
    )
    return f'<section class="related-articles">{cards}</section>'


def footer(chance: random.Random, base: str) -> str:
    """More links."""
    links = "".join(_link(chance, base, number) for number in range(chance.randint(*FOOTER)))
    return f"<footer><ul>{links}</ul></footer>"


def state(chance: random.Random, size: int) -> str:
    """What a page's framework was rendered from: JSON that no reader sees."""
    row = '"item{n}":{{"id":{n},"slug":"{noun}-{n}","tags":["{place}","{noun}"],"html":"\\u003cb\\u003e{n}"}}'
    rows: list[str] = []
    length = 0
    while length < size:
        rows.append(row.format(n=chance.randrange(10**6), noun=chance.choice(_NOUNS), place=chance.choice(_PLACES)))
        length += len(rows[-1].encode()) + 1
    return ",".join(rows)
