"""Imports point one way, each library has one home, and what is pure touches nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: library -> the files or folders that may import it. A library that is missing here has no home yet: give it one.
HOMES = {
    "alembic": ("monitor/store/",),
    "aiosmtpd": ("monitor/demo/mailbox.py",),
    "apprise": ("monitor/alerts/deliver.py", "monitor/alerts/email.py"),
    "apscheduler": ("monitor/schedule.py",),
    "cronsim": ("monitor/config/phrases.py", "monitor/decide/hours.py"),
    "babel": ("monitor/alerts/catalogue.py",),
    "charset_normalizer": ("crawler/charset.py",),
    "dateparser": ("crawler/dates.py",),
    "fastapi": ("monitor/web/",),
    "feedparser": ("crawler/spiders/tolerant.py",),
    "icalendar": ("monitor/feeds/calendar.py",),
    "itsdangerous": ("monitor/links.py",),
    "jinja2": ("monitor/alerts/sandbox.py", "monitor/alerts/templates.py", "monitor/templating.py"),
    "lxml": ("crawler/tree.py", "crawler/spiders/"),
    "markupsafe": ("monitor/alerts/sandbox.py",),
    "numpy": ("monitor/learning/train.py",),
    "platformdirs": ("monitor/config/loading.py",),
    "rapidfuzz": ("monitor/decide/slips.py",),
    "prometheus_client": ("monitor/web/metrics.py",),
    "protego": ("crawler/robots.py",),
    "requests": ("monitor/alerts/replies.py", "monitor/webhook/sending.py"),
    "rich": ("monitor/cli/",),
    "selectolax": ("crawler/dom.py",),
    "scrapy": (
        *("crawler/__main__.py", "crawler/settings.py", "crawler/fetching.py", "crawler/downloads.py"),
        *("crawler/spiders/worker.py", "crawler/wording.py"),
    ),
    "sklearn": ("monitor/learning/train.py",),
    "sqlalchemy": ("monitor/store/",),
    "structlog": ("monitor/log.py",),
    "starlette": ("monitor/web/",),
    "trafilatura": ("crawler/body.py",),
    "twisted": ("crawler/__main__.py", "crawler/settings.py", "crawler/wording.py", "crawler/spiders/worker.py"),
    "typer": ("monitor/cli/",),
    "uvicorn": ("monitor/web/server.py",),
    "uvloop": ("crawler/__main__.py", "crawler/settings.py"),
    "warcio": ("crawler/archive.py",),
    "zope": ("crawler/settings.py",),
}

#: Layers of `monitor`, lowest first: a module imports from its own part, and from layers below.
LAYERS = (
    ("data", "memory", "secret", "systemd", "templating", "network", "vocabulary", "rhythm", "websub", "pages"),
    ("types", "notice", "subscribing", "watching"),
    ("telling", "judgement"),
    ("works", "premieres"),
    ("classifier", "articles", "reading", "config", "alerts", "buyers"),
    ("decide", "feeds", "learning", "links", "log", "opml", "personal", "scorecard", "searches", "webhook"),
    ("store",),
    ("placing", "lores", "manners", "standings", "tally", "twins"),
    ("queue", "second", "sending", "writing", "rulebooks", "saved", "sifting"),
    ("byhand", "entering", "owing", "releasing"),
    ("retitling",),
    ("heeding", "pipeline"),
    ("arrived", "endings", "orders", "unchanged"),
    ("archives", "crawling", "delivering", "digests", "loops", "noticing", "replay", "schedule", "hubbing"),
    ("web",),
    ("watchkeeper",),
    ("app", "selfcheck", "demo"),
    ("cli",),
)

#: Modules of `monitor.config`, lowest first: a module imports from those below only.
CONFIGURATION = (
    ("values", "check"),
    ("read", "phrases"),
    ("build",),
    ("second", "sources", "subscriptions", "targets", "watch", "web"),
    ("loading",),
    ("__init__",),
)

#: Modules that compute values from values.
PURE = (
    "monitor/types.py",
    "monitor/subscribing.py",
    "monitor/watching.py",
    "monitor/works.py",
    "monitor/telling.py",
    "monitor/vocabulary.py",
    "monitor/judgement.py",
    "monitor/notice.py",
    "monitor/reading.py",
    "monitor/pages.py",
    "monitor/premieres.py",
    "monitor/rhythm.py",
    "monitor/websub.py",
    "monitor/articles.py",
    "monitor/network.py",
    "monitor/classifier/",
    "monitor/decide/",
    "monitor/feeds/",
    "monitor/opml.py",
    "monitor/searches.py",
    "monitor/scorecard/count.py",
    "monitor/scorecard/words.py",
    "monitor/webhook/payload.py",
    "monitor/webhook/signing.py",
    "monitor/second/question.py",
    "monitor/learning/balance.py",
    "monitor/learning/check.py",
    "monitor/learning/charts.py",
    "monitor/learning/facts.py",
    "monitor/learning/labelled.py",
    "monitor/learning/leakage.py",
    "monitor/learning/measure.py",
    "monitor/learning/numbers.py",
    "monitor/learning/samples.py",
    "monitor/learning/schema.py",
    "monitor/learning/similar.py",
    "monitor/learning/taught.py",
    "monitor/learning/weights.py",
    "monitor/alerts/catalogue.py",
    "monitor/alerts/clean.py",
    "monitor/alerts/context.py",
    "monitor/alerts/details.py",
    "monitor/alerts/matrix.py",
    "monitor/alerts/escaping.py",
    "monitor/alerts/examples.py",
    "monitor/alerts/notices.py",
    "monitor/alerts/phrases.py",
    "monitor/alerts/reason.py",
    "monitor/alerts/story.py",
    "monitor/alerts/stored.py",
    "monitor/alerts/text.py",
    "monitor/alerts/together.py",
    "monitor/alerts/view.py",
    "crawler/answers.py",
    "crawler/probes.py",
    "crawler/types.py",
    "crawler/urls.py",
    "crawler/ago.py",
    "crawler/charset.py",
    "crawler/glance.py",
    "crawler/tracking.py",
    "crawler/trail.py",
    "crawler/unpack.py",
    "crawler/wire.py",
    "crawler/plain.py",
    "crawler/dates.py",
    "crawler/tree.py",
    "crawler/dom.py",
    "crawler/blocks.py",
    "crawler/column.py",
    "crawler/layouts.py",
    "crawler/templates.py",
    "crawler/taught.py",
    "crawler/body.py",
    "crawler/pages.py",
    "crawler/extract.py",
    "crawler/boilerplate.py",
    "crawler/instead.py",
    "crawler/quality.py",
    "crawler/remembered.py",
    "crawler/reserved.py",
    "crawler/robots.py",
    "crawler/sites.py",
    "crawler/walls.py",
    "crawler/spiders/article.py",
    "crawler/spiders/byline.py",
    "crawler/spiders/discover.py",
    "crawler/spiders/entries.py",
    "crawler/spiders/feed.py",
    "crawler/spiders/hints.py",
    "crawler/spiders/section.py",
    "crawler/spiders/sitemap.py",
    "crawler/spiders/tolerant.py",
    "crawler/spiders/wellformed.py",
)

#: What touches the clock, the disk, the network, other processes or chance.
TOUCHING = frozenset(
    {
        *("asyncio", "concurrent", "fcntl", "ftplib", "glob", "http", "logging", "multiprocessing", "os", "pathlib"),
        *("queue", "random", "resource", "sched", "secrets", "select", "selectors", "shutil", "signal", "smtplib"),
        *("socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "uuid"),
        *("urllib.request", "urllib.robotparser", "webbrowser"),
    }
)
#: Calls that do so through a module that is otherwise harmless.
TOUCHING_CALLS = frozenset(
    {"open", "input", "print", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
)

#: (file, what it imports): why a pure module may.
EXCEPTIONS = {
    (
        "monitor/classifier/__init__.py",
        "pathlib",
    ): "Classifier.load reads its data files, once",
    ("monitor/alerts/catalogue.py", "pathlib"): "reads a language's words, once",
    ("crawler/body.py", "logging"): "keeps Trafilatura's own messages out of the child's log",
    ("monitor/classifier/gazetteer.py", "pathlib"): "Gazetteer.load reads gazetteer.toml, once",
    ("monitor/classifier/lexicon.py", "pathlib"): "Lexicon.load reads a lexicon, once",
    ("monitor/classifier/score.py", "pathlib"): "Model.load reads model.json, once",
    ("monitor/learning/labelled.py", "pathlib"): "read_corpus reads a corpus; its values are for those who compute",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: where it stands, and what it names."""

    file: str
    name: str  #: dotted, with the imported name at its end: "crawler.types.Limits"


@cache
def files() -> tuple[str, ...]:
    found = [path for package in ("crawler", "monitor") for path in (ROOT / package).rglob("*.py")]
    return tuple(sorted(str(path.relative_to(ROOT)) for path in found))


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


@cache
def imports(file: str) -> tuple[Imported, ...]:
    return tuple(Imported(file, name) for name in _names(file))


def _names(file: str) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide where they point"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def every_import() -> list[Imported]:
    return [one for file in files() for one in imports(file)]


def under(file: str, places: tuple[str, ...]) -> bool:
    return any(file == place or (place.endswith("/") and file.startswith(place)) for place in places)


def test_there_is_something_to_look_at() -> None:
    assert {"crawler/process.py", "monitor/pipeline.py", "monitor/cli/root.py"} <= set(files())
    assert len(every_import()) > 200


def test_the_crawler_never_imports_the_monitor() -> None:
    wrong = [one for one in every_import() if one.file.startswith("crawler/") and one.name.startswith("monitor")]
    assert wrong == []


def test_the_monitor_sees_only_the_crawlers_interface() -> None:
    inside = {path.stem for path in (ROOT / "crawler").iterdir()} - {"__init__"}
    wrong = [
        one
        for one in every_import()
        if one.file.startswith("monitor/") and one.name.startswith("crawler.") and one.name.split(".")[1] in inside
    ]
    assert wrong == []


def test_every_library_is_imported_at_its_home_only() -> None:
    own = {"crawler", "monitor", "__future__"}
    foreign = [one for one in every_import() if one.name.split(".")[0] not in own | sys.stdlib_module_names]
    strays = [one for one in foreign if not under(one.file, HOMES.get(one.name.split(".")[0], ()))]
    assert foreign
    assert strays == []


def test_every_home_is_lived_in() -> None:
    used = {one.name.split(".")[0] for one in every_import()}
    assert set(HOMES) - used - {"uvloop"} == set()  # uvloop is taken when it is installed, by name


def _part(file: str) -> str:
    """The part of `monitor` that a file belongs to: its folder, or its own name."""
    return file.split("/")[1].removesuffix(".py")


def _layer(part: str) -> int:
    return next(number for number, parts in enumerate(LAYERS) if part in parts)


def test_every_part_of_the_monitor_has_its_layer() -> None:
    parts = {_part(file) for file in files() if file.startswith("monitor/")} - {"__init__"}
    assert parts - {part for layer in LAYERS for part in layer} == set()


def test_imports_within_the_monitor_point_down() -> None:
    wrong = []
    for one in every_import():
        if not one.file.startswith("monitor/") or not one.name.startswith("monitor."):
            continue
        source, target = _part(one.file), _part(one.name.replace(".", "/"))
        if source in {target, "__init__"}:
            continue
        if _layer(target) >= _layer(source) and not _may_cross(source, one.name):
            wrong.append(one)
    assert wrong == []


def _may_cross(source: str, name: str) -> bool:
    """Edges within a layer: the two halves of one thing."""
    return (source, name.split(".")[1]) == ("app", "selfcheck")


def test_imports_within_the_configuration_point_down() -> None:
    def level(module: str) -> int:
        return next(number for number, modules in enumerate(CONFIGURATION) if module in modules)

    own = [one for one in every_import() if one.file.startswith("monitor/config/")]
    edges = [
        (Path(one.file).stem, inside) for one in own for inside in re.findall(r"^monitor\.config\.([a-z]+)", one.name)
    ]
    assert len(edges) > 20
    assert [edge for edge in edges if level(edge[1]) >= level(edge[0])] == []


def test_what_is_pure_imports_nothing_that_touches_the_world() -> None:
    wrong = []
    for file in files():
        if not under(file, PURE):
            continue
        for one in imports(file):
            touched = [name for name in TOUCHING if one.name == name or one.name.startswith(name + ".")]
            wrong += [(file, name) for name in touched if (file, name) not in EXCEPTIONS]
    assert wrong == []


def test_what_is_pure_calls_nothing_that_touches_the_world() -> None:
    wrong = [
        (file, node.lineno, called)
        for file in files()
        if under(file, PURE)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in TOUCHING_CALLS
    ]
    assert wrong == []


def test_what_is_pure_imports_only_what_is_pure_of_ours() -> None:
    wrong = [
        one
        for file in files()
        if under(file, PURE)
        for one in imports(file)
        if one.name.split(".")[0] in {"crawler", "monitor"} and not _leads_to_pure(one.name)
    ]
    assert wrong == []


def _leads_to_pure(name: str) -> bool:
    parts = name.split(".")
    tries = ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]
    found = next(path for path in tries if f"{path}.py" in files() or f"{path}/__init__.py" in files())
    if found == "crawler":
        return name != "crawler.Crawler"  # the interface's values and helpers
    return found == "crawler/spiders" or under(f"{found}.py", PURE) or under(f"{found}/", PURE)


def test_no_exception_has_outlived_its_reason() -> None:
    used = {(one.file, name) for one in every_import() for name in TOUCHING if f"{one.name}.".startswith(f"{name}.")}
    assert set(EXCEPTIONS) - used == set()
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize("module", ["monitor.cli", "crawler", "monitor.pipeline"])
def test_the_crawling_libraries_stay_in_the_children(module: str) -> None:
    heavy = ["scrapy", "twisted", "trafilatura", "lxml", "feedparser", "dateparser", "numpy", "sklearn"]
    code = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_command_line_starts_without_what_its_commands_need() -> None:
    heavy = ["sqlalchemy", "alembic", "apprise", "apscheduler", "structlog", "jinja2", "platformdirs", "requests"]
    heavy += ["numpy", "sklearn"]  # only training needs them
    heavy += ["fastapi", "uvicorn", "itsdangerous", "prometheus_client"]
    code = f"import sys, monitor.cli; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
