"""OPML: what readers exchange is read however careless, harms nobody, and comes back as it went out."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from command import Done, call

from crawler import SourceKind
from monitor.cli.lists import sort_out
from monitor.cli.naming import Ids
from monitor.opml import MAX_BYTES, MAX_OUTLINES, SPACE, OpmlError, read, source_values, write
from monitor.types import Source
from monitor.vocabulary import FetchPolicy

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mes flux</title></head><body>
  <outline text="Séries">
    <outline text="À suivre">
      <outline text="Le Phare" title="Le Phare, séries" type="rss" xmlUrl="https://phare.example/rss?a=1&amp;b=2"
        htmlUrl="https://phare.example/" language="fr-FR"/>
    </outline>
    <outline text="Dunes" xmlURL=" https://dunes.example/feed "/>
  </outline>
  <outline text="Un dossier vide"/>
  <outline text="Un lien" type="link" url="https://lien.example/"/>
  <outline xmlUrl="https://nu.example/atom"/>
</body></opml>"""


def opml(*outlines: str, head: str = "") -> bytes:
    return f'{head}<opml version="1.0"><body>{"".join(outlines)}</body></opml>'.encode()


def urls(body: bytes) -> list[str]:
    return [outline.url for outline in read(body).outlines]


def test_folders_are_followed_and_names_kept() -> None:
    found = read(NESTED.encode())
    phare, dunes, bare = found.outlines
    assert (found.title, found.broken) == ("Mes flux", None)
    assert (phare.url, phare.title, phare.folder) == (
        "https://phare.example/rss?a=1&b=2",
        "Le Phare, séries",
        ("Séries", "À suivre"),
    )
    assert (phare.site, phare.language) == ("https://phare.example/", "fr")
    assert (dunes.url, dunes.title, dunes.folder) == ("https://dunes.example/feed", "Dunes", ("Séries",))
    assert (bare.title, bare.folder) == ("", ())


@pytest.mark.parametrize(
    "body",
    [
        opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>'),
        opml('<outline text="&Eacute;t&eacute; &nbsp; &inconnue;" xmlUrl="https://a.example/?x=1&amp;y=2"/>'),
        opml('<outline text="\x0b\x1f" xmlUrl="https://a.example/?x=1&#38;y=2"/>'),
        b"\xef\xbb\xbf\n " + opml('<outline xmlUrl="https://a.example/?x=1&amp;y=2"/>', head="<?xml version='1.0'?>"),
        opml('<outline xmlUrl="https://a.example/?x=1&amp;y=2"/>').decode().encode("utf-16"),
        '<?xml version="1.0" encoding="iso-8859-15"?><OPML><BODY><OUTLINE text="été €" XMLURL="https://a.example/?x=1&amp;y=2"/>'
        "</BODY></OPML>".encode("iso-8859-15"),
    ],
    ids=["bare ampersand", "HTML entities", "controls", "byte order mark", "UTF-16", "capitals and Latin"],
)
def test_careless_lists_are_read(body: bytes) -> None:
    assert urls(body) == ["https://a.example/?x=1&y=2"]


def test_html_entities_are_the_characters_they_are() -> None:
    (one,) = read(opml('<outline text="L&rsquo;&Eacute;cran" xmlUrl="https://a.example/"/>')).outlines
    assert one.title == "L’Écran"


def test_what_stands_before_a_break_is_kept_and_the_break_is_told() -> None:
    found = read(
        opml('<outline xmlUrl="https://a.example/"/>', "\n<outline <", '<outline xmlUrl="https://b.example/"/>')
    )
    assert [one.url for one in found.outlines] == ["https://a.example/"]
    assert found.broken is not None
    assert "line 2 is broken" in found.broken


@pytest.mark.parametrize(
    "body",
    [b"", b"not xml", b"<html><body><outline xmlUrl='https://a.example/'/></body></html>", b"<rss/>", b"\xff\xfe\xfd"],
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(OpmlError, match="no OPML list"):
        read(body)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    """W16: a billion laughs."""
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    body = opml('<outline text="&j;" xmlUrl="https://a.example/"/>', head=f"<!DOCTYPE opml [{entities}]>")
    started = time.monotonic()
    with pytest.raises(OpmlError, match="entities of its own"):
        read(body)
    assert time.monotonic() - started < 1.0


@pytest.mark.parametrize(
    "kind", ["SYSTEM 'file:///etc/passwd'", "SYSTEM 'http://127.0.0.1:9/x'", "PUBLIC 'x' 'file:///etc'"]
)
def test_a_foreign_entity_is_never_fetched(kind: str) -> None:
    """W16: external entities."""
    body = opml('<outline text="&x;" xmlUrl="https://a.example/"/>', head=f"<!DOCTYPE opml [<!ENTITY x {kind}>]>")
    with pytest.raises(OpmlError, match="entities of its own"):
        read(body)


def test_size_number_and_depth_are_bounded() -> None:
    """W16: caps."""
    with pytest.raises(OpmlError, match="too large"):
        read(b" " * (MAX_BYTES + 1))
    with pytest.raises(OpmlError, match="split"):
        read(opml('<outline xmlUrl="https://a.example/"/>' * (MAX_OUTLINES + 1)))
    with pytest.raises(OpmlError, match="split"):
        read(opml("<outline text='x'>" * 1_000, "</outline>" * 1_000))


SOURCES = (
    Source(
        id="phare",
        name="Le Phare",
        outlet="Phare",
        url="https://phare.example/rss?a=1&b=2",
        kind=SourceKind.FEED,
        language="fr",
    ),
    Source(
        id="phare-tele",
        name='Le « Phare » & la "télé" <direct>',
        outlet="Phare",
        url="https://phare.example/tele",
        kind=SourceKind.SECTION,
        language="fr",
        allow=(r"/tele/[^/]+-\d+",),
        deny=("/video/", "&lt;"),
        fetch=FetchPolicy.PROMISING,
        interval=timedelta(minutes=30),
        delay=2.5,
    ),
    Source(
        id="dunes",
        name="Dunes",
        outlet="Dunes",
        url="https://dunes.example/news.xml",
        kind=SourceKind.SITEMAP,
        language="en",
    ),
)


def test_a_list_of_ours_comes_back_as_it_went() -> None:
    found = read(write(SOURCES, title="Cocorico").encode())
    assert found.title == "Cocorico"
    assert [one.folder for one in found.outlines] == [("Phare",), ("Phare",), ()]
    made = [Source(name=one.title, url=one.url, language=one.language, **source_values(one)) for one in found.outlines]
    assert made == list(SOURCES)


def test_other_readers_see_feeds_only_and_links_beside() -> None:
    text = write(SOURCES, title="x")
    assert text.count("xmlUrl=") == 1
    assert text.count('type="link"') == 2


def test_what_a_list_says_wrongly_of_ours_is_passed_over() -> None:
    own = {
        "kind": "radio",
        "fetch": "sometimes",
        "interval": "nan",
        "delay": "x",
        "allow": '["("]',
        "deny": '"x"',
        "outlet": "O",
    }
    given = " ".join(f"cocorico:{key}='{value}'" for key, value in own.items())
    body = f"<opml xmlns:cocorico='{SPACE}'><outline xmlUrl='https://a.example/' {given}/></opml>"
    (one,) = read(body.encode()).outlines
    assert source_values(one) == {"outlet": "O"}


@pytest.fixture
def cocorico(tmp_path: Path) -> Any:
    config = tmp_path / "cocorico.toml"
    config.write_text("[sources]\ncatalogue = false\n", encoding="utf-8")

    def run(*arguments: object) -> Done:
        return call("--data", tmp_path / "data", "--config", config, "sources", *arguments)

    return run


def test_a_list_is_imported_once_and_exported(cocorico: Any, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    more = '<outline xmlUrl="http://phare.example/rss?b=2&amp;a=1"/><outline xmlUrl="mailto:x@y.example"/>'
    file.write_text(NESTED.replace("</body>", f"{more}</body>"), encoding="utf-8")
    tried = cocorico("import", file, "--dry-run")
    assert "Would add: 3. Known already: 0; repeated in the list: 1; refused: 1." in tried.out
    assert "mailto:x@y.example" in tried.err
    assert "phare-example" in tried.out
    assert cocorico("import", file, "--language", "en").code == 0
    again = cocorico("import", file)
    assert "Added: 0. Known already: 3" in again.out
    exported = cocorico("export").out
    assert [(one.url, one.title, one.language) for one in read(exported.encode()).outlines] == [
        ("https://dunes.example/feed", "Dunes", "en"),
        ("https://nu.example/atom", "nu.example", "en"),
        ("https://phare.example/rss?a=1&b=2", "Le Phare, séries", "fr"),
    ]
    assert cocorico("export", "-").out == exported
    cocorico("export", tmp_path / "out.opml", "--all")
    assert len(read((tmp_path / "out.opml").read_bytes()).outlines) > 100, "the catalogue's, too"


def test_what_is_in_the_catalogue_is_known(cocorico: Any, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(opml('<outline xmlUrl="https://www.allocine.fr/rss/news-series.xml"/>'))
    assert (
        '"known": [{"url": "https://www.allocine.fr/rss/news-series.xml", "id": "allocine-series"}]'
        in cocorico("import", file, "--json").out
    )


@pytest.mark.parametrize("name", ["nosuch.opml", "."])
def test_a_file_that_is_none_is_told_by_name(name: str, cocorico: Any, tmp_path: Path) -> None:
    done = cocorico("import", tmp_path / name)
    assert done.code == 1
    assert str(tmp_path / name) in done.err


def test_ten_thousand_feeds_of_one_host_have_an_id_each() -> None:
    found = read(opml(*(f'<outline text="{n}" xmlUrl="https://a.example/{n}/rss.xml"/>' for n in range(10_000))))
    started = time.monotonic()
    taken = sort_out(found.outlines, [], Ids(["a-example-rss-7"]), language="fr")
    assert time.monotonic() - started < 5.0
    assert len({source.id for source in taken.added}) == 10_000
    assert [source.id for source in taken.added[:3]] == ["a-example", "a-example-rss", "a-example-rss-2"]


def test_of_a_long_list_the_first_are_shown(cocorico: Any, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(opml(*(f'<outline text="{n}" xmlUrl="https://a.example/{n}/rss.xml"/>' for n in range(200))))
    done = cocorico("import", file)
    assert "Added: 200." in done.out
    assert "... and 170 more." in done.out
