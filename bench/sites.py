"""Sites of ours for the extraction bench: some layouts, each with as many pages as wanted, real in size and clutter.

What real sites do is done here with words of our own: columns of divs without paragraphs, tables used for layout, class
names made by a compiler, paragraphs each in a box of its own, promotions in the midst of the text, teasers and comments
as long as paragraphs. Each page knows its text: standfirst, paragraphs, headings, lists and quotes, nothing else.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from bench.pages import NAMES, PROSE, SURNAMES, cards, footer, menu, sentence, state, style

SIZES = (80_000, 160_000, 400_000)  #: bytes of a page: least, most usual, most
PARAGRAPHS = (9, 30)  #: of an article; real ones have 29 paragraphs of 150 characters in the mean
TEASERS = (6, 20)  #: texts of other articles around it

Say = Callable[[], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class SitePage:
    """One page of a site, and the text that is its article's."""

    site: str
    url: str
    body: bytes
    truth: str


@dataclass(frozen=True, slots=True)
class _Part:
    tag: str  #: p, h2, li or blockquote
    text: str


def build(count: int, *, layouts: int = 1, seed: int = 1) -> list[list[SitePage]]:
    """Make `count` pages of each site; the same for the same arguments.

    Args:
        layouts: A site's pages are in so many layouts, as those of outlets with news, features and galleries; two in
            three are in the first, the others in any order.
    """
    sites = range(len(LAYOUTS))
    return [[_page(site, _layout(site, at, layouts, seed), at, seed) for at in range(count)] for site in sites]


def _layout(site: int, at: int, layouts: int, seed: int) -> Callable[[random.Random, Sequence[_Part], Say], str]:
    """The layout of a site's page: its own, or one time in three one of its others."""
    chance = random.Random(f"{seed}-{site}-{at}-layout")  # noqa: S311 - the same layouts each time
    other = chance.randint(1, layouts - 1) if layouts > 1 and chance.random() < 1 / 3 else 0
    return LAYOUTS[(site + other) % len(LAYOUTS)]


def _page(site: int, layout: Callable[[random.Random, Sequence[_Part], Say], str], at: int, seed: int) -> SitePage:
    chance = random.Random(f"{seed}-{site}-{at}")  # noqa: S311 - the same pages each time
    language = "en" if site % 3 == 2 else "fr"
    forms = PROSE[language]
    base, path = f"https://site-{site}.example", f"/{2026}/{at:03}-article.html"

    def say() -> str:
        return escape(sentence(chance, forms), quote=False)

    parts = _parts(chance, say)
    title, lead = say(), f"{say()} {say()}"
    head = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - Site {site}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta name="description" content="{lead[:150]}"><link rel="canonical" href="{base}{path}">'
        f'<meta property="article:published_time" content="2026-11-{1 + at % 28:02}T10:00:00Z">'
        f'<script type="application/ld+json">{_linked(chance, title, at)}</script>'
        f"<style>{style(chance)}</style></head><body>"
    )
    around = _dressed(f"<header>{menu(chance, base)}</header>", base)
    article = layout(chance, [_Part("lead", lead), _Part("title", title), *parts], say)
    tail = _dressed(cards(chance, base, forms) + footer(chance, base), base)
    html = f"{head}{around}{article}{tail}"
    size = round(chance.triangular(SIZES[0], SIZES[2], SIZES[1]))
    html += f"<script>window.__STATE__={{{state(chance, max(0, size - len(html.encode())))}}};</script></body></html>"
    truth = "\n".join([lead, *(part.text for part in parts)])
    return SitePage(site=f"site-{site}", url=f"{base}{path}", body=html.encode(), truth=truth)


def _linked(chance: random.Random, title: str, at: int) -> str:
    """What outlets tell search engines."""
    person = {"@type": "Person", "name": f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}"}
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "author": [person]}
    return json.dumps(told | {"datePublished": f"2026-11-{1 + at % 28:02}T10:00:00Z", "isAccessibleForFree": True})


def _dressed(html: str, base: str) -> str:
    """Give links and pictures what they carry on real sites: classes, tracking, and each picture in many sizes."""
    sizes = ", ".join(f"{base}/media/w{width}/2026/11/photo.jpg?q=80 {width}w" for width in (320, 480, 640, 960, 1280))
    sources = "".join(f'<source type="image/{kind}" srcset="{sizes}">' for kind in ("avif", "webp"))
    link = '<a class="link link--block js-track" data-track="nav|home|block" data-position="3" '
    return html.replace("<picture>", f'<picture class="media media--wide">{sources}').replace("<a ", link)


def _parts(chance: random.Random, say: Say) -> list[_Part]:
    parts = []
    for number in range(chance.randint(*PARAGRAPHS)):
        parts.append(_Part("p", " ".join(say() for _ in range(chance.randint(1, 3)))))
        if number % 6 == 5:
            parts.append(_Part("h2", say()[:60]))
        elif number % 9 == 4:
            parts.append(_Part("blockquote", f"{say()} {say()}"))
        elif number % 11 == 7:
            parts += [_Part("li", say()) for _ in range(3)]
    return [*parts, _Part("p", f"{say()} {say()}")]


def _plain(parts: Sequence[_Part]) -> str:
    """The parts as HTML writes them."""
    return "\n".join(
        f"<ul><li>{part.text}</li></ul>" if part.tag == "li" else f"<{part.tag}>{part.text}</{part.tag}>"
        for part in parts[2:]
    )


def _teasers(chance: random.Random, say: Say, form: str) -> str:
    return "\n".join(form.format(text=say(), title=say()[:50]) for _ in range(chance.randint(*TEASERS)))


def blog(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """A blog engine's page: entry, share links, author box, related posts and comments, all in one column."""
    comments = _teasers(chance, say, '<li class="comment"><div class="comment-body"><p>{text} {text}</p></div></li>')
    related = _teasers(chance, say, '<div class="jp-post"><h4><a href="/r">{title}</a></h4><p>{text}</p></div>')
    return (
        f'<div id="page"><main><article class="post post-{chance.randrange(9999)}"><header><h1>{parts[1].text}</h1>'
        "</header>"
        f'<div class="entry-content"><p>{parts[0].text}</p>{_plain(parts)}<div class="sharedaddy"><ul><li>'
        f'<a href="/f">'
        f'Facebook</a></li></ul></div><div class="jp-relatedposts">{related}</div></div>'
        f'<div class="author-box"><p>{say()}</p></div></article><ol class="comment-list">{comments}</ol></main></div>'
    )


def boxed(_: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Each paragraph in a box of its own, promotions between them, the standfirst in the header."""
    rows = []
    for number, part in enumerate(parts[2:]):
        rows.append(f'<div class="article__paragraph"><{part.tag}>{part.text}</{part.tag}></div>')
        if number % 5 == 3:
            rows.append(
                f'<div class="article__inset"><span>À lire</span><p><a href="/i">{say()}</a></p><p>{say()}</p></div>'
            )
    return (
        f'<main id="main"><article><header class="article__header"><h1>{parts[1].text}</h1><p class="article__lede">'
        f'{parts[0].text}</p></header><div class="article__body">{"".join(rows)}</div></article></main>'
    )


def breaks(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """No paragraphs at all: text and line breaks in a div, teasers of the same make beside it."""
    text = "<br><br>\n".join([parts[0].text, *(part.text for part in parts[2:])])
    side = _teasers(chance, say, '<div class="bloc"><a href="/b"><b>{title}</b></a><br>{text}</div>')
    return (
        f'<div class="colonnes"><div class="gauche"><h1>{parts[1].text}</h1><div class="date">Le 20/11/2026</div>'
        f'<div class="texte">{text}</div></div><div class="droite">{side}</div></div>'
    )


def compiled(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Class names made by a compiler, the text in sections, advertisements and embeds between them."""
    rows = [f'<section class="Lead_lead__xQz"><p class="T_t__aBc">{parts[0].text}</p></section>']
    for number, part in enumerate(parts[2:]):
        rows.append(
            f'<section class="Block_block__rTy"><{part.tag} class="T_t__aBc">{part.text}</{part.tag}></section>'
        )
        if number % 4 == 2:
            rows.append(f'<section class="Embed_embed__uIo"><p class="T_t__aBc">{say()}</p></section>')
    more = _teasers(
        chance, say, '<section class="More_more__pLm"><h3>{title}</h3><p class="T_t__aBc">{text}</p></section>'
    )
    return (
        f'<div id="__next"><div class="Page_page__kLm"><h1>{parts[1].text}</h1><div class="Content_content__wXy">'
        f'{"".join(rows)}</div><div class="Rail_rail__zZz">{more}</div></div></div>'
    )


def tables(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Tables used for layout, as sites of twenty years ago have them."""
    side = _teasers(chance, say, '<tr><td class="breve"><b>{title}</b><br>{text}</td></tr>')
    return (
        f'<table width="100%"><tr><td class="menu"><table>{side}</table></td><td class="contenu">'
        f"<h1>{parts[1].text}</h1>"
        f'<p class="chapo">{parts[0].text}</p>{_plain(parts)}</td><td class="pub"><p>{say()}</p></td></tr></table>'
    )


def marked(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Marked up for search engines; a newsletter form, a poll and reading tips within the text."""
    text = _plain(parts).split("\n")
    text.insert(len(text) // 3, f'<div class="nl-box"><p>{say()}</p><form><input name="mail"></form></div>')
    text.insert(len(text) // 2, f'<p class="see-also"><a href="/s">{say()}</a></p>')
    text.append(f'<div class="tags"><a href="/t">{say()[:12]}</a></div>')
    side = _teasers(chance, say, '<div class="item"><h3><a href="/x">{title}</a></h3><p>{text}</p></div>')
    return (
        f'<main class="wrap"><div class="content" itemscope><h1 itemprop="headline">{parts[1].text}</h1>'
        f'<div itemprop="articleBody" class="story-body"><p class="intro">{parts[0].text}</p>{"".join(text)}</div>'
        "</div>"
        f'<div class="rail">{side}</div></main>'
    )


def thread(chance: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Reactions longer than the article, under names that say nothing, and a second article below."""
    reactions = _teasers(chance, say, '<div class="r-item"><div class="r-text"><p>{text} {text}</p></div></div>')
    second = "".join(f"<p>{say()} {say()}</p>" for _ in range(5))
    return (
        f'<div class="lay"><div class="lay-main"><div class="art"><h1>{parts[1].text}</h1><p class="standfirst">'
        f'{parts[0].text}</p><div class="art-body">{_plain(parts)}</div></div><div class="r-list">{reactions}</div>'
        f'<div class="next-up"><h2>{say()[:50]}</h2>{second}</div></div></div>'
    )


def notes(_: random.Random, parts: Sequence[_Part], say: Say) -> str:
    """Pictures with captions and credits in divs between the paragraphs, notes at the end."""
    rows = [f"<p>{parts[0].text}</p>"]
    for number, row in enumerate(_plain(parts).split("\n")):
        rows.append(row)
        if number % 7 == 2:
            rows.append(f'<div class="media"><img src="/i.jpg" alt=""><div class="legend">{say()}</div></div>')
    return (
        f'<section class="page"><div class="heading"><h1>{parts[1].text}</h1><div class="by">{say()[:20]}</div></div>'
        f'<div class="rich-text">{"".join(rows)}</div><div class="about"><p>{say()}</p><p>{say()}</p></div></section>'
    )


LAYOUTS = (blog, boxed, breaks, compiled, tables, marked, thread, notes)
