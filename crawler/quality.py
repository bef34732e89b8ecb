"""Is this page an article? Walls, stubs, missing pages and listings told from real articles, in French and English.

A wall is short or dominated by what it asks. Length decides first: a real article that mentions cookies, robots or
subscribers has a text of its own, a wall has not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.types import RejectReason
from crawler.urls import same_site

MIN_TEXT = 140  #: characters; the shortest news item that still says something is a sentence or two
WALL_TEXT = 1_500  #: characters of article text from which a page is no wall
STUB_TEXT = 1_200  #: characters from which a page with a paywall gave enough to be read
LONG_TEXT = 1_500  #: characters of an article of full quality

_CHALLENGE_TITLE = re.compile(
    r"^\W*(?:just a moment|un instant|attention required|access (?:to this page has been )?denied|acc[eè]s refus[eé]"
    r"|pardon our interruption|are you (?:a )?(?:robot|human)|[eê]tes-vous un (?:robot|humain)|robot check"
    r"|(?:security|bot|browser) (?:check|verification)|v[eé]rification (?:de s[eé]curit[eé]|en cours)"
    r"|captcha|ddos-guard"
    r"|verify(?:ing)? (?:that )?you are|human verification|queue-?it|(?:waiting room|salle d['’]attente"
    r"|file d['’]attente)"
    r"|please wait|veuillez patienter|checking your browser|403 forbidden|error 10\d\d|sorry, you have been blocked)",
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
    r"|dans la file d['’]attente"
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
    r"|lecture du \w+ en cours sur un autre appareil|r[eé]serv[eé] aux abonn[eé]s|subscriber[- ]only",
    re.IGNORECASE,
)
_SOFT_404 = re.compile(
    r"^\W*(?:(?:erreur |error )?404\b|(?:page|article|contenu|content|story)(?: was| has been| est| a [eé]t[eé])? ?"
    r"(?:not found|introuvable|non trouv[eé]e?|inexistante?|supprim[eé]e?|removed|deleted|unavailable|indisponible)"
    r"|page (?:does not|doesn['’]t) exist|(?:oups|oops|whoops|d[eé]sol[eé]|sorry|uh[- ]oh)\b)"
    r"|\b404\b.{0,20}(?:not found|introuvable)|page introuvable",
    re.IGNORECASE,
)
_GONE_TEXT = re.compile(
    r"(?:page|article|contenu)\b[^.]{0,60}(?:n['’]existe (?:pas|plus)|est introuvable|n['’]est (?:plus"
    r"|pas) disponible|a [eé]t[eé] (?:supprim|d[eé]plac))"
    r"|(?:page|article|story|content)\b[^.]{0,60}(?:could not be found|can['’]?t be found|cannot be found"
    r"|no longer (?:exists|available)|does(?: not|n['’]t) exist"
    r"|has been (?:removed|deleted|moved))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a page shows, measured by `crawler.extract`."""

    title: str
    text: str  #: the article's text, cleaned
    page_text: str  #: everything visible, with `<noscript>`
    link_share: float  #: of the visible characters, those in links
    links: int
    prose: int  #: characters in paragraphs that are sentences, not links
    column: int  #: of those, the most under one parent: an article's own stand together, a listing's apart
    dated: bool  #: the page names a date of publication
    declared: bool  #: the page declares to be an article
    paywalled: bool  #: the page declares that it is not free


def judge(page: Evidence) -> RejectReason | None:
    """Why the page is no article; None for one.

    `PAYWALL` is for the caller to soften: the listing's own title and summary may do.
    """
    if len(page.text) < WALL_TEXT:
        if is_challenge(page.title, page.page_text):
            return RejectReason.CHALLENGE
        if _is_soft_404(page):
            return RejectReason.SOFT_404
        if _is_consent_wall(page):
            return RejectReason.CONSENT_WALL
    if _is_paywalled(page):
        return RejectReason.PAYWALL
    if _is_listing(page):
        return RejectReason.NOT_AN_ARTICLE
    return RejectReason.TOO_SHORT if len(page.text) < MIN_TEXT else None


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


def is_redirected_home(listed_url: str, final_url: str) -> bool:
    """Whether a page that had an address of its own led to the home page: how some sites say 404."""
    return (
        same_site(listed_url, final_url)
        and len(urlsplit(listed_url).path.strip("/")) > 0
        and not urlsplit(final_url).path.strip("/")
        and not urlsplit(final_url).query
    )


def _is_soft_404(page: Evidence) -> bool:
    if page.declared and len(page.text) > MIN_TEXT:
        return False
    said = bool(_GONE_TEXT.search(page.page_text[:3_000]))
    titled = bool(_SOFT_404.search(page.title))
    return (titled and (said or len(page.text) < 600)) or (said and not page.dated and len(page.text) < 600)


def _is_consent_wall(page: Evidence) -> bool:
    """The words of consent are at least 4 of 100 of what is visible, and nothing readable besides."""
    words = len(page.page_text.split())
    asked = len(_CONSENT.findall(page.page_text))
    if asked < 4 or len(page.page_text) > 12_000:
        return False
    own = len(_CONSENT.findall(page.text)) * 25 > len(page.text.split())
    return asked * 25 > words and (len(page.text) < 400 or own)


def _is_paywalled(page: Evidence) -> bool:
    """A page that says so and gives little; many that declare a paywall to search engines show the whole text."""
    if len(page.text) >= STUB_TEXT:
        return False
    cut = len(page.text) < STUB_TEXT / 2 or page.text.endswith(("…", "..."))
    return bool(_PAYWALL.search(page.page_text)) or (page.paywalled and cut)


def _is_listing(page: Evidence) -> bool:
    """Mostly links, hardly any prose in one place, and nothing that declares an article."""
    return not page.declared and page.links >= 25 and page.column < 400 and page.link_share > 0.4


def quality(page: Evidence) -> float:
    """How much the extraction can be trusted, 0 to 1.

    Half is length (full from `LONG_TEXT` characters), a quarter is how much of the page's prose the text covers, and
    a quarter is what the page says about itself: a title, a date, being an article.
    """
    length = min(1.0, len(page.text) / LONG_TEXT)
    cover = min(1.0, len(page.text) / page.prose) if page.prose else 0.5
    said = (bool(page.title) + page.dated + page.declared) / 3
    return round(0.5 * length + 0.25 * cover + 0.25 * said, 3)
