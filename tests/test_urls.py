from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.glance import ADDRESS, seen_at_a_glance
from crawler.urls import MAX_LENGTH, canonical_url, gate_key, host_key, same_site

STORY = "https://www.outlet.fr/series/la-forge-saison-2"

#: spelling -> canonical form. Everything that names one page must land on one text (fault D12).
SPELLINGS = [
    # scheme, host, port
    ("http://www.outlet.fr/series/la-forge-saison-2", STORY),
    ("HTTPS://WWW.Outlet.FR/series/la-forge-saison-2", STORY),
    ("https://www.outlet.fr:443/series/la-forge-saison-2", STORY),
    ("http://www.outlet.fr:80/series/la-forge-saison-2", STORY),
    ("https://www.outlet.fr./series/la-forge-saison-2", STORY),
    ("https://reader:secret@www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://www.outlet.fr:8443/a", "https://www.outlet.fr:8443/a"),
    ("http://www.outlet.fr:8080/a", "http://www.outlet.fr:8080/a"),
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ("http://127.0.0.1/a", "http://127.0.0.1/a"),
    ("http://localhost/a", "http://localhost/a"),
    ("http://[::1]/a", "http://[::1]/a"),
    ("https://[2001:DB8:0:0::1]/a", "https://[2001:db8::1]/a"),
    ("https://séries.fr/a", "https://xn--sries-bsa.fr/a"),
    ("https://XN--SRIES-BSA.fr/a", "https://xn--sries-bsa.fr/a"),
    ("https://outlet.fr", "https://outlet.fr/"),
    ("https://outlet.fr?id=3", "https://outlet.fr/?id=3"),
    # blanks, slashes and backslashes as people type them
    ("  https://www.outlet.fr/series/la-forge-saison-2\n", STORY),
    ("https://www.outlet.fr/series/\n\tla-forge-saison-2", STORY),
    ("https:\\\\www.outlet.fr\\series\\la-forge-saison-2", STORY),
    ("https:/www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https:www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https:////www.outlet.fr//series///la-forge-saison-2", STORY),
    ("https://www.outlet.fr/series/./x/../la-forge-saison-2", STORY),
    ("https://www.outlet.fr/series/%2e%2e/series/la-forge-saison-2", STORY),
    # end of the path, default pages, sessions, fragments
    ("https://www.outlet.fr/series/la-forge-saison-2/", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2//", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2#comments", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2#xtor=RSS-3208", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2/index.html", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2/Default.aspx", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2/index.php", STORY),
    ("https://www.outlet.fr/index.html", "https://www.outlet.fr/"),
    ("https://www.outlet.fr/series/la-forge-saison-2;jsessionid=9A0C", STORY),
    ("https://www.outlet.fr/article,12;3", "https://www.outlet.fr/article,12;3"),
    ("https://www.outlet.fr/A/b.HTML", "https://www.outlet.fr/A/b.HTML"),
    # twins
    ("https://m.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://mobile.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://amp.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://m.www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://amp.tv.outlet.fr/a", "https://tv.outlet.fr/a"),
    ("https://m.outlet.co.uk/a", "https://www.outlet.co.uk/a"),
    ("https://m.fr/a", "https://m.fr/a"),
    ("https://www.outlet.fr/series/la-forge-saison-2/amp", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2/amp/", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2.amp", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2/amp.html", STORY),
    ("https://www.outlet.fr/amp/series/la-forge-saison-2", STORY),
    ("https://www.outlet.fr/news/x.amp.html", "https://www.outlet.fr/news/x.html"),
    ("https://www.outlet.fr/series/la-forge-saison-2?amp", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?amp=1", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?outputType=amp", STORY),
    ("https://www.google.com/amp/s/www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://www-outlet-fr.cdn.ampproject.org/c/s/www.outlet.fr/series/la-forge-saison-2?amp=1", STORY),
    ("https://www.outlet.fr/amp/series/la-forge-saison-2/index.html/amp/", STORY),
    ("https://www-outlet-fr.cdn.ampproject.org//c//s/www.outlet.fr/series/la-forge-saison-2", STORY),
    ("https://www.outlet.fr/ampoule", "https://www.outlet.fr/ampoule"),
    ("https://www.outlet.fr/champ", "https://www.outlet.fr/champ"),
    # tracking
    ("https://www.outlet.fr/series/la-forge-saison-2?utm_source=rss&utm_medium=feed&utm_campaign=x", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?xtor=RSS-16", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?at_medium=RSS&at_campaign=flux", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?fbclid=IwAR0&gclid=1&msclkid=2", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?mc_cid=1&mc_eid=2&ns_campaign=a&cmpid=3", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?UTM_Source=x", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?ref=rss", STORY),
    ("https://www.outlet.fr/series/la-forge-saison-2?&&", STORY),
    ("https://www.outlet.fr/v?ref=b12", "https://www.outlet.fr/v?ref=b12"),
    ("https://www.outlet.fr/v?id=3&utm_source=x", "https://www.outlet.fr/v?id=3"),
    # parameters and escapes
    ("https://www.outlet.fr/v?b=2&a=1", "https://www.outlet.fr/v?a=1&b=2"),
    ("https://www.outlet.fr/v?a=2&a=1", "https://www.outlet.fr/v?a=2&a=1"),
    ("https://www.outlet.fr/v?a=", "https://www.outlet.fr/v?a"),
    ("https://www.outlet.fr/v?q=a+b", "https://www.outlet.fr/v?q=a%20b"),
    ("https://www.outlet.fr/v?q=a=b", "https://www.outlet.fr/v?q=a%3Db"),
    ("https://www.outlet.fr/été", "https://www.outlet.fr/%C3%A9t%C3%A9"),
    ("https://www.outlet.fr/e\u0301te\u0301", "https://www.outlet.fr/%C3%A9t%C3%A9"),
    ("https://www.outlet.fr/%c3%a9t%c3%a9", "https://www.outlet.fr/%C3%A9t%C3%A9"),
    ("https://www.outlet.fr/%7Euser/%61", "https://www.outlet.fr/~user/a"),
    ("https://www.outlet.fr/a%2Fb", "https://www.outlet.fr/a%2Fb"),
    ("https://www.outlet.fr/100%", "https://www.outlet.fr/100%25"),
    ("https://www.outlet.fr/a b", "https://www.outlet.fr/a%20b"),
]

#: Addresses of fault F09: read or refused, never another exception.
ODD = [
    "http://a@b@c/",
    "http://evil.fr\\@outlet.fr/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://127.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1%25eth0]/",
    "http://[::1",
    "http://[gggg::]/",
    "http://[v1.x]/",
    "http://outlet.fr:port/",
    "http://outlet.fr:99999/",
    "http://outlet.fr:/",
    "http://%6c%6f%63alhost/",
    "http://%00/",
    "http://exa mple.fr/",
    "http://-a-.fr/",
    "http://" + "a" * 64 + ".fr/",
    "http://..../",
    "http://．outlet．fr/",
    "http://℀.fr/",
    "http://\ud800.fr/",
    "http://outlet.fr/\udfff",
    "http:\x00//outlet.fr/",
    "https://x" + "é" * 300 + ".fr/",
]


@pytest.mark.parametrize(("spelling", "canonical"), SPELLINGS)
def test_spellings_of_one_page_have_one_canonical_form(spelling: str, canonical: str) -> None:
    """D12."""
    assert canonical_url(spelling) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("link", "resolved"),
    [
        ("/series/a", "https://www.outlet.fr/series/a"),
        ("b", "https://www.outlet.fr/news/b"),
        ("../b", "https://www.outlet.fr/b"),
        ("//cdn.outlet.fr/a", "https://cdn.outlet.fr/a"),
        ("?p=2", "https://www.outlet.fr/news/list?p=2"),
        ("https://other.fr/a", "https://other.fr/a"),
    ],
)
def test_relative_links_are_resolved_against_the_base(link: str, resolved: str) -> None:
    assert canonical_url(link, base="http://www.outlet.fr/news/list") == resolved


NO_ADDRESS = """
www.outlet.fr/a
/a
//outlet.fr/a
ftp://outlet.fr/
javascript:alert(1)
mailto:a@b.fr
data:text/html,x
file:///etc/passwd
http://
http:///
https://?a
http://outlet.fr:99999/
http://[::1
https://a..b/
https://a b.fr/
"""


@pytest.mark.parametrize("url", ["", "   ", "https://" + "x" * MAX_LENGTH, *NO_ADDRESS.split("\n")])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|host|port|address"):
        canonical_url(url)


@pytest.mark.parametrize("url", ODD)
def test_hostile_spellings_are_read_or_refused_but_never_crash(url: str) -> None:
    for function in (canonical_url, host_key):
        try:
            function(url)
        except ValueError:
            continue
    assert same_site(url, "https://outlet.fr/") in {True, False}


def test_userinfo_never_decides_the_host() -> None:
    assert canonical_url("http://outlet.fr@evil.net/") == "https://evil.net/"
    assert canonical_url("http://evil.net\\@outlet.fr/") == "https://evil.net/@outlet.fr"


PIECES = """
http:// https:// m. amp. www. outlet.fr / // /amp .amp .html /index.html ? & amp=1 utm_x=1 a=b a+b % %2 %2F %41 é
e\u0301 ; ;jsessionid=1 # :80 :8 .cdn.ampproject.org /c/s/ google.com /amp/s/ .. . \\ @ [::1] 127.0.0.1 =
"""


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(PIECES.split())).map("".join),
        st.lists(st.sampled_from(PIECES.split())).map(lambda parts: "https://" + "".join(parts)),
    )
)
def test_canonical_form_is_stable_whatever_is_given(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii()
    assert canonical.startswith(("http://", "https://"))
    assert "#" not in canonical


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://WWW.Outlet.fr/a", "www.outlet.fr:443"),
        ("http://outlet.fr", "outlet.fr:80"),
        ("http://127.0.0.1:8123/x", "127.0.0.1:8123"),
        ("https://séries.fr/", "xn--sries-bsa.fr:443"),
        ("https://m.outlet.fr/", "m.outlet.fr:443"),
        ("https://a.cdn.ampproject.org/c/s/outlet.fr/", "a.cdn.ampproject.org:443"),
        ("http://[::1]:81/", "[::1]:81"),
    ],
)
def test_host_key_is_the_server_that_gets_the_request(url: str, key: str) -> None:
    assert host_key(url) == key


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://www.outlet.fr/a", "http://outlet.fr/b", True),
        ("https://m.outlet.fr/a", "https://www.outlet.fr/b", True),
        ("https://tv.outlet.fr/a", "https://www.outlet.fr/b", True),
        ("https://a.blogs.net/", "https://b.blogs.net/", False),
        ("https://outlet.fr/", "https://notoutlet.fr/", False),
        ("http://127.0.0.1:81/", "http://127.0.0.1:82/", False),
        ("http://127.0.0.1:81/", "http://127.0.0.1:81/x", True),
        ("http://1.127.0.0.1/", "http://127.0.0.1/", False),
        ("https://fr/", "https://outlet.fr/", False),
        ("nonsense", "https://outlet.fr/", False),
    ],
)
def test_same_site(a: str, b: str, same: bool) -> None:
    assert same_site(a, b) is same
    assert same_site(b, a) is same


def test_the_parent_can_import_it_with_the_standard_library_only() -> None:
    script = (
        "import sys, crawler.urls; print([m for m in ('lxml', 'scrapy', 'trafilatura', 'idna') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


#: Near the edge of what a glance is enough for.
GLANCES = [
    *(
        "https://www.outlet.fr",
        "https://www.outlet.fr/",
        "http://outlet.fr/a/",
        "https://outlet.fr/a.html",
        "https://a.b/",
    ),
    *(
        "https://outlet.fr/index.html",
        "https://outlet.fr/a/Default.htm",
        "https://outlet.fr/amp/a",
        "https://o.fr/a/amp",
    ),
    *(
        "https://o.fr/champion",
        "https://m.o.fr/a",
        "https://amp.o.fr/a",
        "https://mobile.o.co.uk/a",
        "https://www.m.o.fr/a",
    ),
    *("https://a.localhost/b", "https://o-fr.cdn.ampproject.org/c/s/o.fr/a", "https://www.google.com/amp/s/o.fr/a"),
    *(
        "https://o.fr/a?utm_source=rss",
        "https://o.fr/a?utm_source=rss&utm_medium=x#xtor=RSS-1",
        "https://o.fr/a?utm_x=&b=c",
    ),
    *("https://o.fr/a#", "https://o.fr/a/?utm_a=b", "https://o.fr/a.amp.html", "https://o.fr/" + "a/" * 200),
]


@given(st.from_regex(ADDRESS, fullmatch=True) | st.sampled_from(GLANCES))
def test_a_glance_gives_what_the_long_way_gives(url: str) -> None:
    glance = seen_at_a_glance(url)
    assert glance in {None, urls._canonical(url, None)}
    if glance:
        assert url == urls._joined(url, "https://www.example.org/feed")


def test_a_glance_is_enough_for_most_of_what_feeds_list() -> None:
    assert seen_at_a_glance("https://www.outlet.fr/series/la-forge-2/?utm_source=rss&utm_medium=feed") == (
        "https://www.outlet.fr/series/la-forge-2"
    )


@pytest.mark.parametrize(
    ("url", "gate"),
    [
        ("https://www.outlet.example/a", "outlet.example"),
        ("http://feeds.outlet.example:8080/a", "outlet.example"),
        ("https://un.blog.example/", "blog.example"),
        ("https://www.outlet.co.uk/", "outlet.co.uk"),
        ("https://presse.gouv.fr/", "presse.gouv.fr"),
        ("https://a.t.co/", "t.co"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[::1]/", "[::1]:80"),
        ("https://localhost/", "localhost:443"),
        ("http://one.localhost:81/", "one.localhost:81"),
    ],
)
def test_one_operator_is_one_host(url: str, gate: str) -> None:
    """O13: many feeds of one shared host are visited one at a time."""
    assert gate_key(url) == gate


@pytest.mark.parametrize(
    "url",
    [
        "http://user@a.example/x",
        "https://A.Example/x",
        "https://a.example\\@b.example/x",
        "https:///a.example/x",
        "https://a.example:0443/x",
        "https://a.example:/x",
        "https://a.example.",
        "https://a.example#x@b.example",
        "https://a.example?x=https://b.example/",
        " https://a.example/x",
        "https://a.exa\nmple/x",
        "https://été.example/x",
        "https://127.0.0.1:8000/x",
    ],
)
def test_an_address_that_begins_plainly_has_the_key_that_a_close_look_gives(url: str) -> None:
    def key(read: Callable[[str], str]) -> str:
        try:
            return read(url)
        except ValueError as error:
            return str(error)

    assert key(host_key) == key(urls._host_key)


@pytest.mark.parametrize("host", ["-a.example", "a..example", f"{'a' * 64}.example", "a.example:99999"])
def test_what_is_no_host_is_refused_with_its_whole_address(host: str) -> None:
    with pytest.raises(ValueError, match="/some/page"):
        host_key(f"https://{host}/some/page")
