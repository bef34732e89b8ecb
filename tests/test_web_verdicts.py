"""A link in a message: opening it records nothing, pressing its button does, and nobody needs an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fakes import a_delivery
from serving import KEY, NOW, STORIES, a_config, a_site, keep, served

from monitor import links
from monitor.judgement import Judgement, Verdict, Via
from monitor.store import Store, deliveries, stories, verdicts

STORY = STORIES[0].id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as opened:
        keep(opened, *STORIES)
        with opened.write() as tx:
            deliveries.owe(tx, a_delivery("d-1", target="mail"))
        yield opened


@pytest.fixture
def client(store: Store, tmp_path: Path) -> Iterator[httpx.Client]:
    with served(a_site(store, a_config(tmp_path, public_url="https://cocorico.example.org"))) as opened:
        yield opened


def link(verdict: Verdict = Verdict.RIGHT, *, story: str = STORY, delivery: str = "d-1", days: int = 0) -> str:
    return "/verdict/" + links.sign(KEY, story, delivery, verdict, NOW - timedelta(days=days))


def said(store: Store, story: str = STORY) -> tuple[Judgement, ...]:
    with store.read() as tx:
        return verdicts.of(tx, story)


def press(client: httpx.Client, url: str, verdict: str, value: str | None = None) -> httpx.Response:
    """Send what a button sends, and follow where it leads, as a browser does."""
    data = {"verdict": verdict} | ({} if value is None else {"value": value})
    answer = client.post(url, data=data)
    if answer.status_code != 303:
        return answer
    return client.get(httpx.URL(url).join(answer.headers["location"]))


@pytest.mark.parametrize("verdict", [Verdict.RIGHT, Verdict.WRONG])
def test_opening_a_link_shows_what_would_be_recorded_and_records_nothing(
    client: httpx.Client, store: Store, verdict: Verdict
) -> None:
    for _ in range(3):
        page = client.get(link(verdict))
        assert client.head(link(verdict)).status_code == 200
    assert page.status_code == 200
    assert "Les Marées" in page.text
    assert "« Les Marées » aura une saison 2." in page.text  # the sentence that says so
    assert "https://gazette.example/articles/1" in page.text
    assert f'name="verdict" value="{verdict}"' in page.text
    assert "Rien n’est enregistré" in page.text
    assert said(store) == ()


@pytest.mark.parametrize("verdict", [Verdict.RIGHT, Verdict.WRONG])
def test_pressing_the_button_records_it_once_with_who_and_how(
    client: httpx.Client, store: Store, verdict: Verdict
) -> None:
    for _ in range(3):
        page = press(client, link(verdict), verdict)
        assert page.status_code == 200
        assert "Merci." in page.text
    (kept,) = said(store)
    assert (kept.verdict, kept.via, kept.who, kept.at) == (verdict, Via.LINK, "french-originals → mail", NOW)


def test_a_wrong_story_is_taken_back_and_can_be_brought_back(client: httpx.Client, store: Store) -> None:
    press(client, link(Verdict.WRONG), "wrong")
    with store.read() as tx:
        story = stories.get(tx, STORY)
    assert story
    assert story.retracted
    page = press(client, link(Verdict.WRONG), "undo")
    assert "Merci." not in page.text
    with store.read() as tx:
        story = stories.get(tx, STORY)
    assert story
    assert not story.retracted


@pytest.mark.parametrize(
    ("verdict", "value", "shown"),
    [("title", "La Marée", "le titre est « La Marée »"), ("season", "3", "la saison 3")],
)
def test_title_and_season_are_corrected_at_once(
    client: httpx.Client, store: Store, verdict: str, value: str, shown: str
) -> None:
    page = press(client, link(Verdict.WRONG), verdict, value)
    assert shown in page.text
    with store.read() as tx:
        story = stories.get(tx, STORY)
    assert story
    assert value in {story.title, str(story.season)}


@pytest.mark.parametrize(
    ("verdict", "value"),
    [("title", " "), ("season", "deux"), ("duplicate", STORY), ("nosuch", ""), ("", ""), ("right", "x")],
)
def test_what_makes_no_sense_is_said_and_not_recorded(
    client: httpx.Client, store: Store, verdict: str, value: str
) -> None:
    page = press(client, link(), verdict, value)
    assert page.status_code == 422
    assert "Cela ne peut pas être enregistré" in page.text
    assert said(store) == ()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        (link()[:-1] + ("A" if link()[-1] != "A" else "B"), 403, "pas des nôtres"),
        (link().replace("right", "wrong"), 403, "pas des nôtres"),
        (link().replace(STORY, STORIES[1].id), 403, "pas des nôtres"),
        ("/verdict/x", 403, "pas des nôtres"),
        (link(days=60), 410, "trop ancien"),
        (link(story="s-nosuch"), 404, "n’existe plus"),
    ],
)
def test_a_link_that_is_no_good_says_why(
    client: httpx.Client, store: Store, method: str, url: str, status: int, says: str
) -> None:
    answer = client.request(method, url, data={"verdict": "wrong"} if method == "POST" else None)
    assert answer.status_code == status
    assert says in answer.text
    assert said(store) == ()


def test_a_page_of_somebody_elses_cannot_press_the_button(client: httpx.Client, store: Store) -> None:
    answer = client.post(link(), data={"verdict": "wrong"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert client.get(link(), headers={"sec-fetch-site": "cross-site"}).status_code == 200  # from a mail program
    assert said(store) == ()


@pytest.mark.parametrize("site", [{"sec-fetch-site": "same-site"}, {}])
@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", "https://6.6.6.6", "x"])
def test_nor_can_it_where_the_browser_only_names_its_origin(
    client: httpx.Client, store: Store, origin: str, site: dict[str, str]
) -> None:
    answer = client.post(link(), data={"verdict": "wrong"}, headers={"origin": origin, **site})
    assert answer.status_code == 403
    assert said(store) == ()


@pytest.mark.parametrize("names", ["own", "public", "browser", "program"])
def test_our_own_pages_can(client: httpx.Client, store: Store, names: str) -> None:
    headers = {
        "own": {"origin": str(client.base_url).rstrip("/")},
        "public": {"origin": "https://cocorico.example.org"},  # a proxy in front may pass on another name
        "browser": {"origin": "null", "sec-fetch-site": "same-origin"},
        "program": {},
    }[names]
    assert client.post(link(), data={"verdict": "wrong"}, headers=headers).status_code == 303
    assert len(said(store)) == 1


def test_what_a_story_repeats_may_be_written_by_its_id(client: httpx.Client, store: Store) -> None:
    page = client.get(link(Verdict.WRONG)).text
    assert 'name="value" maxlength="60" required' in page
    assert "Ou l’identifiant de l’annonce qu’elle répète" in page
    assert press(client, link(Verdict.WRONG), "duplicate", "s-nosuch").status_code == 422
    press(client, link(Verdict.WRONG), "duplicate", f" {STORIES[2].id} ")
    assert [(one.verdict, one.value) for one in said(store)] == [(Verdict.DUPLICATE, STORIES[2].id)]


def test_from_the_first_page_it_is_the_page_that_was_used(store: Store, tmp_path: Path) -> None:
    with served(a_site(store, a_config(tmp_path))) as client:
        press(client, link(delivery=""), "right")
    assert [(one.via, one.who) for one in said(store)] == [(Via.PAGE, "")]


def test_a_message_that_is_gone_is_named_by_its_id(client: httpx.Client, store: Store) -> None:
    press(client, link(delivery="d-gone"), "right")
    assert [one.who for one in said(store)] == ["d-gone"]


def test_stories_that_it_may_repeat_are_offered(client: httpx.Client) -> None:
    page = client.get(link(Verdict.WRONG)).text
    assert f'value="{STORIES[2].id}"' in page
    assert "<small>14 mars 2026 · " in page
    assert f'value="{STORIES[1].id}"' not in page  # another kind


def test_a_page_in_english(client: httpx.Client) -> None:
    page = client.get(link(Verdict.WRONG), headers={"accept-language": "en"})
    assert "Nothing is recorded until you press a button." in page.text
    assert page.headers["content-language"] == "en"
