"""What the crawler says of an answer that was none, as texts of the catalogues: the shapes it says it in.

A longer one stands before a shorter one that would take it as well; `stored` recognises them, and a test holds them to
what the crawler says.
"""

from __future__ import annotations

from typing import Final

from monitor.alerts.text import mark

DETAILS: Final = (
    mark("{reason} (page title: {title})"),
    mark("HTTP {status} from {url}: {reason}"),
    mark("it asks for proof of being a browser, which we don't pretend to be; drop it, or ask them"),
    mark("the server asks for {time} of rest"),
    mark("the server says we ask too often; asked again later"),
    mark("the server refuses us; open the address in a browser, or drop the source"),
    mark("nothing is there; check the address"),
    mark("gone for good; remove the address"),
    mark("the server has a problem, asked again later"),
    mark("check the address"),
    mark("part of it could not be read: {reason}"),
    mark("{file} cannot be read, so nothing is fetched for now: {reason}"),
    mark("{file} disallows {url}; exclude it, or ask the publisher"),
    mark(
        "{url}: text and data mining is reserved, says {evidence} (conditions: {policy}); set licence if you have one"
    ),
    mark("{url}: text and data mining is reserved, says {evidence}; set licence if you have one"),
    mark('{url} serves no {kind} but {served}, and says "{said}"; check the address'),
    mark("{url} serves no {kind} but {served}; check the address"),
    mark("{url} is called {served}, and nothing in it can be read as a {kind}; asked again later"),
    mark("{url} asks for consent instead of serving its {kind}; look for another address"),
    mark("{url} asks for proof of being human instead of serving its {kind}; drop it, or ask them"),
    mark("{url} answers with nothing; asked again later"),
    mark("{url} redirects to itself in a circle; check the address"),
    mark("{url}: more than {n} redirects; check it"),
    mark(
        "{url} redirects to {target}, and its robots.txt wants {seconds} s between two requests; name that address, "
        "or raise [crawl] deadline"
    ),
    mark("{url} redirects to {target}, and its robots.txt wants {seconds} s between two requests; asked again later"),
    mark("{url} redirects to {target}, which is not a web address; not followed"),
    mark("{host} wants {seconds} s between two requests; asked again later"),
    mark("{host} had no turn for us in time; asked again later"),
    mark("{host} is busy with other visits of ours; try again in a few minutes"),
    mark("{host} is to be left alone until {time} UTC; try again then"),
    mark("{host} asked to be left alone for {seconds} s more; it is asked again then"),
    mark("{url} is not a readable URL: {said}"),
    mark("{url} is not an http(s) URL; such addresses are not visited"),
    mark("{url}: no time was left for it; asked again later"),
    mark("{url}: the host has an address that may not be visited; see allow_addresses if it is yours"),
    mark("{url}: no full answer within {seconds} s; asked again later"),
    mark("{url}: larger than {n} bytes; not read"),
    mark("{url}: endless headers; not read"),
    mark("{url}: its TLS certificate is not trusted; check the address, or name its authority in ca_file"),
    mark("{url}: the TLS connection failed; check the address"),
    mark("{url}: the host name is not known; check the address and the network"),
    mark("{url}: the host refuses connections; check the address"),
    mark("{url}: the answer was cut short; asked again later"),
    mark("{url}: the host closed the connection without an answer; asked again later"),
    mark("{url}: it answers with something that is not HTTP; check the address"),
    mark("{url}: the connection failed ({kind}); asked again later"),
    mark("it ended or hung two crawler processes; please report this page"),
    mark("no crawler process starts: {said}"),
    mark("reading it failed, please report this: {said}"),
    mark("not a web page but {kind}"),
    mark("no HTML element in the page"),
    mark("redirected to the home page {url}"),
    mark("{n} characters of text, fewer than {least}"),
    mark("the page only asks for consent"),
    mark("behind a paywall, and the listing has no title to go by"),
    mark("the page asks for proof of being human, or for JavaScript"),
    mark("the page says that there is no such article"),
    mark("the site served its home page, or a list of articles, in place of this one"),
    mark("the page is for readers of an age or a country, or for those who log in"),
    mark("the site is being repaired"),
    mark("a list of {n} links without prose"),
    mark("the same text as {url}, which was listed under quite another headline"),
    mark("{said}; check the address"),
)
#: Where an address that nobody has seen would have been dropped: `cocorico trace` of one.
DROPS: Final = (
    mark("no source is on this site: add one with `cocorico sources add`"),
    mark("{source}: is switched off"),
    mark("{source}: matches one of its deny patterns"),
    mark("{source}: matches none of its allow patterns"),
    mark("{source}: would be read, but its listing never had it"),
)
#: Values in these that are words of ours.
WORDS: Final = (mark("feed"), mark("sitemap"), mark("section"), mark("something else"), mark("other data"))
