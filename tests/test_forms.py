"""Digests and notices: what they say, in both languages and every form."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
import samples_alerts as samples
from pages import Page
from rich.console import Console

from monitor.alerts.catalogue import voice
from monitor.alerts.context import DeliveryContext, StoryContext, VerdictLinks
from monitor.alerts.render import HTML_LIMIT, render
from monitor.alerts.story import story_view
from monitor.alerts.terminal import render_terminal
from monitor.alerts.text import Language
from monitor.alerts.view import build
from monitor.cli.cards import show_alert
from monitor.cli.session import Session
from monitor.types import Change
from monitor.vocabulary import Event, Kind, NoticeKind, Status

LANGUAGES: tuple[Language, ...] = get_args(Language)


def forms(context: DeliveryContext, language: Language) -> tuple[str, ...]:
    message = render(context, language=language)
    texts = (message.text, message.markdown.whole, message.plain.whole, Page(message.html).shown)
    return tuple(" ".join(text.split()) for text in texts)


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (None, "7 annonces", "7 announcements"),
        ((date(2026, 11, 20),) * 2, "7 annonces du 20 novembre", "7 announcements of 20 November"),
        (
            (date(2026, 11, 14), date(2026, 11, 20)),
            "7 annonces du 14 au 20 novembre",
            "7 announcements, 14 to 20 November",
        ),
        (
            (date(2026, 10, 28), date(2026, 11, 1)),
            "7 annonces du 28 octobre au 1er novembre",
            "7 announcements, 28 October to 1 November",
        ),
    ],
)
def test_a_digest_counts_and_says_its_days(days: tuple[date, date] | None, french: str, english: str) -> None:
    context = replace(samples.digest(), days=days)
    assert render(context, language="fr").subject == f"🐓 Cocorico · {french}"
    assert render(context, language="en").subject == f"🐓 Cocorico · {english}"
    one = replace(context, stories=context.stories[:1], days=None)
    assert render(one, language="fr").subject == "🐓 Cocorico · 1 annonce"


def test_a_digest_is_grouped_news_first_the_certain_before_the_rumoured() -> None:
    groups = build(samples.digest(), "fr").groups
    assert [group.name for group in groups] == [
        "Nouvelles créations",
        "Renouvellements",
        "Du nouveau sur ce que vous savez",
    ]
    assert [len(group.stories) for group in groups] == [4, 2, 1]
    assert [story.tone for story in groups[0].stories] == ["confirmed"] * 3 + ["rumoured"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_gives_each_story_its_sentence_and_its_own_link(language: Language) -> None:
    context = samples.digest()
    message = render(context, language=language)
    for form in forms(context, language):
        for told in context.stories:
            assert told.announcement.evidence.sentence.rstrip(".") in form
    for raw in (message.text, message.html, message.markdown.whole):
        assert raw.count("https://www.example.net/renouvellements") == 2
        assert raw.count(samples.URL) == 5
        assert "https://coq.example/v/right-token" in raw
        assert "https://coq.example/v/wrong-token" in raw


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "série · Netflix · Audrey Fouché et Zoé Lam · confirmé"),
        ("en", "series · Netflix · Audrey Fouché and Zoé Lam · confirmed"),
    ],
)
def test_the_plain_digest_says_of_each_story_who_when_and_how_certain(language: Language, line: str) -> None:
    told = starring("Zoé Lam")
    text = render(replace(samples.digest(), stories=(told,), days=(date(2026, 11, 20),) * 2), language=language).text
    assert f"\n   {line}\n" in text.replace("\u00a0", " ")
    assert voice(language).day(samples.NOW, "UTC") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_of_a_chat_says_of_each_story_how_certain(language: Language) -> None:
    context = samples.digest()
    lines = render(context, language=language).markdown.whole.splitlines()
    for story in build(context, language).stories:
        assert any(line.startswith(f"• **{story.fact}** · {story.status}") for line in lines)


@pytest.mark.parametrize(("language", "label"), [("fr", "Avec"), ("en", "With")])
def test_the_stars_of_a_titled_work_are_named_beside_who_makes_it(language: Language, label: str) -> None:
    facts = dict(story_view(starring("Inès Kaddour", "Audrey Fouché"), language, "UTC").facts)
    assert facts[label] == "Inès Kaddour"
    untitled = starring("Inès Kaddour", title=None)
    assert label not in dict(story_view(untitled, language, "UTC").facts)


def starring(*names: str, title: str | None = "Osmosis") -> StoryContext:
    told = samples.digest().stories[0]
    evidence = replace(told.announcement.evidence, cues=tuple(f'star: "{name}"' for name in names))
    return replace(
        told,
        story=samples.story(title=title, people=("Audrey Fouché",)),
        announcement=replace(told.announcement, title=title, evidence=evidence),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_contradictions_are_shown(language: Language) -> None:
    says = {"fr": "Saison : 2 (Séries Mag), 3 (BFMTV)", "en": "Season: 2 (Séries Mag), 3 (BFMTV)"}[language]
    for form in forms(samples.digest(), language):
        assert says in form.replace("\u00a0", " ")


def test_a_digest_of_hundreds_is_shown_whole_by_big_clients() -> None:
    many = tuple(samples.told(samples.story(id=f"s-{n}", title=f"Titre {n}")) for n in range(300))
    message = render(replace(samples.digest(), stories=many), language="fr")
    shown = sum(f"Titre {n}\u00a0»" in message.html for n in range(300))
    assert 15 < shown <= 60
    assert len(message.html.encode()) <= HTML_LIMIT
    assert f"et {300 - shown} autres, que montre" in Page(message.html).shown
    assert "et 240 autres" in message.text
    assert message.plain.left_out == 240


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_says_what_is_the_matter_and_what_to_do(kind: NoticeKind, language: Language) -> None:
    context = samples.notice(kind, waiting=12)
    view = build(context, language).notice
    assert view is not None
    message = render(context, language=language)
    assert message.subject == f"🐓 {view.line}"
    assert message.url == ""
    assert "{" not in message.text + message.markdown.whole
    for form in forms(context, language)[:3]:
        assert " ".join(view.advice.split()) in " ".join(form.split())
    assert view.advice.replace("`", "") in Page(message.html).shown
    assert render_terminal(context, language=language).startswith(f"🐓 {view.line}\n")


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith("source_")])
def test_many_sources_are_told_of_in_the_plural_and_none_of_them_in_the_advice(kind: NoticeKind) -> None:
    view = build(samples.notice(kind, name="BFMTV, Lune, Mars +7", together=10), "fr").notice
    assert view is not None
    assert "10 sources" in view.line
    assert view.line.endswith("\u00a0: BFMTV, Lune, Mars +7")
    assert "bfmtv" not in view.advice


@pytest.mark.parametrize(
    ("language", "reason", "said"),
    [
        (
            "fr",
            "HTTP 500 from https://a.example/f: the server has a problem, asked again later",
            "HTTP 500\u00a0: le serveur a un problème, redemandé plus tard.",
        ),
        ("fr", "https://a.example/f: larger than 9 bytes; not read", "Plus de 9 octets\u00a0; pas lu."),
        ("en", "https://a.example/f: larger than 9 bytes; not read", "Larger than 9 bytes; not read."),
        (
            "en",
            "https://a.example/f serves no feed but text/html; check the address",
            "Its address serves no feed but text/html; check the address.",
        ),
    ],
)
def test_a_notice_gives_a_reason_without_the_address_that_its_source_says(
    language: Language, reason: str, said: str
) -> None:
    view = build(samples.notice(NoticeKind.SOURCE_BROKEN, reason=reason), language).notice
    assert view is not None
    assert view.details[1] == said


@pytest.mark.parametrize(
    ("kind", "facts", "french"),
    [
        (NoticeKind.PROOF_OF_LIFE, {}, "Rien de neuf ; 41 sources sur 43 en bonne santé"),
        (NoticeKind.PROOF_OF_LIFE, {"told": 5}, "5 messages envoyés ; 41 sources sur 43 en bonne santé"),
        (
            NoticeKind.PROOF_OF_LIFE,
            {"told": 1, "sources": 1, "healthy": 0},
            "1 message envoyé ; la seule source n’est pas en bonne santé",
        ),
        (NoticeKind.DISK_FILLING, {}, "Le disque se remplit : il reste 512 Mo"),
        (NoticeKind.SOURCE_BROKEN, {}, "BFMTV ne se lit plus"),
        (NoticeKind.DELIVERIES_FAILING, {"name": ""}, "Les messages n’arrivent plus à « bfmtv »"),
    ],
)
def test_the_line_of_a_notice(kind: NoticeKind, facts: dict[str, object], french: str) -> None:
    view = build(samples.notice(kind, **facts), "fr").notice
    assert view is not None
    assert view.line.replace("\u00a0", " ") == french


@pytest.mark.parametrize(
    ("facts", "english"),
    [
        ({"sources": 1, "healthy": 1}, "Nothing new; the only source is healthy"),
        ({"sources": 1, "healthy": 0, "told": 1}, "1 message sent; the only source is not healthy"),
        ({"sources": 3, "healthy": 1}, "Nothing new; 1 of 3 sources healthy"),
    ],
)
def test_the_proof_of_life_in_english(facts: dict[str, object], english: str) -> None:
    view = build(samples.notice(NoticeKind.PROOF_OF_LIFE, **facts), "en").notice
    assert view is not None
    assert view.line == english


def test_a_notice_says_since_when_and_why_in_the_readers_zone() -> None:
    context = replace(samples.notice(NoticeKind.DELIVERIES_FAILING, waiting=3), zone="Europe/Paris")
    view = build(context, "fr").notice
    assert view is not None
    assert view.details == ("Depuis le 20 novembre 2026 à 10:30.", "HTTP 403.", "3 messages attendent.")


def test_the_reason_names_the_rule_in_the_readers_words() -> None:
    told = samples.told(samples.story(), matched='works: "Osmosis"')
    said = build(samples.context(told), "fr").reason.replace("\u00a0", " ")
    assert said.startswith("Reçu pour l’abonnement « french-originals » ; œuvre : « Osmosis » ; indices : ")
    odd = samples.told(samples.story(), matched="everything you like", cues=())
    assert (
        build(samples.context(odd), "en").reason == "Sent for the subscription “french-originals”; everything you like."
    )


@pytest.mark.parametrize(
    ("matched", "french", "english"),
    [
        ('kinds: "new_original"', "nature : Nouvelle création", "kind: New original"),
        ('statuses: "confirmed"', "certitude : confirmé", "certainty: confirmed"),
        ('work_types: "film"', "type : film", "type of work: film"),
        ('origins: "french"', "origine : française", "origin: French"),
        ('prominences: "headline"', "place : dans le titre", "place: in the headline"),
        ('languages: "fr"', "langue : français", "language: French"),
        ('languages: "xx"', "langue : xx", "language: xx"),
        ('words: "saison 2"', "mots : « saison 2 »", "words: “saison 2”"),
        ("watchlist", "votre liste", "your watchlist"),
        ('kinds: "nosuch"', "nature : « nosuch »", "kind: “nosuch”"),
    ],
)
def test_what_was_met_is_in_the_readers_words(matched: str, french: str, english: str) -> None:
    context = samples.context(samples.told(samples.story(), matched=matched, cues=()))
    assert build(context, "fr").stories[0].why.replace("\u00a0", " ") == french
    assert build(context, "en").stories[0].why == english


def test_the_terminal_gets_three_lines_a_story_of_a_digest() -> None:
    lines = render_terminal(samples.digest(), language="fr").replace("\u00a0", " ").splitlines()
    assert lines[0] == "🐓 Cocorico · 7 annonces du 20 novembre"
    assert lines[-1] == "   Résumé de l’abonnement « french-originals »."
    at = next(number for number, line in enumerate(lines) if line.startswith(" • « Le Phare »"))
    assert lines[at + 1 : at + 5] == [
        "   Séries Mag  https://www.example.net/renouvellements",
        "   œuvre : « Le Phare » ; indices : « lance la production », « série française »",
        "   ✓ Juste : https://coq.example/v/right-token",
        "   ✗ Faux : https://coq.example/v/wrong-token",
    ]
    more = sum(line.startswith(("   ✓", "   ✗", "   Aussi annoncé par ")) for line in lines)
    assert len(lines) == 2 + 7 * 3 + more


@pytest.mark.parametrize(("field", "after"), [("status", "confirmed"), ("status", "denied"), ("cancelled", None)])
def test_who_told_it_before_it_turned_has_not_told_the_turn(field: str, after: str | None) -> None:
    first, noon = samples.story(), samples.story().first_seen
    steps = (
        Change(
            at=noon,
            field="opened",
            before=None,
            after="rumoured",
            outlet="Gazette",
            url="https://g.example/1",
            quote="",
        ),
        Change(at=noon, field=field, before="rumoured", after=after, outlet="Lune", url=samples.URL, quote=""),
        Change(
            at=noon, field="corroborated", before=None, after=None, outlet="Soleil", url="https://s.example/1", quote=""
        ),
    )
    turned = replace(first, history=steps, outlets=("Gazette", "Lune", "Soleil"))
    told = replace(samples.told(turned), event=Event.UPDATE, changed=(field,))
    for text in forms(samples.context(told), "fr"):
        assert "Aussi annoncé par" in text
        assert "Soleil" in text
        assert "Gazette" not in text
    if after == "denied":
        odd = replace(told, story=replace(turned, status=Status.DENIED, disputed=("status",)))
        assert not any("Soleil" in text for text in forms(samples.context(odd), "fr"))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "fr",
            (
                "   Aussi annoncé par Le Film Hebdo et Séries Mag",
                f"   {samples.URL}",
                "   ✓ Juste : https://coq.example/v/s-1/right",
                "   ✗ Faux : https://coq.example/v/s-1/wrong",
                "   + « Missions » aura une saison 2 (OCS)",
                "   ✓ Juste : https://coq.example/v/s-2/right",
                "   ✗ Faux : https://coq.example/v/s-2/wrong",
                (
                    "   Reçu pour l’abonnement « french-originals » ; œuvre : « Osmosis » ; "
                    "indices : « lance la production », « série française »."
                ),
            ),
        ),
        (
            "en",
            (
                "   Also announced by Le Film Hebdo and Séries Mag",
                f"   {samples.URL}",
                "   ✓ Right: https://coq.example/v/s-1/right",
                "   ✗ Wrong: https://coq.example/v/s-1/wrong",
                "   + “Missions” gets season 2 (OCS)",
                "   ✓ Right: https://coq.example/v/s-2/right",
                "   ✗ Wrong: https://coq.example/v/s-2/wrong",
                (
                    "   Sent for the subscription “french-originals”; work: “Osmosis”; "
                    "cues: “lance la production”, “série française”."
                ),
            ),
        ),
    ],
)
def test_the_terminal_says_who_else_has_it_where_to_say_it_is_wrong_and_why(
    language: Language, says: tuple[str, ...]
) -> None:
    block = render_terminal(judged(), language=language).replace("\u00a0", " ")
    assert tuple(block.splitlines()[3:]) == says


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_box_says_as_much_as_the_plain_block(language: Language) -> None:
    shown = boxed(judged(), language)
    for line in render_terminal(judged(), language=language).splitlines()[3:]:
        said = line.split("https://")[0].rstrip(":\u00a0 ")
        assert "+" in said or "".join(said.split()) in shown
    for story in judged().stories:
        assert story.links
        assert story.links.right in shown
        assert story.links.wrong in shown
    assert "œuvre:«LePhare»;indices:" in boxed(samples.digest(), "fr")


def judged() -> DeliveryContext:
    """Two stories of one article, that others have too, and that can be judged."""
    outlets = ("BFMTV", "Le Film Hebdo", "Séries Mag")
    renewal = samples.story(kind=Kind.RENEWAL, title="Missions", season=2, platforms=("OCS",))
    links = [
        VerdictLinks(right=f"https://coq.example/v/s-{n}/right", wrong=f"https://coq.example/v/s-{n}/wrong")
        for n in (1, 2)
    ]
    lead = samples.told(samples.story(outlets=outlets), matched='works: "Osmosis"', links=links[0])
    return samples.context(lead, samples.told(renewal, links=links[1]))


def boxed(context: DeliveryContext, language: Language) -> str:
    """What a person at a terminal sees of a message, without blanks: lines are folded anywhere."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=90, color_system="truecolor")
    session = Session(data=None, config_file=None, language=language, json=False, out=console, err=console)
    delivery = replace(context.delivery, language=language)
    show_alert(session, replace(context, delivery=delivery))
    return "".join(re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\\]*\\|[│╭╮╰╯─]", "", out.getvalue()).split())


@pytest.mark.parametrize(
    ("changed", "french", "english", "tone"),
    [
        (("cancelled",), "« Missions » s’arrête (OCS)", "“Missions” is cancelled (OCS)", "denied"),
        (
            ("cancelled", "rescued"),
            "« Missions » continue, finalement (OCS)",
            "“Missions” goes on after all (OCS)",
            "confirmed",
        ),
    ],
)
def test_a_renewal_that_is_undone_is_not_told_as_one(
    changed: tuple[str, ...], french: str, english: str, tone: str
) -> None:
    steps = [
        Change(at=samples.NOW, field=field, before=None, after=None, outlet="BFMTV", url=samples.URL, quote="Fini.")
        for field in changed
    ]
    renewal = samples.story(kind=Kind.RENEWAL, title="Missions", season=2, platforms=("OCS",), history=tuple(steps))
    context = samples.context(samples.told(renewal, "OCS arrête Missions.", event=Event.UPDATE, changed=changed))
    assert render(context, language="fr").subject.replace("\u00a0", " ") == f"🐓 Mise à jour : {french}"
    assert render(context, language="en").subject == f"🐓 Update: {english}"
    view = build(context, "fr").stories[0]
    assert view.tone == tone
    assert view.changes[0] == "Arrêté"
    for form in forms(context, "en")[:3]:
        assert "gets season 2" not in form
        assert "confirmed" not in form
