"""What a message says, in both languages and every form, and what it never lets through."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import get_args

import pytest
import samples_alerts as samples
from pages import Page

from monitor.alerts.catalogue import voice
from monitor.alerts.phrases import fact, headline, quoted, status_word
from monitor.alerts.render import message_id, render
from monitor.alerts.terminal import render_terminal
from monitor.alerts.text import Language
from monitor.types import Change
from monitor.vocabulary import Event, Kind, Status, WorkType

LANGUAGES: tuple[Language, ...] = get_args(Language)
missions = {"id": "s-m", "kind": Kind.RENEWAL, "title": "Missions", "season": 2, "platforms": ("OCS", "AMC")}


@pytest.mark.parametrize(
    ("changes", "french", "english"),
    [
        ({}, "Nouvelle série Netflix : « Osmosis »", "New Netflix series: “Osmosis”"),
        (missions, "« Missions » aura une saison 2 (OCS, AMC)", "“Missions” gets season 2 (OCS, AMC)"),
        (
            {**missions, "status": Status.IN_DEVELOPMENT},
            "« Missions » : une saison 2, en développement (OCS, AMC)",
            "“Missions”: season 2, in development (OCS, AMC)",
        ),
        (
            {**missions, "final": True, "season": 3},
            "« Missions » aura une saison 3, la dernière (OCS, AMC)",
            "“Missions” gets season 3, its last (OCS, AMC)",
        ),
        (
            {**missions, "season": None, "platforms": ()},
            "« Missions » aura une nouvelle saison",
            "“Missions” gets another season",
        ),
        (
            {**missions, "season": None, "final": True},
            "« Missions » aura une dernière saison (OCS, AMC)",
            "“Missions” gets a final season (OCS, AMC)",
        ),
        (
            {"title": None, "people": ("Noémie Saglio",), "platforms": ("Prime Video",)},
            "Nouvelle série Prime Video : projet sans titre de Noémie Saglio",
            "New Prime Video series: untitled project by Noémie Saglio",
        ),
        (
            {"title": None, "people": ("Émilie Noblet", "Alice Vial")},
            "Nouvelle série Netflix : projet sans titre d’Émilie Noblet et Alice Vial",
            "New Netflix series: untitled project by Émilie Noblet and Alice Vial",
        ),
        (
            {"work_type": WorkType.FILM, "platforms": ("France 2", "Arte", "Max"), "status": Status.RUMOURED},
            "Nouveau film France 2, Arte et Max, selon une rumeur : « Osmosis »",
            "New France 2, Arte and Max film, rumour has it: “Osmosis”",
        ),
        ({"status": Status.DENIED}, "Démenti : « Osmosis », série Netflix", "Denied: “Osmosis”, Netflix series"),
        ({"platforms": ()}, "Nouvelle série : « Osmosis »", "New series: “Osmosis”"),
        (
            {**missions, "kind": Kind.CANCELLATION},
            "« Missions » s’arrête (OCS, AMC)",
            "“Missions” is cancelled (OCS, AMC)",
        ),
    ],
)
def test_the_fact_in_one_line(changes: dict[str, object], french: str, english: str) -> None:
    story = samples.story(**changes)
    assert fact(story, "fr").replace("\u00a0", " ") == french
    assert fact(story, "en") == english


def test_every_kind_status_and_work_type_has_words_in_both_languages() -> None:
    for language, kind, status, work in product(LANGUAGES, Kind, Status, WorkType):
        line = fact(samples.story(kind=kind, status=status, work_type=work), language)
        assert "Osmosis" in line
        assert "{" not in line
        assert "  " not in line


def test_an_untitled_project_is_named_by_what_it_has() -> None:
    story = samples.story(title=None, platforms=("Prime Video",), people=("Noémie Saglio",))
    assert headline(story, "fr") == "Un projet sans titre pour Prime Video, de Noémie Saglio"
    assert headline(story, "en") == "An untitled project for Prime Video, by Noémie Saglio"
    assert headline(samples.story(title=None, platforms=(), people=()), "fr") == "Un projet sans titre"
    assert headline(samples.story(title=None, platforms=(), people=("Ana",)), "fr") == "Un projet sans titre d’Ana"


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), "20 novembre 2026", "20 November 2026"),
        (datetime(2026, 8, 1, tzinfo=UTC), "1er août 2026", "1 August 2026"),
    ],
)
def test_dates_in_the_readers_manner(date: datetime, french: str, english: str) -> None:
    assert voice("fr").day(date) == french
    assert voice("en").day(date) == english


@pytest.mark.parametrize(
    ("status", "french", "english"),
    [
        (
            Status.CONFIRMED,
            "« Missions », saison 2 : sortie le 1er mai 2027",
            "“Missions”, season 2: out on 1 May 2027",
        ),
        (Status.IN_DEVELOPMENT, "saison 2 : sortie prévue le 1er mai 2027", "season 2: planned for 1 May 2027"),
        (Status.RUMOURED, "sortie le 1er mai 2027, selon une rumeur (", "out on 1 May 2027, rumour has it ("),
        (Status.DENIED, "la sortie le 1er mai 2027 est démentie (", "release on 1 May 2027 denied ("),
    ],
)
def test_a_release_date_says_its_day_everywhere(status: Status, french: str, english: str) -> None:
    sentence = "OCS diffusera la saison 2 de Missions le 1er mai."
    steps = (change("opened", sentence), change("corroborated", "On en reparle bientôt."))
    story = samples.story(
        kind=Kind.RELEASE_DATE, title="Missions", season=2, platforms=("OCS",), status=status, history=steps
    )
    context = samples.context(samples.told(story, sentence))
    cases: list[tuple[Language, str, str]] = [
        ("fr", french, "Sortie : 1er mai 2027"),
        ("en", english, "Out on: 1 May 2027"),
    ]
    for language, said, row in cases:
        message = render(context, language=language)
        assert said in message.subject.replace("\u00a0", " ")
        assert row in message.text.replace("\u00a0", " ")
        assert row.partition(": ")[2] in message.html
        assert row.partition(": ")[2] in message.markdown.whole
        assert said in render_terminal(context, language=language).replace("\u00a0", " ")


def test_an_order_that_names_a_premiere_says_its_day_and_one_that_does_not_says_none() -> None:
    story = samples.story(history=(change("opened", "Netflix lance Osmosis, en ligne le 3 mars 2027."),))
    text = render(samples.context(samples.told(story)), language="en").text
    assert "Out on: 3 March 2027" in text
    assert "New Netflix series: “Osmosis”\n" in text
    filming = samples.story(history=(change("opened", "Le tournage d’Osmosis commence le 3 mars 2027."),))
    assert "Out on" not in render(samples.context(samples.told(filming)), language="en").text
    beside = replace(samples.ARTICLE, out=date(2027, 3, 3))
    assert "Out on: 3 March 2027" in render(samples.context(samples.told(filming, article=beside)), language="en").text
    vague = samples.story(kind=Kind.RELEASE_DATE, history=(change("opened", "Osmosis arrive en mars 2027."),))
    assert "“Osmosis” has a release date" in render(samples.context(samples.told(vague)), language="en").text


def change(field: str, quote: str) -> Change:
    return Change(at=samples.NOW, field=field, before=None, after=None, outlet="BFMTV", url=samples.URL, quote=quote)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_tells_all_there_is(language: Language) -> None:
    context = samples.slate()
    message = render(context, language=language)
    for form in (message.text, message.html, message.markdown.whole):
        flat = " ".join(Page(form).shown.split() if form is message.html else form.split())
        assert flat.index("Hugo Gélin") < flat.index("Osmosis") < flat.index("Missions")
        assert "Prime Video annonce sa première création française" in flat
        assert "BFMTV" in flat
        assert status_word(Status.CONFIRMED, language) in flat
        assert samples.URL in form
    for form in (message.text, message.html):
        assert status_word(Status.RUMOURED, language) in form
        assert "Séries Mag" in form
        assert "french-originals" in form
        assert "lance la production" in " ".join(form.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_update_says_what_changed_and_threads_under_the_first_message(language: Language) -> None:
    message = render(samples.update(), language=language)
    step = {"fr": "en développement → confirmé", "en": "in development → confirmed"}[language]
    for form in (message.text, message.markdown.whole, Page(message.html).shown):
        assert step in form
        assert "Netflix → Netflix, France 2" in form
    assert message.subject.startswith({"fr": "🐓 Mise à jour\u00a0: ", "en": "🐓 Update: "}[language])
    assert message.references == ("<d-first0000001@cocorico.invalid>",)
    assert render(samples.context(), language=language).references == ()


def test_text_is_wrapped_and_stands_alone() -> None:
    message = render(samples.slate(), language="fr")
    for line in message.text.splitlines():
        assert len(line) <= 72 or line.startswith("https://")
        assert line == line.rstrip()
    assert "\n\n\n" not in message.text
    assert message.text.startswith("🐓 Nouvelle série Prime Video")


def test_html_loads_nothing_and_knows_the_dark() -> None:
    for context in (samples.context(), samples.slate(), samples.update()):
        page = Page(html := render(context, language="fr").html)
        assert not {"img", "script", "link", "iframe", "form", "video"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        assert "@import" not in html
        assert "url(" not in html
        assert "prefers-color-scheme: dark" in html
        assert ("name", "color-scheme") in page.attributes
        assert [value for name, value in page.attributes if name == "href"] == [samples.URL]


def test_marks_within_a_title_are_the_inner_ones_and_none_is_empty() -> None:
    assert quoted("« X » le film", "fr") == "«\u00a0“X” le film\u00a0»"
    assert quoted("« X »", "fr") == "«\u00a0X\u00a0»"
    assert quoted("Le “X” film", "en") == "“Le ‘X’ film”"
    assert quoted("“X”", "en") == "“X”"
    assert quoted("\u200b", "en") == "“…”"
    told = samples.told(samples.story(), cues=('order: "https://evil.example"', 'x: "«»"', 'origin: "série française"'))
    assert render(samples.context(told), language="en").text.count("“”") == 0


def test_french_marks_stay_with_what_they_belong_to_at_the_end_of_a_line() -> None:
    for length in range(40, 75):
        sentence = f"{('mot ' * 20)[:length].strip()} « Les Marées » : le retour ! Vraiment ?"
        text = render(samples.context(samples.told(samples.story(), sentence)), language="fr").text
        for line in text.splitlines():
            assert not line.endswith("«"), line
            assert line.strip()[:1] not in {"»", ":", "!", "?"}, line
        assert "« Les Marées »" in " ".join(text.split())  # as the outlet wrote it


def test_the_subject_counts_the_other_stories_and_stays_short() -> None:
    assert render(samples.slate(), language="fr").subject.endswith(" de Hugo Gélin +4")
    long = samples.story(title="Un titre " * 30, platforms=("Une plateforme " * 5,) * 3)
    for language in LANGUAGES:
        subject = render(samples.context(samples.told(long), samples.told(long)), language=language).subject
        assert len(subject) <= 120
        assert subject.endswith(" +1")


def test_a_roundup_of_forty_names_them_all_and_tells_twelve_in_full() -> None:
    sentence = "Netflix commande la série {}."
    many = [samples.told(samples.story(id=f"s-{n}", title=f"Titre {n:02}"), sentence.format(n)) for n in range(40)]
    message = render(samples.context(*many), language="fr")
    assert message.subject.endswith(" +39")
    for text in (message.text, message.html, message.plain.whole, message.markdown.whole):
        assert all(f"Titre {n:02}" in text for n in range(40))
        assert "série 11." in text or text == message.markdown.whole
        assert "série 12." not in text


def test_a_sentence_that_tells_a_whole_slate_is_quoted_once() -> None:
    sentence = "Netflix commande « Titre 0 », « Titre 1 » et « Titre 2 »."
    many = [samples.told(samples.story(id=f"s-{n}", title=f"Titre {n}"), sentence) for n in range(3)]
    message = render(samples.context(*many), language="fr")
    assert " ".join(message.text.split()).count(sentence) == 1
    assert message.html.count(f"{sentence}</td>") == 1


def test_of_a_roundup_without_end_sixty_are_named_and_the_rest_counted() -> None:
    many = [samples.told(samples.story(id=f"s-{n}", title=f"Titre {n}")) for n in range(70)]
    message = render(samples.context(*many), language="fr")
    assert "et 10 autres dans l’article" in message.text
    assert "et 10 autres dans l’article" in message.html
    assert "Titre 60" not in message.text
    assert "   … et 10 autres" in render_terminal(samples.context(*many), language="fr")


def test_ids_are_the_same_each_time_and_short_enough_for_a_header() -> None:
    assert message_id("d-1") == "<d-1@cocorico.invalid>"
    assert message_id("x" * 64) == message_id("x" * 64) != message_id("y" * 64)
    assert len(message_id("x" * 64)) < 70
    assert re.fullmatch(r"<[0-9a-f]{40}@cocorico\.invalid>", message_id("a>\r\nBcc: x"))
    context = samples.slate()
    assert render(context, language="fr") == render(context, language="fr")


def test_the_list_id_names_the_subscription() -> None:
    odd = samples.context(delivery=samples.delivery(samples.told(samples.story()), subscription="Été & <rire>\r\nX"))
    assert render(samples.context(), language="fr").list_id == "<french-originals.cocorico.invalid>"
    assert re.fullmatch(r"<[a-z0-9-]+\.cocorico\.invalid>", render(odd, language="fr").list_id)


def test_the_terminal_gets_a_compact_block() -> None:
    for context in (samples.context(), samples.slate(), samples.update()):
        for language in LANGUAGES:
            lines = render_terminal(context, language=language).splitlines()
            assert 4 <= len(lines) - len(context.stories) <= 6
            assert max(len(line) for line in lines if line.strip() != samples.URL) < 220
            assert lines[0].startswith("🐓")
            assert f"   {samples.URL}" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_whose_link_is_unsafe_is_told_without_it(language: Language) -> None:
    message = render(samples.context(article=replace(samples.ARTICLE, url="javascript:alert(1)")), language=language)
    for form in (message.text, message.markdown.whole, Page(message.html).shown):
        assert voice(language).say("The article’s address is not safe and was left out.") in form
    assert "javascript" not in message.text + message.html + message.markdown.whole
    assert message.url == ""


def test_an_update_without_a_known_step_still_reads_well() -> None:
    told = samples.told(samples.story(), event=Event.UPDATE, changed=("status", "corroborated"))
    message = render(samples.context(told), language="fr")
    assert "→" not in message.text
    assert "Ce qui change" not in message.html


def test_no_date_no_quote_and_no_cue_leave_no_holes() -> None:
    bare = samples.context(
        samples.told(samples.story(), "", cues=()), article=replace(samples.ARTICLE, published=None, title="")
    )
    for language in LANGUAGES:
        message = render(bare, language=language)
        assert "None" not in message.text + message.html + message.markdown.whole
        assert "\n\n\n" not in message.text
        assert ", \n" not in message.text
