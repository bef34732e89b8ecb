from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.boilerplate import clean_text, is_boilerplate
from crawler.quality import Evidence, is_redirected_home, judge, quality
from crawler.types import RejectReason

PROSE = "La chaîne a confirmé la commande de six nouveaux épisodes, tournés à Lorient dès le printemps. " * 8
ARTICLE = Evidence(
    title="« La Forge » aura une saison 2",
    text=PROSE,
    page_text=PROSE + "Accueil Séries Films",
    link_share=0.1,
    links=20,
    prose=len(PROSE),
    column=len(PROSE),
    dated=True,
    declared=True,
    paywalled=False,
)


def wall(title: str, words: str, **changes: object) -> Evidence:
    bare = replace(ARTICLE, title=title, text=words, page_text=words, prose=0, column=0, dated=False, declared=False)
    return replace(bare, **changes)  # type: ignore[arg-type]


WALLS = [
    (RejectReason.CHALLENGE, "Just a moment...", "Enable JavaScript and cookies to continue"),
    (RejectReason.CHALLENGE, "Access denied", "You don't have permission to access this page on this server."),
    (RejectReason.CHALLENGE, "outlet.fr", "Please enable JS and disable any ad blocker"),
    (RejectReason.CHALLENGE, "Vérification de sécurité", "Confirmez que vous n'êtes pas un robot pour continuer."),
    (
        RejectReason.CHALLENGE,
        "File d'attente",
        "Vous êtes dans la file d'attente. Votre temps d'attente est de 3 minutes.",
    ),
    (RejectReason.CHALLENGE, "Are you a robot?", "We detected unusual activity from your network."),
    (
        RejectReason.SOFT_404,
        "Page introuvable - Outlet",
        "La page que vous cherchez n'existe plus. Retour à l'accueil.",
    ),
    (RejectReason.SOFT_404, "404 Not Found", "Sorry, we looked everywhere. Try our search or the latest news below."),
    (RejectReason.SOFT_404, "Oups !", "Cet article n'est plus disponible. Voici ce que nous vous proposons de lire."),
    (RejectReason.SOFT_404, "Page not found | Outlet", "The page you requested could not be found."),
    (
        RejectReason.CONSENT_WALL,
        "Outlet - vos choix",
        "Nos 842 partenaires utilisent cookies et traceurs. Accepter, refuser, gérer votre consentement : à vous.",
    ),
    (
        RejectReason.CONSENT_WALL,
        "Before you continue",
        "We and our partners use cookies for personal data. Accept all, or manage consent for all vendors.",
    ),
    (
        RejectReason.PAYWALL,
        "Dans les coulisses",
        "Un tournage hors norme. La suite de cet article est réservée aux abonnés.",
    ),
    (RejectReason.PAYWALL, "Behind the scenes", "A shoot like no other. Subscribe to continue reading this story."),
    (RejectReason.PAYWALL, "Enquête", "Le producteur raconte. Il vous reste 85 % de cet article à lire."),
    (RejectReason.TOO_SHORT, "Vidéo", "La bande-annonce."),
]


@pytest.mark.parametrize(("reason", "title", "words"), WALLS)
def test_walls_are_recognised(reason: RejectReason, title: str, words: str) -> None:
    assert judge(wall(title, words)) is reason


def test_listings_are_recognised() -> None:
    page = wall("Séries", "Titre un\nTitre deux\n" * 40, links=120, link_share=0.7, column=120)
    assert judge(page) is RejectReason.NOT_AN_ARTICLE
    assert judge(replace(page, declared=True)) is None
    assert judge(replace(page, column=900)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Le site impose désormais un mur de cookies : accepter ou payer, le consentement est au coeur du débat.",
        "La série est réservée aux abonnés de Canal+ et l'article réservé à nos abonnés fait polémique.",
        "The thriller follows an engineer who must prove she is not a robot, complete the captcha or die.",
        "The page could not be found, reads the screen in the pilot of 'Error 404', the new comedy.",
    ],
)
def test_real_articles_may_write_about_walls(sentence: str) -> None:
    text = PROSE * 2 + sentence
    assert judge(replace(ARTICLE, text=text, page_text=text + " Cookies Abonnez-vous")) is None


def test_a_declared_paywall_with_the_whole_text_is_an_article() -> None:
    assert judge(replace(ARTICLE, paywalled=True)) is None
    assert judge(replace(ARTICLE, paywalled=True, text=PROSE[:300])) is RejectReason.PAYWALL
    assert judge(replace(ARTICLE, paywalled=True, text=PROSE[:700] + "…")) is RejectReason.PAYWALL


def test_short_news_is_news() -> None:
    assert judge(replace(ARTICLE, text=PROSE[:190], page_text=PROSE[:190] + "Accueil")) is None


def test_a_redirect_home_is_a_missing_page() -> None:
    assert is_redirected_home("https://www.outlet.fr/series/a", "https://www.outlet.fr/")
    assert not is_redirected_home("https://www.outlet.fr/", "https://www.outlet.fr/")
    assert not is_redirected_home("https://www.outlet.fr/series/a", "https://www.outlet.fr/series/b")
    assert not is_redirected_home("https://www.outlet.fr/a", "https://www.outlet.fr/?p=12")


def test_quality_grows_with_length_and_what_the_page_says() -> None:
    full = quality(replace(ARTICLE, text=PROSE * 3))
    assert full == 1.0
    assert 0 < quality(replace(ARTICLE, text=PROSE[:200])) < quality(ARTICLE) < full
    assert quality(replace(ARTICLE, dated=False, declared=False)) < quality(ARTICLE)


FURNITURE = """
SUR LE MÊME SUJET
ABONNEZ-VOUS À NOTRE NEWSLETTER
PAR JEANNE ROUX
Le port de Sète au matin © Jeanne Roux.
Le port de Sète au matin (AFP)
À lire aussi : « La Forge », le tournage a commencé
Lire aussi Canal+ relance son polar
Read more: The best series of the year
Related: Ten shows to watch tonight
Inscrivez-vous à notre newsletter séries
Sign up for our newsletter to get the latest TV news
En poursuivant votre navigation sur ce site, vous acceptez l'utilisation de cookies.
This site uses cookies to improve your experience.
© OCS
Crédit photo : Jeanne Roux
Photo credit: Netflix
Image: Prime Video
La ministre au festival de Lille. - Jean Dupont - AFP
Une actrice en avant-première. © V. Tissot / Télé People
Partager sur Facebook
Cliquez pour partager sur Twitter
Share this article
Filtrer par
Trier par date
Publié le vendredi 17 mai 2024 à 10:05
Élodie Marchal Publié le 17/05/2024 à 10h05
Updated May 17, 2024
3 min de lecture
2 commentaires
Leave a comment
Publicité
La suite après la publicité
Suivez-nous sur Google Actualités
mhd/cl
PARIS, Oct 6 (Continental Wire) -
Certains liens de cet article sont affiliés.
Par Jeanne Roux
Tags : Netflix, séries, France
"""

SENTENCES = """
Le roman publié en 2019 par Gallimard devient une série
Publié le 3 mars 2019, le roman de Lise Amar sera adapté par France 2.
Par ailleurs, la chaîne confirme
Partager un appartement à Lyon, c'est le point de départ de la comédie.
Le commentaire du producteur a surpris tout le monde.
Photo de famille pour les héros de la série, réunis à Cannes.
Les cookies de grand-mère sont au centre de cette comédie culinaire.
Suivez l'enquête du commissaire dès le 12 mars sur France 3.
Share of voice: the second season opens in London.
Home is where the second season begins, said the writer.
Une série (Netflix) qui a tout pour plaire
Related by blood, the two sisters return for a second season.
La newsletter fictive du héros devient un livre, annonce l'éditeur.
par tous les temps
La photo du port a été vendue par Getty.
"""


@pytest.mark.parametrize("line", FURNITURE.strip().splitlines())
def test_furniture_goes(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentences_stay(line: str) -> None:
    assert not is_boilerplate(line)


def test_stray_dates_repeated_titles_and_tails_go() -> None:
    tail = "À lire aussi\nUn autre titre\nEncore un"
    text = f"La Forge revient\n date 2024-05 Après un gros succès, la série revient.\n{PROSE}\n{tail}"
    assert clean_text(text, title="La Forge revient") == f"Après un gros succès, la série revient.\n{PROSE.strip()}"


def test_a_heading_in_the_middle_keeps_what_follows() -> None:
    text = f"Début.\nPour aller plus loin\n{PROSE}"
    assert clean_text(text).endswith(PROSE.strip())


TEASERS = "La série Les Dunes revient pour une saison de plus, dit la production, qui tourne à Sète. " * 20


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Page introuvable - Gazette", "Oups ! La page que vous cherchez n’existe plus ou a été déplacée."),
        ("Gazette", "Contenu indisponible. Désolé, cet article n’est plus disponible. À lire aussi"),
        ("Not found | Gazette", "Sorry, we couldn’t find that page. The story may have been moved or removed."),
        ("Gazette", "Nous n’avons pas pu trouver cette page. Voici ce que nous vous proposons."),
    ],
)
def test_a_missing_page_with_many_teasers_is_not_read_for_them(title: str, words: str) -> None:
    """F22: the teasers are longer than any wall."""
    page = wall(title, TEASERS, page_text=f"{words} {TEASERS}", prose=len(TEASERS), column=90)
    assert judge(page) is RejectReason.SOFT_404
    assert judge(replace(page, declared=True)) is None
    assert judge(replace(page, page_text=TEASERS)) is None


def test_an_article_that_speaks_of_a_missing_page_is_one() -> None:
    words = f"{TEASERS} La page que la chaîne avait mise en ligne n’existe plus."
    page = wall("La Forge n’aura pas de suite", words, column=len(words), prose=len(words))
    assert judge(page) is None
