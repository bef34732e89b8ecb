"""What the crawler says of answers that were none is said in French as well: every sentence found in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command import call
from fakes import a_source

import crawler
from crawler import ListingStatus, wording
from monitor.alerts.catalogue import voice
from monitor.alerts.stored import reason
from monitor.store import Store, sources

CODE = Path(crawler.__file__).parent
#: What stands for a value in a sentence; where a value is itself a sentence, that.
VALUES = {
    "where": "HTTP 503 from https://lune.example/rss",
    "advice": "check the address",
    "pause": "asks for 60 min of rest",
    "error": "asked to be left alone for 9 s more",
    "error.detail": "https://lune.example/rss: the answer was cut short; asked again later",
    "problem.detail": "https://lune.example/rss: endless headers; not read",
}
#: The beginning of a sentence that has one of two ends; two values; what nobody sees, since the order goes on.
PARTS = {
    "x redirects to x, and its robots.txt wants x s between two requests",
    "x: x",
    "x redirects to x",
    "goes on at x",
}


def text(node: ast.expr) -> str | None:
    """A sentence of the code with something in each of its places; None when it is no sentence."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else VALUES.get(ast.unparse(part.value), "x")  # type: ignore[attr-defined]
        for part in node.values
    )


def said(tree: ast.Module) -> Iterator[str]:
    """Every sentence that becomes the detail of a failure, or is chosen by one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"FailedError", "_crashed"}:
            yield from filter(None, map(text, node.args))
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "detail":
            yield from filter(None, [text(node.value)])
        elif isinstance(node, ast.FunctionDef) and node.name == "_wording":
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
            yield from (f"x: {text(each.elts[0])}" for each in returned if isinstance(each, ast.Tuple))
        elif isinstance(node, ast.FunctionDef) and node.name == "_detail":
            table = next(each for each in ast.walk(node) if isinstance(each, ast.Dict))
            yield from filter(None, map(text, table.values))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_rejected" and len(node.args) > 2:
            yield from filter(None, [text(node.args[2])])


FILES = (
    "answers.py",
    "asides.py",
    "fetching.py",
    "wording.py",
    "sites.py",
    "lane.py",
    "extract.py",
    "spiders/worker.py",
)
SENTENCES = sorted(
    {one for name in FILES for one in said(ast.parse((CODE / name).read_text(encoding="utf-8")))} - PARTS
)


def test_the_sentences_are_found() -> None:
    assert len(SENTENCES) > 40


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_sentence_of_the_crawler_is_said_in_french(sentence: str) -> None:
    assert reason(sentence, voice("fr")) != sentence
    assert reason(f"timeout: {sentence}", voice("fr")) == f"timeout: {reason(sentence, voice('fr'))}"
    assert reason(sentence, voice("en")) == sentence


SERVER = "https://lune.example"
PACE = "a redirects to b, and its robots.txt wants 90 s between two requests"
RHYTHME = "a redirige vers b, et son robots.txt veut 90 s entre deux demandes"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            (
                f"{SERVER}/robots.txt cannot be read, so nothing is fetched for now: "
                f"HTTP 404 from {SERVER}: check the address"
            ),
            (
                f"{SERVER}/robots.txt ne peut être lu, rien n’est donc demandé pour l’instant : HTTP 404 de {SERVER} : "
                f"vérifiez l’adresse"
            ),
        ),
        (f"{PACE}; asked again later", f"{RHYTHME} ; redemandé plus tard"),
        (
            f"{PACE}; name that address, or raise [crawl] deadline",
            f"{RHYTHME} ; indiquez cette adresse, ou augmentez [crawl] deadline",
        ),
        (
            "too_short: 80 characters of text, fewer than 200 (page title: 'Osmosis: (2)')",
            "too_short: 80 caractères de texte, moins de 200 (titre de la page : 'Osmosis: (2)')",
        ),
        (
            f"{SERVER} serves no feed but text/html; check the address",
            f"{SERVER} ne sert pas de flux mais text/html ; vérifiez l’adresse",
        ),
        (
            f'{SERVER} serves no feed but text/html, and says "Your query was too short; try again"; check the address',
            (
                f"{SERVER} ne sert pas de flux mais text/html, et dit : « Your query was too short; try again » ; "
                f"vérifiez l’adresse"
            ),
        ),
    ],
)
def test_sentences_within_sentences_are_said_in_french(english: str, french: str) -> None:
    assert reason(english, voice("fr")).replace("\u00a0", " ") == french


def test_trace_says_in_french_where_an_address_would_have_been_dropped(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        sources.add(tx, a_source("lune", url="https://lune.example/rss", allow=("/series/",)))

    def out(url: str) -> str:
        return " ".join(call("--data", tmp_path, "--lang", "fr", "trace", url).out.split())

    assert "lune : ne correspond à aucun de ses motifs allow" in out("https://lune.example/sport/1")
    assert "lune : serait lue, mais sa liste ne l’a jamais eue" in out("https://lune.example/series/1")
    assert "aucune source n’est sur ce site" in out("https://nobody.example/1")


def test_the_list_and_the_card_say_in_french_what_is_wrong(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        sources.add(tx, a_source("lune"))
        before = sources.state(tx, "lune")
        assert before is not None
        error = "https://lune.example/rss: the host refuses connections; check the address"
        sources.polled(tx, "lune", state=replace(before, status=ListingStatus.FAILED, failures=1, error=error))
    for command in (("list",), ("show", "lune")):
        out = call("--data", tmp_path, "--lang", "fr", "sources", *command).out
        assert "l’hôte refuse les connexions" in " ".join(out.split()).replace("\n", " ")


def test_what_twisted_calls_its_failures_is_said_in_french() -> None:
    for sentence in set(wording._KINDS.values()):
        assert reason(f"{SERVER}: {sentence}", voice("fr")) != f"{SERVER}: {sentence}"
