"""`run`, `replay`, `trace`, `sources`, `alerts`, `doctor` and `demo`, with a news site and mailbox of this machine."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, get_args

import pytest
from command import Done, call, run, start

from crawler import ListingStatus, SourceKind
from monitor.alerts.outcome import Result
from monitor.cli.trace import would_drop
from monitor.cli.words import WORDS
from monitor.data import folder
from monitor.demo.site import Site
from monitor.types import Source
from monitor.vocabulary import Outcome

SEEDS = folder("seeds") / "articles"
#: What lets the crawler visit this machine, and keeps tests to the point.
CONFIG = """
[daemon]
self_check = false
tick = "500ms"
[crawl]
allow_addresses = ["127.0.0.0/8"]
delay = "0s"
[sources]
catalogue = false
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An installation of its own, that watches one outlet of the demo site."""

    data: Path
    config: Path
    outlet: str  #: address of the outlet's listing
    article: str  #: address of one of its articles

    def call(self, *arguments: object) -> Done:
        return call("--data", self.data, "--config", self.config, *arguments)

    def json(self, *arguments: object) -> Any:
        return json.loads(self.call(*arguments, "--json").out)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site.start(folder("seeds"), now=datetime.now(UTC)) as site:
        yield site


def place_at(folder_: Path, site: Site, *, more: str = "") -> Place:
    """Install Cocorico in a folder, watching the outlet of the first seed."""
    url = next(source.url for source in site.sources() if source.id == "bfmtv")
    config = folder_ / "cocorico.toml"
    config.write_text(CONFIG + more, encoding="utf-8")
    base = url.rpartition("/")[0]
    return Place(data=folder_ / "data", config=config, outlet=url, article=f"{base}/series/osmosis.html")


@pytest.fixture(scope="module")
def watched(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation that has done one round."""
    place = place_at(tmp_path_factory.mktemp("watched"), site)
    assert place.call("sources", "add", place.outlet, "--id", "bfmtv", "--name", "BFMTV").code == 0
    assert run("--data", place.data, "--config", place.config, "run", "--once").code == 0
    return place


def test_a_source_is_recognised_listed_and_removed(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    added = place.call("sources", "add", place.outlet)
    assert "Added 127-0-0-1 (feed)" in added.out
    mine = next(one for one in place.json("sources", "list") if one["id"] == "127-0-0-1")
    assert (mine["enabled"], mine["kind"], mine["status"]) == (True, "feed", None)
    assert "127-0-0-1" in place.call("sources", "list").out
    assert place.call("sources", "remove", "127-0-0-1").code == 0
    assert place.call("sources", "remove", "127-0-0-1").code == 1
    assert "[sources] disable" in place.call("sources", "remove", "bfmtv-series").err


def test_more_listings_of_one_host_get_ids_of_their_own(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    base = place.outlet.rpartition("/")[0]
    listings = ("/a.xml", "/rss/Séries.xml", "/tv/S%C3%A9ries.xml?page=2", "/?all", "/?new")
    for listing in listings:
        assert place.call("sources", "add", base + listing, "--kind", "feed").code == 0, listing
    ids = {one["url"].removeprefix(base): one["id"] for one in place.json("sources", "list") if one["enabled"]}
    host = "127-0-0-1"
    wanted = [host, f"{host}-series", f"{host}-series-2", f"{host}-2", f"{host}-3"]
    assert [ids[listing] for listing in listings] == wanted


def test_what_is_watched_already_is_not_added_again(site: Site, tmp_path: Path) -> None:
    mine = (
        '[[source]]\nid = "mine"\nname = "Mine"\nurl = "https://www.example.org/feed"\nkind = "feed"\nlanguage = "fr"\n'
    )
    place = place_at(tmp_path, site, more=mine)
    other = place.outlet + "?other"
    assert place.call("sources", "add", place.outlet, "--id", "first", "--kind", "feed").code == 0
    for arguments in ((other, "--id", "first"), (other, "--id", "mine")):
        taken = place.call("sources", "add", *arguments)
        assert taken.code == 1
        assert f"{arguments[-1]!r} exists already" in taken.err
        assert "--id" in taken.err
    again = place.call("sources", "add", place.outlet)
    assert again.code == 1
    assert "watched already, as first" in again.err
    assert "watched already, as mine" in place.call("sources", "add", "https://www.example.org/feed").err
    off = next(iter(place.json("sources", "list", "--off")))
    assert f"has {off['id']}; switch it on under [sources] enable" in place.call("sources", "add", off["url"]).err


@pytest.mark.parametrize("kind", ["sitemap", "section"])
def test_every_kind_of_listing_is_recognised(kind: str, site: Site, tmp_path: Path) -> None:
    url = next(source.url for source in site.sources() if source.kind == kind)
    assert f"({kind})" in place_at(tmp_path, site).call("sources", "add", url).out


def test_what_lists_nothing_is_not_added_unless_its_kind_is_given(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    nothing = place.outlet.rpartition("/")[0] + "/nosuch"
    refused = place.call("sources", "add", nothing)
    assert refused.code == 1
    assert "--kind" in refused.err
    assert place.call("sources", "add", nothing, "--kind", "feed").code == 0
    assert place.call("sources", "add", place.outlet, "--id", "Not An Id").code == 2
    assert place.call("sources", "add", place.outlet, "--language", "french").code == 2


def test_a_check_reads_pages_and_remembers_what_it_found(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    place.call("sources", "add", place.outlet, "--id", "good")
    place.call("sources", "add", place.outlet.rpartition("/")[0] + "/nosuch", "--id", "bad", "--kind", "feed")
    done = place.call("sources", "check", "good", "--json")
    (good,) = json.loads(done.out)
    assert done.code == 0
    assert good["status"] == "ok"
    assert good["entries"] >= 1
    assert good["median_length"] > 500
    assert good["newest"].endswith("Z")
    table = place.call("sources", "check", "--pages", "0")
    assert table.code == 1, "one of the sources does not answer"
    assert [line.split()[:2] for line in table.out.splitlines()[1:]] == [["bad", "failing"], ["good", "ok"]]
    assert place.json("alerts", "list") == []
    assert place.call("sources", "check", "nosuch").code == 1
    kept = {one["id"]: one["check"] for one in place.json("sources", "list")}
    assert (kept["good"]["status"], kept["good"]["median_length"]) == ("ok", None), "the last check read no page"
    assert kept["bad"]["status"] == "failed"
    assert "HTTP 404" in kept["bad"]["error"]
    shown = {line.split()[0]: line for line in place.call("sources", "list").out.splitlines()}
    assert f": {good['entries']}" in shown["good"]
    assert ": failing" in shown["bad"]


def test_one_round_tells_what_happened(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    place.call("sources", "add", place.outlet, "--id", "bfmtv", "--name", "BFMTV")
    done = run("--data", place.data, "--config", place.config, "run", "--once", "--json")
    assert done.code == 0
    report = json.loads(done.out)
    assert set(report) == {"listings", "outcomes", "stories", "messages", "left"}
    assert [one["status"] for one in report["listings"]] == ["ok"]
    assert report["outcomes"]["announced"] >= 1
    assert any(story["title"] == "Osmosis" for story in report["stories"])
    assert report["messages"]["sent"] >= 1
    assert report["left"]["ready"] == 0
    assert "Osmosis" in done.err, "the alert itself is for people, beside the report"
    again = run("--data", place.data, "--config", place.config, "run", "--once")
    assert "Nothing was due." in again.out


def test_an_article_is_traced_from_listing_to_message(watched: Place) -> None:
    told = watched.json("trace", watched.article)
    assert told["seen"] is True
    assert told["outcome"] == "announced"
    assert [one["source"] for one in told["sightings"]] == ["bfmtv"]
    assert [one["kind"] for one in told["jobs"]].count("fetch") == 1
    assert told["stories"]
    assert {one["target"] for one in told["deliveries"]} == {"terminal"}
    shown = watched.call("trace", watched.article + "?utm_source=x").out
    for step in ("listed", "fetched", "read", "story", "message", "outcome"):
        assert re.search(rf"^{step} ", shown, re.MULTILINE), step


def test_an_address_never_seen_says_where_it_would_have_been_dropped(watched: Place) -> None:
    near = watched.json("trace", watched.article.rpartition("/")[0] + "/nosuch.html")
    assert near["seen"] is False
    assert any("bfmtv" in line for line in near["would_drop"])
    far = watched.call("trace", "https://nosuch.example/x")
    assert far.code == 0
    assert "cocorico sources add" in far.out


def test_each_way_to_be_dropped_is_named() -> None:
    def source(name: str, **more: Any) -> Source:
        keys = {"name": name, "url": "https://a.example/feed", "kind": SourceKind.FEED, "language": "fr", **more}
        return Source(id=name, **keys)

    told = would_drop(
        "https://www.a.example/video/x",
        (
            source("off", enabled=False),
            source("denied", deny=("/video/",)),
            source("unwanted", allow=("/article/",)),
            source("wanted", allow=("/video/",)),
            source("elsewhere", url="https://b.example/feed"),
        ),
    )
    assert list(told) == [
        "off: is switched off",
        "denied: matches one of its deny patterns",
        "unwanted: matches none of its allow patterns",
        "wanted: would be read, but its listing never had it",
    ]


def test_messages_are_listed_previewed_and_only_dead_ones_are_retried(watched: Place) -> None:
    first, *_ = watched.json("alerts", "list", "--state", "sent")
    assert first["target"] == "terminal"
    assert first["id"] in watched.call("alerts", "list").out
    assert watched.json("alerts", "list", "--state", "dead") == []
    preview = watched.json("alerts", "preview", first["stories"][0])
    assert set(preview) == {"subject", "text", "html", "markdown"}
    assert preview["subject"] in watched.call("alerts", "preview", first["stories"][0]).out
    assert watched.call("alerts", "preview", "s-nosuch").code == 1
    assert "is no dead message" in watched.call("alerts", "retry", first["id"]).err
    assert "Owed again: 0" in watched.call("alerts", "retry").out


def test_a_message_that_is_refused_for_good_is_dead_and_can_be_owed_again(site: Site, tmp_path: Path) -> None:
    place = place_at(
        tmp_path,
        site,
        more='[targets.wrong]\nurl = "nosuch://example.org"\n'
        '[[subscriptions]]\nname = "all"\ntargets = ["wrong"]\nmatch.origins = []\n',
    )
    place.call("sources", "add", place.outlet, "--id", "bfmtv")
    run("--data", place.data, "--config", place.config, "run", "--once")
    dead = place.json("alerts", "list", "--state", "dead")
    assert dead
    assert all(one["error"] for one in dead)
    assert f"Owed again: {len(dead)}" in place.call("alerts", "retry").out
    assert len(place.json("alerts", "list", "--state", "owed")) == len(dead)
    assert place.call("alerts", "test", "wrong").code == 1
    assert "✗ targets" in place.call("doctor").out


def test_the_terminal_can_be_tried(watched: Place) -> None:
    assert "A test of Cocorico" in watched.call("alerts", "test", "terminal").out


def test_the_doctor_looks_at_everything(watched: Place) -> None:
    done = watched.call("doctor", "--json")
    findings = {one["check"]: one["good"] for one in json.loads(done.out)}
    assert set(findings) == {"config", "database", "model", "clock", "crawler", "network", "targets", "disk"}
    assert findings["database"]
    assert findings["network"]
    says = {one["check"]: one["says"] for one in json.loads(done.out)}
    assert "sources: 1, subscriptions: " in says["config"], "the one that was added by hand"
    assert says["network"] == "1 of 1 sources answer"
    assert done.code == (0 if all(findings.values()) else 1)
    french = watched.call("doctor", "--lang", "fr").out
    assert len(french.splitlines()) == len(findings)
    assert "✓ réseau : 1 sources sur 1 répondent" in french
    assert "✓ collecteur : démarre et répond" in french


def test_the_doctor_finds_a_broken_database_and_a_wrong_configuration(site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    place.data.mkdir()
    (place.data / "cocorico.db").write_bytes(b"this is no database" * 100)
    done = place.call("doctor")
    assert done.code == 1
    assert "✗ database" in done.out
    place.config.write_text("[nosuch]\n", encoding="utf-8")
    done = place.call("doctor")
    assert (done.code, done.out.count("\n")) == (1, 1)
    assert "✗ configuration" in done.out


def test_a_database_is_saved_and_put_back(watched: Place, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    assert watched.call("db", "backup", saved).code == 0
    elsewhere = ("--data", tmp_path / "new", "--config", watched.config)
    assert call(*elsewhere, "db", "restore", saved).code == 0
    assert json.loads(call(*elsewhere, "alerts", "list", "--json").out) == watched.json("alerts", "list")


def test_the_configuration_is_shown_with_where_it_comes_from(watched: Place) -> None:
    shown = watched.json("config", "show")
    assert shown["crawl"]["delay"] == {"value": "0s", "origin": "file"}
    assert shown["crawl"]["children"]["origin"] == "default"
    assert re.search(r"^crawl\.delay +file +\"0s\"$", watched.call("config", "show").out, re.MULTILINE)
    assert watched.json("config", "check")["good"] is True


def test_a_replay_shows_what_would_have_been_alerted_and_remembers_nothing(tmp_path: Path) -> None:
    paths = [SEEDS / name / "page.html" for name in ("osmosis", "missions", "anthracite", "amazon")]
    done = call("--data", tmp_path / "data", "replay", "--json", *paths)
    told = json.loads(done.out)
    assert set(told) == {"articles", "stories", "alerts"}
    assert [one["path"] for one in told["articles"]] == [str(path) for path in paths]
    assert all(set(one) == {"path", "outcome", "reason", "announcements"} for one in told["articles"])
    assert told["articles"][0]["outcome"] == "announced"
    assert told["alerts"][0]["published"] == "2017-01-05T12:20:00Z"
    assert not (tmp_path / "data").exists()
    assert "Osmosis" in call("replay", paths[0]).out


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_the_daemon_ends_within_five_seconds_when_asked(asked: signal.Signals, site: Site, tmp_path: Path) -> None:
    place = place_at(tmp_path, site)
    place.call("sources", "add", place.outlet, "--id", "bfmtv")
    with start("--data", place.data, "--config", place.config, "run", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["subscription"] == "french-originals"
        second = run("--data", place.data, "--config", place.config, "run", "--once")
        assert (second.code, second.err.count("\n")) == (1, 1)
        assert "in use by another Cocorico" in second.err
        asked_at = time.monotonic()
        process.send_signal(asked)
        assert process.wait(20) == 0
        assert time.monotonic() - asked_at < 5.0
        log = process.stderr.read()
    assert "Traceback" not in log
    assert log.rstrip().endswith("Stopped.")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """One run of the demo by somebody who has a configuration and reads French, and its data folder."""
    folder = tmp_path_factory.mktemp("demo")
    config = folder / "mine.toml"
    config.write_text('[targets.phone]\nurl = "ntfys://nosuch-topic"\n', encoding="utf-8")
    data = folder / "data"
    done = run("demo", "--once", "--data", data, "--config", config, "--lang", "fr", timeout=120)
    assert done.code == 0
    return done, data


def test_the_demo_alerts_on_the_terminal_and_in_a_mailbox(demo: tuple[Done, Path]) -> None:
    done, data = demo
    assert "Osmosis" in done.out
    named = re.findall(r"e-mail\s*: (.+\.eml)", done.err)
    assert named
    mails = [message_from_bytes(Path(name).read_bytes(), policy=policy.default) for name in named]
    assert all(mail["Message-ID"] and mail["List-Id"] for mail in mails)
    osmosis = [mail for mail in mails if "Osmosis" in str(mail["Subject"])]
    assert len(osmosis) == 1
    assert "Netflix" in osmosis[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert any("The Eddy" in str(mail.get_body(("plain",))) for mail in mails)
    database = sqlite3.connect(data / "cocorico.db")
    ((outlets,),) = database.execute("SELECT outlets FROM stories WHERE title = 'Osmosis' AND kind = 'new_original'")
    database.close()
    assert len(json.loads(outlets)) == 5


def test_the_demo_leaves_the_users_targets_alone(demo: tuple[Done, Path]) -> None:
    done, _ = demo
    assert "terminal, mailbox" in done.err
    assert "phone" not in done.err + done.out


def test_the_table_at_the_end_is_in_the_readers_language(demo: tuple[Done, Path]) -> None:
    done, _ = demo
    assert re.search(r"Listes lues : à jour +12\b", done.out)
    assert re.search(r"Articles : une nouvelle histoire +\d+", done.out)
    assert re.search(r"Messages : envoyés +\d+", done.out)


@pytest.mark.parametrize(
    ("name", "values"), [("listing", ListingStatus), ("outcome", Outcome), ("result", get_args(Result))]
)
def test_all_that_the_table_counts_has_words(name: str, values: Iterable[str]) -> None:
    assert {f"{name}.{value}" for value in values} <= WORDS.keys()
