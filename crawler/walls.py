"""Walls: pages served instead of what was asked for, told by their words, in French and English. Pure.

What stands in the way of a page stands in the way of a listing as well, so this reads text and knows no page's
structure; `crawler.quality` weighs what is found here against the article's own text.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from crawler.charset import decode
from crawler.types import ListingStatus, RejectReason

WALL_TEXT = 1_500  #: characters of article text from which a page is no wall

_CHALLENGE_TITLE = re.compile(
    r"^\W*(?:just a moment|un instant|attention required|access (?:to this page has been )?denied|acc[eè]s refus[eé]"
    r"|pardon our interruption|are you (?:a )?(?:robot|human)|[eê]tes-vous un (?:robot|humain)|robot check"
    r"|(?:security|bot|browser) (?:check|verification)|v[eé]rification (?:de s[eé]curit[eé]|en cours)"
    r"|captcha|ddos-guard"
    r"|verify(?:ing)? (?:that )?you are|human verification|queue-?it|(?:waiting room|salle d['’]attente"
    r"|file d['’]attente)"
    r"|request rejected|error: the request could not|please wait|veuillez patienter|checking your browser"
    r"|403 forbidden|error 10\d\d|sorry, you have been blocked)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(?:enable|turn on|activer|activez|activate) (?:java ?script|js)\b|javascript (?:is (?:disabled"
    r"|required)|est d[eé]sactiv[eé])"
    r"|(?:verify|prove|confirm)(?:ing)? (?:that )?you(?: are|['’]re) (?:a )?(?:not a robot|human)"
    r"|unusual (?:traffic|activity)"
    r"|(?:pas|n['’][eê]tes pas) un robot|checking your browser|complete the (?:captcha|security check)"
    r"|r[eé]sol\w+ (?:le|ce) captcha"
    r"|trafic inhabituel|activit[eé] inhabituelle|you are (?:now )?in (?:the |a )?(?:line|queue)"
    r"|dans la (?:file|salle) d['’]attente|temps d['’]attente estim[eé]|estimated wait time"
    r"|requested url was rejected|request (?:was |has been )?blocked|request could not be satisfied"
    r"|cf-?ray|ray id|performance (?:&|and) security by cloudflare|datadome|perimeterx|request unsuccessful|incapsula",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookies?\b|consent\w*|traceurs?\b|partenaires\b|partners\b|vendors?\b|finalit[eé]s?\b|donn[eé]es personnelles"
    r"|personal data|vie priv[eé]e|privacy|rgpd|gdpr|int[eé]r[eê]t l[eé]gitime|legitimate interest"
    r"|accepter|refuser|accept all",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:article|contenu|suite|lecture)[^.]{0,40} (?:est )?r[eé]serv[eé]e? (?:aux|[aà] nos) abonn[eé]"
    r"|il vous reste \d+ ?% de"
    r"|abonnez-vous pour (?:lire|continuer|acc[eé]der|d[eé]couvrir)|pour lire la suite[^.]{0,40}abonn"
    r"|subscribe to (?:continue|read|keep reading|unlock)|(?:this|the full) (?:article|story"
    r"|content) is (?:reserved |only )?(?:for|available to) "
    r"(?:our )?(?:subscribers|members)|already (?:a subscriber|have an account) ?\?|(?:to continue"
    r"|keep) reading[^.]{0,30}(?:subscribe|register|log in)"
    r"|limite d['’]articles|limit of free articles|(?:cr[eé]ez|ouvrez) un compte[^.]{0,30} pour (?:lire|continuer)"
    r"|lecture du \w+ en cours sur un autre appareil|r[eé]serv[eé] aux abonn[eé]s|subscriber[- ]only",
    re.IGNORECASE,
)
_SOFT_404 = re.compile(
    r"^\W*(?:(?:erreur |error )?404\b|not found\b"
    r"|(?:page|article|contenu|content|story)(?: was| has been| est| a [eé]t[eé])? ?"
    r"(?:not found|introuvable|non trouv[eé]e?|inexistante?|supprim[eé]e?|removed|deleted|unavailable|indisponible)"
    r"|page (?:does not|doesn['’]t) exist|(?:oups|oops|whoops|d[eé]sol[eé]|sorry|uh[- ]oh)\b)"
    r"|\b404\b.{0,20}(?:not found|introuvable)|page introuvable",
    re.IGNORECASE,
)
_GATED = re.compile(
    r"(?:vous devez|confirmez que vous|you must|are you|j['’]ai)\b[^.?]{0,40}\b18\b|plus de 18 ans|over 18|18 years"
    r"|v[eé]rification de l['’][aâ]ge|age verification|r[eé]serv[eé] [aà] un public averti"
    r"|(?:pas|plus|non) (?:disponible|accessible|autoris[eé]e?) (?:dans|depuis) votre (?:pays|r[eé]gion|position)"
    r"|not (?:available|accessible) (?:in|from) your (?:country|region|location)|unavailable (?:due to|for) legal"
    r"|access this website from a country|you must be logged in|vous devez [eê]tre connect[eé]"
    r"|d[eé]sactive[zr] votre bloqueur|bloqueur de publicit[eé] d[eé]tect[eé]|ad[- ]?block(?:er)? detected"
    r"|disable your ad[- ]?block",
    re.IGNORECASE,
)
_UNAVAILABLE = re.compile(
    r"(?:est|site|actuellement) en (?:cours de )?maintenance|pour cause de maintenance"
    r"|maintenance (?:pr[eé]vue|en cours)|(?:scheduled|undergoing|down for|under) maintenance"
    r"|be (?:right )?back (?:soon|shortly)|we['’]ll be right back|error establishing a database|erreur technique"
    r"|temporairement indisponible|temporarily (?:unable|unavailable)"
    r"|^\W*50[0234]\b|bad gateway|service unavailable|internal server error",
    re.IGNORECASE,
)
_GONE_TEXT = re.compile(
    r"(?:page|article|contenu)\b[^.]{0,60}(?:n['’]existe (?:pas|plus)|est introuvable|a expir[eé]|n['’]est (?:plus"
    r"|pas) (?:disponible|en ligne)|a [eé]t[eé] (?:supprim|d[eé]plac))"
    r"|(?:page|article|story|content)\b[^.]{0,60}(?:could not be found|can['’]?t be found|cannot be found"
    r"|no longer (?:exists|available)|has expired|isn['’]t available|does(?: not|n['’]t) exist"
    r"|(?:has|(?:may|might) have) been (?:removed|deleted|moved))"
    r"|(?:n['’]avons pas (?:pu )?trouv\w+|(?:couldn['’]?t|can['’]?t|cannot|could not) find)\s+(?:\w+\s+){0,3}"
    r"(?:page|article|contenu|story|content)",
    re.IGNORECASE,
)
#: What is said of a page that was served instead of a listing.
_SERVED = {
    ListingStatus.NOT_A_FEED: "{url} serves no {kind} but {served}; check the address",
    ListingStatus.FAILED: "{url} is called {served}, and nothing in it can be read as a {kind}; asked again later",
    ListingStatus.CONSENT_WALL: "{url} asks for consent instead of serving its {kind}; look for another address",
    ListingStatus.BLOCKED: "{url} asks for proof of being human instead of serving its {kind}; drop it, or ask them",
}
_SAYING = '{url} serves no {kind} but {served}, and says "{said}"; check the address'
WALLS = frozenset({ListingStatus.CONSENT_WALL, ListingStatus.BLOCKED})
#: Hosts that ask for consent on behalf of another: consent.outlet.example, outlet.example's guce.
_CONSENT_HOST = re.compile(r"^(?:consent|consentement|guce|privacy-mgmt|cmp|choix-cookies)\.", re.IGNORECASE)
_SENTENCE = 200  #: characters of what a server may say in place of a listing and be quoted
_LITTLE = 600  #: characters of text that a page which keeps its readers out may have
_LOOKED_AT = 300_000  #: bytes of a page that is no listing
_LONG = 12_000  #: characters; the words of a consent wall that lists each of its partners' purposes stay below it
_DROPPED = re.compile(r"<(script|style|svg|template|iframe)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,5000}>")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def is_challenge(title: str, page_text: str) -> bool:
    """Whether a page asks for proof of being human, for JavaScript, or for patience."""
    if len(page_text) > 2 * WALL_TEXT:
        return False
    asks = len(_CHALLENGE.findall(page_text))
    return (
        (bool(_CHALLENGE_TITLE.match(title)) and len(page_text) < WALL_TEXT)
        or asks >= 2
        or (asks == 1 and len(page_text) < 600)
    )


def consents(page_text: str) -> int:
    """How many words of consent a text has, where they are at least 4 of 100 of its words; 0 otherwise."""
    asked = len(_CONSENT.findall(page_text))
    return asked if asked * 25 > len(page_text.split()) else 0


def is_consent(page_text: str) -> bool:
    """Whether a page asks for consent, as far as its visible words tell."""
    return len(page_text) <= _LONG and consents(page_text) >= 4


def says_missing(title: str, page_text: str) -> tuple[bool, bool]:
    """Whether a page's title says that nothing is there, and whether its words do."""
    return bool(_SOFT_404.search(title)), bool(_GONE_TEXT.search(page_text[:3_000]))


def keeps_out(title: str, text: str, page_text: str) -> RejectReason | None:
    """Whether a page of little text is for some readers only (`GATED`), or under repair (`UNAVAILABLE`)."""
    said = [title, text if len(text) < _LITTLE else "", page_text if len(page_text) < 2 * _LITTLE else ""]
    if any(_GATED.search(one) for one in said):
        return RejectReason.GATED
    return RejectReason.UNAVAILABLE if any(_UNAVAILABLE.search(one) for one in said) else None


def asks_to_pay(page_text: str) -> bool:
    """Whether a page says that its text is for subscribers."""
    return bool(_PAYWALL.search(page_text))


def instead_of_listing(body: bytes, charset: str | None, url: str, called: str | None = None) -> ListingStatus:
    """What was served at `url` where a listing was expected and none was found.

    Args:
        called: Its media type.

    Returns:
        `CONSENT_WALL`, `BLOCKED` (a challenge), `FAILED` (a listing by its type, but damaged), or `NOT_A_FEED` for
        anything else.
    """
    markup = _markup(body, charset)
    found = _TITLE.search(markup)
    title = html.unescape(found.group(1)).strip() if found else ""
    text = _visible(markup)
    if _CONSENT_HOST.match(urlsplit(url).hostname or "") or is_consent(text):
        return ListingStatus.CONSENT_WALL
    if is_challenge(title, text):
        return ListingStatus.BLOCKED
    damaged = (called or "").endswith(("xml", "json")) and not _PAGE.match(markup)
    return ListingStatus.FAILED if damaged else ListingStatus.NOT_A_FEED


def served_instead(status: ListingStatus, body: bytes, charset: str | None, **named: str) -> str:
    """Say what was served where a listing was expected, quoting a server that says why in a sentence.

    Search services do: "Your query was too short or too long." with status 200.

    Args:
        named: `url`, `kind` (what was expected) and `served` (its media type).
    """
    said = _visible(_markup(body, charset)) if len(body) <= 4 * _SENTENCE else ""
    if status is ListingStatus.NOT_A_FEED and said.count(" ") >= 2 and len(said) <= _SENTENCE and said.isprintable():
        return _SAYING.format(**named, said=said.replace('"', "'").rstrip("."))
    return _SERVED[status].format(**named)


def _markup(body: bytes, charset: str | None) -> str:
    return _DROPPED.sub(" ", decode(body[:_LOOKED_AT], charset))


def _visible(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
