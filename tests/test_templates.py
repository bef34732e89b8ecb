"""A site's template: learned from Trafilatura, used, held against it on samples, and dropped when it differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
import shipped
import sitepages
from crawling import LIMITS, ask, fetch
from fakeweb import Clock, FakeWeb, Page, outlet
from origin import Origin
from origin import Page as Served
from sitepages import NOW, moved, page, paragraphs, read, taught, url

from crawler import Article, Crawler, Lesson, Limits, SiteReport, Template, Tier, decode, encode
from crawler.answers import Answer
from crawler.pages import PageReader
from crawler.templates import LESSONS, MISSES, YOUNG, is_used, overlap, samples, teaches
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.store import Store, templates


@pytest.fixture(scope="module")
def learned() -> Template:
    return taught(*(page(number) for number in range(4)))


def test_a_template_is_used_once_it_has_foretold_three_pages_in_a_row(learned: Template) -> None:
    lesson = url(sample=True)
    steps = [read(page(0), at=lesson)]
    for number in range(1, 4):
        assert steps[-1].site
        steps.append(read(page(number), steps[-1].site.template, at=lesson))
    assert [step.tier for step in steps] == [Tier.FULL] * 4
    lessons = [step.site.lesson for step in steps if step.site]
    assert lessons == [Lesson.LEARNING, Lesson.LEARNING, Lesson.LEARNING, Lesson.LEARNED]
    assert is_used(learned)
    got = read(page(9), learned)
    assert (got.tier, got.site) == (Tier.TEMPLATE, None)
    assert got.text.split("\n") == paragraphs(9)


def test_the_box_is_named_by_what_comes_again(learned: Template) -> None:
    assert learned.box == ('div[class~="page"]', 'div[class~="corps"]')


def test_the_same_page_and_template_give_the_same_text(learned: Template) -> None:
    assert read(page(9), learned) == read(page(9), learned)


def test_without_learning_nothing_is_begun_and_a_known_template_is_used(learned: Template) -> None:
    lesson = url(sample=True)
    assert read(page(0), at=lesson).site
    assert read(page(0), at=lesson, learns=False).site is None
    assert read(page(0), at=lesson, learns=False).tier is Tier.COLUMN
    assert read(page(9), learned, learns=False).tier is Tier.TEMPLATE


def test_a_sample_that_agrees_is_counted(learned: Template) -> None:
    got = read(page(9), learned, at=url(sample=True))
    assert got.tier is Tier.TEMPLATE
    assert got.site == SiteReport(lesson=Lesson.AGREED, template=replace(learned, agreed=1))


def test_samples_become_rarer(learned: Template) -> None:
    addresses = [f"https://outlet.example/{number}" for number in range(20_000)]
    young, grown = (
        sum(samples(replace(learned, agreed=agreed), one) for one in addresses) for agreed in (YOUNG - 1, YOUNG)
    )
    assert 900 < young < 1_100
    assert 170 < grown < 230


def test_p15_a_redesign_is_noticed_on_a_sample_and_the_template_dropped_at_once(learned: Template) -> None:
    blind = replace(learned, share=0.1)  # else the cheap check of every page notices it
    assert paragraphs(9)[0] not in read(moved(9), blind).text
    got = read(moved(9), blind, at=url(sample=True))
    assert got.site
    assert (got.site.lesson, got.site.template) == (Lesson.DROPPED, Template())
    assert "on a sample" in got.site.reason
    assert (got.tier, got.text.split("\n")[:8]) == (Tier.FULL, paragraphs(9))


def test_p15_a_box_that_holds_less_of_the_paragraphs_than_it_used_to_is_not_trusted(learned: Template) -> None:
    got = read(moved(9), learned)
    assert paragraphs(9)[0] in got.text
    assert got.site
    assert got.site.lesson is Lesson.MISSED


def test_p15_pages_that_it_does_not_fit_are_read_otherwise_and_in_the_end_it_is_dropped(learned: Template) -> None:
    template = learned
    for number in range(MISSES):
        got = read(page(number, box="texte"), template)
        assert got.tier is Tier.COLUMN
        assert got.text.split("\n") == paragraphs(number)
        assert got.site
        assert got.site.lesson is (Lesson.DROPPED if number == MISSES - 1 else Lesson.MISSED)
        template = got.site.template
    assert got.site
    assert (got.site.template, got.site.reason) == (Template(), f"{MISSES} pages in a row are made otherwise")


def test_a_page_that_fits_again_ends_the_row(learned: Template) -> None:
    got = read(page(9), replace(learned, missed=MISSES - 1))
    assert got.tier is Tier.TEMPLATE
    assert got.site == SiteReport(lesson=Lesson.FITS, template=learned)


def test_a_site_with_two_layouts_is_not_taken_for_rebuilt(learned: Template) -> None:
    template, lessons = learned, set()
    for number in range(70):
        site = read(page(number, box="texte" if number % 7 else "corps"), template).site
        if site:
            lessons.add(site.lesson)
            template = site.template
    assert lessons == {Lesson.MISSED, Lesson.FITS}


def test_a_page_of_another_sort_starts_the_learning_again(learned: Template) -> None:
    other = taught(page(5, box="texte"), template=replace(learned, foretold=2))
    assert (other.foretold, other.box[-1]) == (0, 'div[class~="texte"]')


def test_a_site_that_cannot_be_foretold_is_asked_about_less(learned: Template) -> None:
    tired = replace(learned, foretold=0, taught=LESSONS)
    assert not teaches(tired, url(sample=False), sure=False)
    assert teaches(tired, url(sample=True), sure=False)
    assert read(page(9), tired).tier is Tier.COLUMN


def test_a_page_that_can_be_read_without_trafilatura_is_seldom_a_lesson_and_one_that_cannot_always() -> None:
    addresses = [f"https://outlet.example/{number}" for number in range(2_000)]
    sure, unsure = (sum(teaches(Template(), one, sure=known) for one in addresses) for known in (True, False))
    assert (80 < sure < 120, unsure) == (True, 2_000)
    assert (read(page(0)).tier, read(page(0)).site) == (Tier.COLUMN, None)
    doubtful = "<div>".join(page(0).split("<p>")).replace("</p>", "</div>").replace(". ", " ").replace(",", " ")
    got = read(f"{doubtful}<div>{' '.join(sitepages.TOWNS)}</div>" * 2)
    assert (got.tier, bool(got.site)) == (Tier.FULL, True)


def test_a_box_whose_blocks_are_all_new_is_not_trusted(learned: Template) -> None:
    changed = page(9).replace("<p>", "<section class='a'><p>").replace("</p>", "</p></section>")
    got = read(changed, learned)
    assert got.tier is Tier.COLUMN
    assert got.site
    assert got.site.lesson is Lesson.MISSED


def test_texts_share_as_much_as_their_words_in_fours() -> None:
    one = "un deux trois quatre cinq six sept huit"
    assert overlap(one, one) == 1
    assert overlap(one, "neuf dix onze douze treize") == 0
    assert overlap(one, "un deux trois quatre cinq neuf dix onze") == pytest.approx(0.4)
    assert overlap("", "") == 1
    assert overlap("", one) == 0


def test_a_template_crosses_the_wire(learned: Template) -> None:
    article = replace(read(page(9)), site=SiteReport(lesson=Lesson.LEARNED, template=learned, reason="x"))
    assert decode(encode(article)) == article
    order = fetch("https://outlet.example/1", template=learned)
    assert decode(encode(order)) == order


def test_a_child_keeps_the_templates_of_so_many_sites_and_no_more() -> None:
    reader = PageReader(most=2)

    def teach(site: str, number: int) -> int:
        address = next(url for at in count() if samples(Template(), url := f"https://{site}.example/{number}?{at}"))
        answer = Answer(url=address, status=200, headers={"content-type": "text/html"}, body=page(number).encode())
        got = reader.read(answer, fetch(address), at=NOW)
        assert isinstance(got, Article)
        assert got.site
        return got.site.template.taught

    assert [teach("lune", 1), teach("mars", 1), teach("lune", 2), teach("venus", 1)] == [1, 1, 2, 1]
    assert len(reader) == 2
    assert [teach("lune", 3), teach("mars", 2)] == [3, 1]  # the site that changed longest ago was forgotten


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as running:
        yield running


def test_a_child_learns_as_it_goes_and_tells_what_its_successor_needs(crawler: Crawler) -> None:
    with Origin({f"/{number}": Served(body=page(number).encode()) for number in range(300)}) as site:
        lessons = [number for number in range(300) if samples(Template(), site.url(f"/{number}"))]
        plain = [number for number in range(300) if number not in lessons]
        got = [ask(crawler, fetch(site.url(f"/{number}")))[0] for number in (*lessons[:4], plain[0])]
        assert [record.tier for record in got if isinstance(record, Article)] == [*[Tier.FULL] * 4, Tier.TEMPLATE]
        last = got[3]
        assert isinstance(last, Article)
        assert last.site
        with Crawler(LIMITS) as successor:
            (after,) = ask(successor, fetch(site.url(f"/{plain[1]}"), template=last.site.template))
        assert isinstance(after, Article)
        assert after.tier is Tier.TEMPLATE


def test_what_a_page_taught_is_kept_by_host(store: Store, learned: Template, now: datetime) -> None:
    with store.write() as tx:
        assert templates.of_host(tx, "outlet.example:443") is None
        assert not templates.learned(
            tx, "outlet.example:443", SiteReport(lesson=Lesson.LEARNED, template=learned), now=now
        )
    with store.write() as tx:
        assert templates.of_host(tx, "outlet.example:443") == learned
        dropped = SiteReport(lesson=Lesson.DROPPED, template=Template(), reason="redesigned")
        assert templates.learned(tx, "outlet.example:443", dropped, now=now)
        assert not templates.learned(tx, "h" * 500, dropped, now=now)
    with store.read() as tx:
        assert templates.of_host(tx, "outlet.example:443") == Template()


def test_the_daemon_sends_a_template_down_with_the_next_order(tmp_path: Path, learned: Template) -> None:
    clock = Clock()
    web = FakeWeb(clock=clock)
    report = SiteReport(lesson=Lesson.DROPPED, template=learned, reason="made otherwise")
    web.publish("lune", "https://lune.example/1", Page(title="Un", text="Une page.", site=report))
    logged: list[str] = []
    config = Config(
        data_dir=tmp_path,
        store=StoreConfig(url=f"sqlite:///{tmp_path}/c.db"),
        crawl=CrawlConfig(limits=Limits(delay=0.0)),
        sources=(outlet("lune"),),
    )
    for text in ("Une page.", "Une autre."):
        monitor = Monitor(
            config,
            crawler=web,
            terminal=lambda _said: None,
            clock=clock,
            logger=lambda event, **_keys: logged.append(event),
            classifier=shipped.classifier(),
        )
        monitor.tick(clock())
        while monitor.crawling.step(0) or monitor.crawling.busy:
            pass
        monitor.close()
        clock.forward(hours=1)
        web.publish("lune", "https://lune.example/2", Page(title="Deux", text=text))
    assert web.carried == {"https://lune.example/1": None, "https://lune.example/2": learned}
    assert logged.count("template_dropped") == 1
