"""The pages on a real server: who is answered, what a browser may do with an answer, and what is there at all."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
import samples_alerts
from command import start
from serving import NOW, STORIES, Said, a_config, a_hostile_story, a_site, keep, served

from monitor.config import Config, WebConfig
from monitor.links import key, read
from monitor.loops import Beat
from monitor.store import Store
from monitor.web.beside import Pages
from monitor.web.guard import LARGEST_BODY, answers_to
from monitor.web.server import serving
from monitor.web.words import LANGUAGES, WORDS, preferred


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as opened:
        keep(opened, *STORIES)
        yield opened


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """One server for all tests that only look."""
    folder = tmp_path_factory.mktemp("web")
    with Store.open(f"sqlite:///{folder}/cocorico.db") as opened:
        keep(opened, *STORIES)
        with served(a_site(opened, a_config(folder))) as asking:
            yield asking


class Links(HTMLParser):
    """Everything that a page would load or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            assert not name.startswith("on"), f"<{tag} {name}>: a script"
            assert name != "style", f"<{tag} style>: the policy forbids it"
            if name in {"href", "src", "action"}:
                self.found.append((tag, value or ""))


def links(page: str) -> list[tuple[str, str]]:
    parser = Links()
    parser.feed(page)
    return parser.found


def test_the_first_page_says_what_is_there(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Les Marées\u00a0» aura une saison 2" in page.text
    assert page.headers["content-language"] == "fr"
    for tag, address in links(page.text):
        assert "://" not in address, f"<{tag}> leads elsewhere: {address}"
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de, fr;q=0.4, en;q=0.1", "fr"),
        ("de", "en"),
        ("*", "en"),
        ("fr;q=0.5, *", "en"),
        ("fr;q=nan", "en"),
        ("fr;q=0", "en"),
        (",;=,,fr", "fr"),
        ("x" * 100_000, "en"),
    ],
)
def test_a_page_is_in_the_language_that_is_asked_for(accept: str, language: str) -> None:
    assert preferred(accept) == language


def test_every_word_is_there_in_both_languages_with_the_same_places() -> None:
    for name, phrases in WORDS.items():
        assert len(phrases) == len(LANGUAGES), name
        assert all(phrases), name
        english, french = (set(re.findall(r"{(\w+)}", phrase)) for phrase in phrases)
        assert english == french, name


@pytest.mark.parametrize("path", ["/", "/healthz", "/style.css", "/nosuch", "/verdict/x", "/robots.txt"])
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers
    assert "noindex" in headers["x-robots-tag"]


def test_only_what_was_read_at_leisure_may_be_kept(client: httpx.Client) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/style.css").headers["cache-control"] == "public, max-age=86400"


def test_what_outlets_write_stays_text(store: Store, tmp_path: Path) -> None:
    keep(store, a_hostile_story())
    with served(a_site(store, a_config(tmp_path))) as client:
        first = client.get("/")
        judged = next(url for tag, url in links(first.text) if url.startswith("verdict/s-00000000evil"))
        for page in (first.text, client.get(judged).text):
            assert "<script" not in page
            assert "<img src=x" not in page
            assert "javascript:" not in page
            assert "\u202e" not in page
            assert "49" not in page
            assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("127.0.0.1:8642", True),
        ("localhost", True),
        ("LOCALHOST.:1", True),
        ("[::1]:8642", True),
        ("192.168.1.7:8642", True),
        ("cocorico.example.org", True),
        ("cocorico.lan:80", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("cocorico.example.org@evil.example", False),
        ("", False),
        ("[::1", False),
        ("127.0.0.1:8642:1", False),
    ],
)
def test_only_names_that_we_know_are_answered(host: str, answered: bool) -> None:
    config = WebConfig(public_url="https://cocorico.example.org/x", names=("cocorico.lan",))
    assert answers_to(host, config) is answered
    assert not answers_to("cocorico.example.org", WebConfig())


def test_a_name_that_somebody_made_point_here_is_turned_away(client: httpx.Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "[web] names" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def raw(client: httpx.Client, request: bytes) -> bytes:
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: localhost\r\n"])
def test_a_request_names_its_host_once(client: httpx.Client, hosts: bytes) -> None:
    answer = raw(client, b"GET / HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
    assert answer.split(b" ")[1] in {b"400", b"421"}


@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_large_is_not_read(client: httpx.Client, told: bool) -> None:
    pieces = iter([b"x" * 1000] * (LARGEST_BODY // 1000 + 2))
    body: Any = b"".join(pieces) if told else pieces
    answer = client.post("/verdict/x", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 405),
        ("DELETE", "/verdict/x", 405),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/redoc", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/style.css/", 404),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
        ("HEAD", "/", 200),
        ("HEAD", "/healthz", 200),
    ],
)
def test_what_is_not_offered_is_refused(client: httpx.Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(("text/html", "application/json"))


def test_a_page_that_breaks_says_so_and_the_next_one_comes(store: Store, tmp_path: Path) -> None:
    said = Said()
    with served(a_site(store, a_config(tmp_path), clock=lambda: 1 / 0, log=said)) as client:
        answer = client.get("/")
        assert (answer.status_code, answer.headers["x-frame-options"]) == (500, "DENY")
        assert "C’est notre faute" in answer.text
        assert "division" not in answer.text
        assert client.get("/healthz").status_code == 200
    assert said.events == ["page_failed"]
    assert said[0][1]["path"] == "/"
    assert "division by zero" in said[0][1]["reason"]


def test_a_store_that_is_gone_is_no_bug_of_the_page(store: Store, tmp_path: Path) -> None:
    with served(a_site(store, a_config(tmp_path))) as client:
        store.close()
        (tmp_path / "cocorico.db").write_bytes(b"no database" * 1000)
        assert client.get("/").status_code == 503
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert not ready.json()["checks"]["store"]["good"]
        assert str(tmp_path) not in ready.text


def test_strangers_see_no_stories_and_nothing_to_judge(store: Store, tmp_path: Path) -> None:
    with served(a_site(store, a_config(tmp_path, public_url="https://example.org"))) as client:
        page = client.get("/").text
    assert "Marées" not in page
    assert "verdict/" not in page


def test_alone_it_is_healthy_and_ready_when_the_store_is(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"good": True, "checks": {}}
    assert client.get("/readyz").json() == {"good": True, "checks": {"store": {"good": True}}}


BEATS = [Beat(name=name, age=1.23, within=60.0) for name in ("crawl", "deliver", "tick")]


@pytest.mark.parametrize(
    ("beats", "alive", "ready"),
    [
        (BEATS, 200, 200),
        ([], 200, 503),  # not a single round yet: alive, not ready
        (BEATS[:2], 200, 503),
        ([*BEATS[:2], Beat(name="tick", age=76.0, within=75.0)], 503, 503),
    ],
)
def test_a_loop_that_hangs_is_not_alive_and_one_that_has_not_begun_is_not_ready(
    store: Store, tmp_path: Path, beats: list[Beat], alive: int, ready: int
) -> None:
    with served(a_site(store, a_config(tmp_path), pulse=lambda: beats)) as client:
        assert client.get("/healthz").status_code == alive
        answer = client.get("/readyz")
    assert answer.status_code == ready
    assert set(answer.json()["checks"]) == {"store", "crawl", "deliver", "tick"}


def test_a_port_that_is_taken_is_one_warning_and_no_more(store: Store, tmp_path: Path) -> None:
    said = Said()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = a_config(tmp_path, port=taken.getsockname()[1])
        with serving(a_site(store, config, log=said)) as url:
            assert url is None
    assert said.events == ["web_off"]
    assert said[0][1]["level"] == "warning"
    assert "is taken, perhaps by another Cocorico: choose another [web] port" in said[0][1]["reason"]


def test_an_address_of_another_machine_is_one_warning(store: Store, tmp_path: Path) -> None:
    said = Said()
    with serving(a_site(store, a_config(tmp_path, host="192.0.2.1"), log=said)):
        pass
    assert said.events == ["web_off"]
    assert "correct [web] host" in said[0][1]["reason"]


def beside(store: Store, config: Config, said: Said) -> Pages:
    return Pages(config, store, clock=lambda: NOW, log=said)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "web"]


def test_served_beside_a_daemon_until_it_ends(store: Store, tmp_path: Path) -> None:
    said, before = Said(), len(threads())
    with beside(store, a_config(tmp_path), said).serving(lambda: BEATS) as url:
        assert url
        assert httpx.get(f"{url}/readyz", trust_env=False).status_code == 200
        assert len(threads()) == before + 1
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)
    assert said.events == ["web_on"]
    assert len(threads()) == before


def test_messages_lead_to_the_pages(store: Store, tmp_path: Path) -> None:
    pages = beside(store, a_config(tmp_path, port=8642), Said())
    told = pages.linked(samples_alerts.context()).stories[0]
    assert told.links
    assert told.links.right.startswith("http://127.0.0.1:8642/verdict/")
    assert read(key(tmp_path), told.links.right.rpartition("/")[2], NOW).story == told.story.id


def test_without_web_there_is_nothing(store: Store, tmp_path: Path) -> None:
    pages = beside(store, a_config(tmp_path / "x", enabled=False), Said())
    with pages.serving(lambda: ()) as url:
        assert url is None
    assert pages.linked(samples_alerts.context()) == samples_alerts.context()
    assert not (tmp_path / "x").exists()


def test_a_damaged_key_costs_the_pages_and_not_the_daemon(store: Store, tmp_path: Path) -> None:
    (tmp_path / "links.key").write_text("", encoding="ascii")
    said = Said()
    with beside(store, a_config(tmp_path), said).serving(lambda: ()) as url:
        assert url is None
    assert said.events == ["web_off"]
    assert "links.key: holds no key; delete it" in said[0][1]["reason"]


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with start("web", "--port", "0", "--data", tmp_path) as process:
        assert process.stdout
        url = process.stdout.readline().split()[-1]
        assert json.loads(httpx.get(f"{url}/readyz", trust_env=False).text)["good"]
        process.terminate()
        process.wait(10)
        assert process.returncode == 0
