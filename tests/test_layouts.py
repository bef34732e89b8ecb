"""A site with several layouts: each is learned and used, and a redesign still tells itself from one layout more."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from sitepages import moved, page, paragraphs, read, taught, url

from crawler import Lesson, SiteReport, Template, Tier, decode, encode
from crawler.layouts import MOST
from crawler.templates import MISSES, is_used
from monitor.store import Store, templates

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LESSON, PLAIN = url(sample=True), url(sample=False)


@pytest.fixture(scope="module")
def learned() -> Template:
    return taught(*(page(number) for number in range(4)))


def visit(known: Template, pages: list[str], *, at: str = PLAIN) -> tuple[Template, list[Lesson | None], list[Tier]]:
    """What a site's pages teach, one after the other, and how each was read."""
    lessons, tiers = [], []
    for markup in pages:
        got = read(markup, known, at=at)
        lessons.append(got.site.lesson if got.site else None)
        tiers.append(got.tier)
        known = got.site.template if got.site else known
    return known, lessons, tiers


def of(box: str, *numbers: int) -> list[str]:
    return [page(number, box=box) for number in numbers]


@pytest.fixture(scope="module")
def two(learned: Template) -> Template:
    """A site with features in a box of their own, and news after them."""
    known, lessons, _ = visit(learned, of("dossier", 0, 1, 2, 3), at=LESSON)
    assert lessons == [Lesson.MISSED, Lesson.MISSED, Lesson.MISSED, Lesson.LEARNED]
    return visit(known, of("corps", 5))[0]


def test_a_second_layout_is_learned_and_both_are_read_by_their_templates(two: Template) -> None:
    (other,) = two.others
    assert is_used(other)
    assert other.settled
    assert two.missed == 0
    mixed = [page(number, box="dossier" if number % 2 else "corps") for number in range(12)]
    known, lessons, tiers = visit(two, mixed)
    assert (set(tiers), set(lessons), known) == ({Tier.TEMPLATE}, {None}, two)
    assert read(page(7, box="dossier"), two, at=PLAIN).text.split("\n") == paragraphs(7)


def test_p15_a_rebuilt_site_is_told_of_although_its_new_layout_was_learned_meanwhile(learned: Template) -> None:
    known, lessons, _ = visit(learned, of("nouveau", 0, 1, 2, 3), at=LESSON)
    assert lessons[-1] is Lesson.LEARNED
    known, lessons, tiers = visit(known, of("nouveau", *range(4, MISSES + 2)))
    assert set(tiers) == {Tier.TEMPLATE}, "read well all along"
    assert lessons == [*[Lesson.MISSED] * (MISSES - 5), Lesson.DROPPED, Lesson.FITS, None]
    assert known.box[-1] == 'div[class~="nouveau"]'
    assert known.others == ()


def test_p15_a_site_with_two_layouts_that_is_rebuilt_is_told_of(two: Template) -> None:
    known, lessons, _ = visit(two, of("nouveau", *range(MISSES)))
    assert lessons == [*[Lesson.MISSED] * (MISSES - 1), Lesson.DROPPED]
    assert not is_used(known)


def test_a_layout_that_is_all_there_is_for_a_while_is_no_redesign(two: Template) -> None:
    _, lessons, _ = visit(two, of("dossier", *range(3 * MISSES)))
    assert set(lessons) == {None}


@pytest.mark.parametrize("which", ["corps", "dossier"])
def test_p15_a_sample_that_differs_drops_its_own_layout_and_tells(which: str, two: Template) -> None:
    blind = replace(two, share=0.1, others=tuple(replace(one, share=0.1) for one in two.others))
    got = read(moved(9, box=which), blind, at=LESSON)
    assert got.site
    assert got.site.lesson is Lesson.DROPPED
    left = got.site.template
    assert left.box[-1] == f'div[class~="{"dossier" if which == "corps" else "corps"}"]'
    assert left.others == ()
    _, lessons, _ = visit(left, of("dossier" if which == "corps" else "corps", 5, 6))
    assert lessons == [Lesson.FITS, None], "and the alarm is over"


def test_a_site_has_so_many_layouts_and_no_more(learned: Template) -> None:
    known = learned
    for number in range(MOST + 2):
        known, _, _ = visit(known, of(f"boite{chr(97 + number)}", 0, 1, 2, 3), at=LESSON)
        known, _, _ = visit(known, of("corps", 4))
    assert len(known.others) == MOST
    assert all(is_used(one) and one.settled for one in known.others)


def test_all_layouts_cross_the_wire_and_are_kept(two: Template, store: Store) -> None:
    article = replace(read(page(9)), site=SiteReport(lesson=Lesson.FITS, template=two))
    assert decode(encode(article)) == article
    with store.write() as tx:
        templates.learned(tx, "outlet.example:443", SiteReport(lesson=Lesson.FITS, template=two), now=NOW)
        assert templates.of_host(tx, "outlet.example:443") == two
    with store.write() as tx:
        older = {name: value for name, value in asdict(two).items() if name not in {"others", "settled"}}
        assert templates._template(older) == replace(two, others=()), "what an older version kept is read"
