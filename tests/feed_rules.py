"""Schemas of the feeds we write, in our own words: Atom from RFC 4287, RSS from its 2.0 page, JSON Feed from 1.1.

They allow what the formats allow, of the parts that a feed of ours may use, and require what they require.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

_NAMESPACE = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'

#: RFC 4287, sections 3 and 4. A text construct is text or html; a date is RFC 3339 with a zone.
_ATOM = f"""
<grammar {_NAMESPACE} ns="http://www.w3.org/2005/Atom">
  <start><element name="feed"><ref name="common"/><interleave>
    <oneOrMore><ref name="author"/></oneOrMore>
    <zeroOrMore><ref name="category"/></zeroOrMore>
    <optional><element name="generator"><ref name="common"/>
      <optional><attribute name="uri"><data type="anyURI"/></attribute></optional>
      <optional><attribute name="version"/></optional><text/></element></optional>
    <ref name="id"/>
    <oneOrMore><ref name="link"/></oneOrMore>
    <optional><element name="subtitle"><ref name="words"/></element></optional>
    <element name="title"><ref name="words"/></element>
    <element name="updated"><ref name="date"/></element>
    <zeroOrMore><ref name="entry"/></zeroOrMore>
  </interleave></element></start>
  <define name="entry"><element name="entry"><ref name="common"/><interleave>
    <zeroOrMore><ref name="author"/></zeroOrMore>
    <zeroOrMore><ref name="category"/></zeroOrMore>
    <element name="content"><ref name="words"/></element>
    <ref name="id"/>
    <zeroOrMore><ref name="link"/></zeroOrMore>
    <optional><element name="published"><ref name="date"/></element></optional>
    <optional><element name="summary"><ref name="words"/></element></optional>
    <element name="title"><ref name="words"/></element>
    <element name="updated"><ref name="date"/></element>
  </interleave></element></define>
  <define name="author"><element name="author"><ref name="common"/><interleave>
    <element name="name"><data type="string"><param name="pattern">[\\s\\S]*\\S[\\s\\S]*</param></data></element>
    <optional><element name="uri"><data type="anyURI"/></element></optional>
  </interleave></element></define>
  <define name="category"><element name="category"><ref name="common"/>
    <attribute name="term"><data type="string"><param name="minLength">1</param></data></attribute>
    <optional><attribute name="scheme"><data type="anyURI"/></attribute></optional>
    <optional><attribute name="label"/></optional></element></define>
  <define name="id"><element name="id"><ref name="common"/>
    <data type="anyURI"><param name="pattern">[a-z][a-z0-9+.\\-]*:\\S+</param></data></element></define>
  <define name="link"><element name="link"><ref name="common"/>
    <attribute name="href"><data type="anyURI"><param name="pattern">[a-z][a-z0-9+.\\-]*:\\S+</param></data></attribute>
    <optional><attribute name="rel"><choice><value>alternate</value><value>self</value></choice></attribute></optional>
    <optional><attribute name="type">
      <data type="string"><param name="pattern">.+/.+</param></data></attribute></optional></element></define>
  <define name="words"><ref name="common"/>
    <optional><attribute name="type"><choice><value>text</value><value>html</value></choice></attribute></optional>
    <text/></define>
  <define name="date"><ref name="common"/>
    <data type="dateTime"><param name="pattern">[^Tt ]+T.+(Z|[+\\-]\\d\\d:\\d\\d)</param></data></define>
  <define name="common">
    <optional><attribute name="xml:lang"><data type="language"/></attribute></optional></define>
</grammar>
"""

#: rssboard.org/rss-specification, with the two elements of other namespaces that we use.
_RSS = f"""
<grammar {_NAMESPACE}>
  <start><element name="rss"><attribute name="version"><value>2.0</value></attribute>
    <element name="channel"><interleave>
      <ref name="title"/><ref name="link"/>
      <element name="description"><text/></element>
      <optional><element name="language"><data type="language"/></element></optional>
      <optional><element name="lastBuildDate"><ref name="date"/></element></optional>
      <optional><element name="generator"><text/></element></optional>
      <optional><element name="ttl"><data type="positiveInteger"/></element></optional>
      <element name="link" ns="http://www.w3.org/2005/Atom"><attribute name="rel"><value>self</value></attribute>
        <attribute name="type"><value>application/rss+xml</value></attribute>
        <attribute name="href"><data type="anyURI"/></attribute></element>
      <zeroOrMore><ref name="item"/></zeroOrMore>
    </interleave></element>
  </element></start>
  <define name="item"><element name="item"><interleave>
    <ref name="title"/><optional><ref name="link"/></optional>
    <element name="guid"><attribute name="isPermaLink"><value>false</value></attribute>
      <data type="string"><param name="minLength">1</param></data></element>
    <element name="pubDate"><ref name="date"/></element>
    <optional><element name="creator" ns="http://purl.org/dc/elements/1.1/"><text/></element></optional>
    <zeroOrMore><element name="category"><text/></element></zeroOrMore>
    <element name="description"><text/></element>
  </interleave></element></define>
  <define name="title"><element name="title">
    <data type="string"><param name="pattern">[\\s\\S]*\\S[\\s\\S]*</param></data></element></define>
  <define name="link"><element name="link">
    <data type="anyURI"><param name="pattern">https?://\\S+</param></data></element></define>
  <define name="date"><data type="string"><param name="pattern"
    >[MTWFS][a-z]{{2}}, \\d\\d [JFMASOND][a-z]{{2}} \\d{{4}} \\d\\d:\\d\\d:\\d\\d GMT</param
    ></data></define>
</grammar>
"""

_WHEN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
_ADDRESS = {"type": "string", "pattern": r"^https?://\S+$"}
_AUTHOR = {
    "type": "object",
    "minProperties": 1,
    "properties": {"name": {"type": "string", "minLength": 1}, "url": _ADDRESS, "avatar": _ADDRESS},
    "additionalProperties": False,
}
_AUTHORS = {"type": "array", "minItems": 1, "items": _AUTHOR}
_HUBS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "url"],
        "properties": {"type": {"type": "string", "minLength": 1}, "url": _ADDRESS},
        "additionalProperties": False,
    },
}
_ATTACHMENTS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["url", "mime_type"],
        "properties": {
            "url": _ADDRESS,
            "mime_type": {"type": "string", "pattern": "^[^/]+/[^/]+$"},
            "title": {"type": "string"},
            "size_in_bytes": {"type": "integer", "minimum": 0},
            "duration_in_seconds": {"type": "number", "minimum": 0},
        },
        "additionalProperties": False,
    },
}
_LANGUAGE = {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}
_OWN = {"^_[a-zA-Z]": {"type": "object"}}

#: All of jsonfeed.org/version/1.1, its extensions ("_name") too; `author` is what 1.0 had, and is allowed still.
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "patternProperties": _OWN,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "next_url": _ADDRESS,
        "user_comment": {"type": "string"},
        "icon": _ADDRESS,
        "favicon": _ADDRESS,
        "author": _AUTHOR,
        "authors": _AUTHORS,
        "expired": {"type": "boolean"},
        "hubs": _HUBS,
        "language": _LANGUAGE,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "patternProperties": _OWN,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": _ADDRESS,
                    "external_url": _ADDRESS,
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "summary": {"type": "string"},
                    "image": _ADDRESS,
                    "banner_image": _ADDRESS,
                    "date_published": _WHEN,
                    "date_modified": _WHEN,
                    "author": _AUTHOR,
                    "authors": _AUTHORS,
                    "attachments": _ATTACHMENTS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": _LANGUAGE,
                },
            },
        },
    },
}


def check_atom(document: bytes) -> int:
    """Hold a document against the rules of Atom; how many entries it has."""
    return _check(_ATOM, document, "{*}entry")


def check_rss(document: bytes) -> int:
    """Hold a document against the rules of RSS; how many items it has."""
    return _check(_RSS, document, "channel/item")


def _check(rules: str, document: bytes, each: str) -> int:
    schema = etree.RelaxNG(etree.fromstring(rules))
    tree = etree.fromstring(document)
    assert schema.validate(tree), schema.error_log
    return len(tree.findall(each))
