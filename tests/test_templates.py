"""Templates of the user's: what they may do, what they may not, and that a broken one loses no message."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import samples_alerts as samples
from pages import Page

from monitor.alerts.notices import NoticeView
from monitor.alerts.render import Message, render
from monitor.alerts.story import StoryView
from monitor.alerts.templates import Templates
from monitor.alerts.view import View, build


def written(folder: Path, text: str, *, file: str = "mine.md.j2", template: str = "mine") -> Message:
    (folder / file).write_text(text, encoding="utf-8")
    return render(samples.slate(), language="fr", template=template, templates=Templates(folder))


def test_a_template_writes_what_it_says_and_the_rest_stays_as_shipped(tmp_path: Path) -> None:
    message = written(
        tmp_path, "{{ view.subject }}{% for s in view.stories %}{{ cut() }}\n- {{ s.headline }}{% endfor %}"
    )
    shipped = render(samples.slate(), language="fr")
    assert message.problems == ()
    assert message.markdown.whole.count("\n- ") == 5
    assert len(message.markdown.pieces) == 6
    assert (message.html, message.text, message.subject) == (shipped.html, shipped.text, shipped.subject)


def test_a_file_named_after_a_form_is_for_every_subscription(tmp_path: Path) -> None:
    (tmp_path / "alert.txt.j2").write_text("Mine", encoding="utf-8")
    (tmp_path / "mine-digest.txt.j2").write_text("My digest", encoding="utf-8")
    own = Templates(tmp_path)
    assert render(samples.slate(), language="fr", templates=own).text == "Mine\n"
    assert render(samples.digest(), language="fr", template="mine", templates=own).text == "My digest\n"
    assert own.names() == ("mine", "short")


def test_the_short_template_is_short() -> None:
    message = render(samples.update(), language="en", template="short")
    assert message.problems == ()
    assert len(message.markdown.whole) < 200
    assert samples.URL in message.markdown.whole
    assert "in development → confirmed" in message.text
    assert render(samples.digest(), language="en", template="short") == render(samples.digest(), language="en")


BROKEN = {
    "a word is misspelt": "{{ view.storys }}",
    "the syntax is wrong": "{% for s in view.stories %}",
    "a function is not there": "{{ open('/etc/passwd') }}",
    "a filter is not there": "{{ view.subject | safe }}",
    "it fails": "{{ 1 // 0 }}",
    "it reaches inside": "{{ view.__class__.__mro__ }}",
    "it reaches inside by subscript": "{{ view['__class__'] }}",
    "it reaches inside by filter": "{{ [view] | map(attribute='__class__') | first }}",
    "it calls a method": "{{ 'x'.replace('x', 'y') }}",
    "it calls a method of a value": "{{ view.stories.count(1) }}",
    "it formats": "{{ '{0.__class__}'.format(view) }}",
    "it formats by percent": "{{ '%99999999d' % 1 }}",
    "it multiplies text": "{{ 'x' * 999999999 }}",
    "it takes a power": "{{ 9 ** 9 ** 9 }}",
    "it loops and loops": "{% for a in view.reason %}{% for b in view.reason %}{% for c in view.reason %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "a macro calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "it doubles a text": "{% set x = view.reason %}" + "{% set x = x ~ x %}" * 40,
    "it doubles a list": "{% set x = [1] %}" + "{% set x = x + x %}" * 40,
    "it doubles a block": "{% set x %}xxxxxxxxxx{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40,
    "it doubles by joining": "{% set x = view.reason %}" + "{% set x = [x, x, x, x] | join %}" * 30,
    "it includes itself": "{% include 'mine.md.j2' %}{% include 'mine.md.j2' %}",
    "it leaves the folder": "{% include '../../secret.txt' %}",
    "it turns escaping off": "{% autoescape false %}{{ view.subject }}{% endautoescape %}",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_template_gives_one_line_and_the_shipped_message(text: str, tmp_path: Path) -> None:
    message = written(tmp_path, text)
    assert message.markdown == render(samples.slate(), language="fr").markdown
    assert len(message.problems) == 1
    assert re.match(r"template mine\.md\.j2(, line 1)?: \S", message.problems[0]), message.problems
    assert "\n" not in message.problems[0]
    assert "root:" not in message.problems[0]


def test_what_a_template_prints_is_escaped_whatever_it_does(tmp_path: Path) -> None:
    evil = samples.context(
        samples.told(samples.story(title="<b>[x](https://evil.example) @everyone</b>"), "<img src=x> **a** `b`")
    )
    text = "{{ view.stories[0].headline ~ view.stories[0].quote }} {{ say('{x}', x=view.stories[0].quote) }}"
    for paper in ("html", "md", "txt"):
        (tmp_path / f"mine.{paper}.j2").write_text(text, encoding="utf-8")
    message = render(evil, language="fr", template="mine", templates=Templates(tmp_path))
    assert message.problems == ()
    assert Page(message.html).tags == []
    assert not re.search(r"[<>*`\[]|@(?!\u2060)", message.markdown.whole)
    assert not re.search(r"[<>]|@(?!\u2060)", message.plain.whole)


def test_a_template_that_is_no_name_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "secret.md.j2").write_text("secret", encoding="utf-8")
    inner = tmp_path / "templates"
    inner.mkdir()
    message = render(samples.slate(), language="fr", template="../secret", templates=Templates(inner))
    assert message == render(samples.slate(), language="fr")


def test_every_file_of_the_users_is_tried(tmp_path: Path) -> None:
    (tmp_path / "good.md.j2").write_text("{{ view.subject }}", encoding="utf-8")
    (tmp_path / "bad.md.j2").write_text("{{ view.stories[0].nosuch }}", encoding="utf-8")
    (tmp_path / "notice.html.j2").write_text("{{ view.stories[0].headline }}", encoding="utf-8")
    views = [build(context, "fr") for context in (samples.context(), samples.notice())]
    faults = Templates(tmp_path).faults(views)
    assert [fault.partition(",")[0] for fault in faults] == ["template bad.md.j2", "template notice.html.j2"]
    assert Templates().faults(views) == ()


DOCS = Path(__file__).resolve().parent.parent / "docs" / "messages.md"


@pytest.mark.parametrize("values", [View, StoryView, NoticeView])
def test_every_field_that_a_template_sees_is_documented(values: type) -> None:
    documented = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))
    assert {each.name for each in fields(values)} <= documented


def test_the_example_of_the_page_works(tmp_path: Path) -> None:
    example = re.search(r"```jinja\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    message = written(tmp_path, example[1])
    assert message.problems == ()
    assert message.markdown.whole.count("• ") == 4
    assert samples.URL in message.markdown.whole
