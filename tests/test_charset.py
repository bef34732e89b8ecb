"""The text is right whoever lies about its charset: 96 combinations for pages and as many for feeds (P10, V-07)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.charset import decode
from crawler.spiders.feed import read_feed
from crawler.types import Poll, SourceKind

SAMPLES = {
    "utf-8": "Die Größe überraschte die Öffentlichkeit völlig, für Jürgen war es schön. ",
    "cp1252": "L’été dernier, la série créée par Noël a été reconduite, « déjà » tournée à Nîmes. ",
    "cp1251": "Компания объявила о продлении сериала на второй сезон, съёмки начнутся весной. ",
    "koi8-r": "Компания объявила о продлении сериала на второй сезон, съёмки начнутся весной. ",
    "shift_jis": "配信会社は新しいオリジナルシリーズの制作を発表した。撮影は春に始まる予定である。",
    "euc-jp": "配信会社は新しいオリジナルシリーズの制作を発表した。撮影は春に始まる予定である。",
}
CLAIMS = ["right", None, "iso-8859-1", "utf-8"]
POLL = Poll(order="o", source="s", url="https://www.outlet.fr/rss", kind=SourceKind.FEED)


@pytest.mark.parametrize("header", CLAIMS)
@pytest.mark.parametrize("meta", CLAIMS)
@pytest.mark.parametrize("real", SAMPLES)
def test_a_page_s_charset_is_right_whoever_lies(real: str, meta: str | None, header: str | None) -> None:
    """P10."""
    declared = real if meta == "right" else meta
    mark = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{mark}<title>x</title></head><body>{f'<p>{SAMPLES[real]}</p>' * 8}</body></html>"
    assert decode(page.encode(real), real if header == "right" else header) == page


@pytest.mark.parametrize("header", CLAIMS)
@pytest.mark.parametrize("declaration", CLAIMS)
@pytest.mark.parametrize("real", SAMPLES)
def test_a_feed_s_charset_is_right_whoever_lies(real: str, declaration: str | None, header: str | None) -> None:
    """P10."""
    declared = real if declaration == "right" else declaration
    mark = f' encoding="{declared}"' if declared else ""
    sample = SAMPLES[real].strip()
    items = "".join(f"<item><title>{sample}</title><link>/{at}</link></item>" for at in range(5))
    feed = f'<?xml version="1.0"{mark}?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    found = read_feed(feed.encode(real), poll=POLL, base_url=POLL.url, charset=real if header == "right" else header)
    assert found is not None
    assert {entry.title for entry in found.entries} == {sample}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-2022-jp"])
def test_marks_and_escapes_tell_more_than_any_claim(encoding: str) -> None:
    text = f"<p>{SAMPLES['euc-jp']}</p>"
    assert decode(text.encode(encoding), "iso-8859-1") == text


def test_a_few_spoilt_bytes_do_not_spoil_the_rest() -> None:
    text = SAMPLES["utf-8"] * 20
    assert decode(text.encode() + b"\xff", "iso-8859-1") == text + "\ufffd"


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "hex", "idna", "nonsense", "\0", "utf-16"]))
def test_no_bytes_and_no_claim_crash_it(body: bytes, charset: str | None) -> None:
    assert isinstance(decode(body, charset), str)
