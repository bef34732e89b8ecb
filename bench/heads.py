"""What stands in the head of a page of real size: meta tags, links, scripts and JSON-LD, in real amounts.

On 181 real pages: 34 meta tags, 36 scripts of which most are loaded from elsewhere, JSON-LD on seven pages in ten,
1.9 kB of it in the mean. Nothing of theirs is here but these numbers.
"""

from __future__ import annotations

import json
import random
from datetime import datetime
from typing import Any

METAS = (14, 40)  #: meta tags that say nothing of the article
TAGS = (2, 8)  #: keywords, a meta tag each
LINKS = (6, 16)
SCRIPTS = (15, 55)
DECLARED = 0.7  #: share of pages with JSON-LD
_INLINE = 0.35  #: share of scripts that stand in the page
_CODE = "window.{name}=window.{name}||[];{name}.push({{slot:{n},refresh:{more},lazy:!0,on:function(e){{return e}}}});"


def head(chance: random.Random, base: str, *, title: str, published: datetime, author: str, words: list[str]) -> str:
    """Make the clutter of a head, and JSON-LD that says what the page says.

    Args:
        words: For tags and names.
    """
    parts = [
        *(_meta(chance, words) for _ in range(chance.randint(*METAS))),
        *(f'<meta property="article:tag" content="{chance.choice(words)}">' for _ in range(chance.randint(*TAGS))),
        *(_link(chance, base, number) for number in range(chance.randint(*LINKS))),
        *(_script(chance, base, words) for _ in range(chance.randint(*SCRIPTS))),
    ]
    if chance.random() < DECLARED:
        said = json.dumps(_declared(chance, base, title, published, author, words), ensure_ascii=False)
        parts.append(f'<script type="application/ld+json">{said}</script>')
    chance.shuffle(parts)
    return "\n".join(parts)


def _meta(chance: random.Random, words: list[str]) -> str:
    name = f"{chance.choice(('twitter', 'fb', 'al', 'app', 'msapplication', 'site', 'page'))}:{chance.choice(words)}"
    kind = chance.choice(("name", "property"))
    return f'<meta {kind}="{name.lower()}" content="{chance.choice(words)}-{chance.randrange(10**9)}">'


def _link(chance: random.Random, base: str, number: int) -> str:
    kind = chance.choice(("preconnect", "dns-prefetch", "preload", "apple-touch-icon", "stylesheet"))
    return f'<link rel="{kind}" href="{base}/static/{chance.randrange(10**9):x}-{number}.css" crossorigin="anonymous">'


def _script(chance: random.Random, base: str, words: list[str]) -> str:
    if chance.random() > _INLINE:
        return f'<script async src="{base}/static/{chance.randrange(10**12):x}.js" data-cfasync="false"></script>'
    rows = [
        _CODE.format(name=chance.choice(words), n=chance.randrange(9_999), more=chance.randrange(99))
        for _ in range(chance.randint(1, 12))
    ]
    return f"<script>{''.join(rows)}</script>"


def _declared(
    chance: random.Random, base: str, title: str, published: datetime, author: str, words: list[str]
) -> dict[str, Any]:
    picture = {"@type": "ImageObject", "url": f"{base}/img/{chance.randrange(10**6)}.jpg", "width": 1200, "height": 675}
    outlet = {"@type": "NewsMediaOrganization", "name": "Outlet", "url": base, "logo": picture}
    crumbs = [
        {"@type": "ListItem", "position": at, "item": {"@id": f"{base}/{word.lower()}", "name": word}}
        for at, word in enumerate(chance.sample(words, 3), 1)
    ]
    article = {
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": published.isoformat(),
        "dateModified": published.isoformat(),
        "author": [{"@type": "Person", "name": author}],
        "publisher": outlet,
        "image": [picture] * chance.randint(1, 3),
        "keywords": chance.sample(words, 5),
        "isAccessibleForFree": True,
    }
    trail = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    return {"@context": "https://schema.org", "@graph": [article, trail]}
