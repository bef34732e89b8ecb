"""READ THIS FIRST: the story of one article, from an outlet's listing to a message in an inbox.

    listing   due source  -> poll -> `listed`: known? stale? promising?        -> entries, each with a fetch job
    page      fetch job   -> fetch -> `read` or `rejected`                     -> text, or the reason why not
    reading   text        -> classifier                                        -> announcements with evidence
    doubting  unsure ones -> the second reader, if there is one, aside         -> surer, or denied
    deciding  announcements + known stories -> place, owed                     -> a Decision
    keeping   everything the article caused, in one transaction                -> owed deliveries, each with a job
    telling   deliver job -> render -> send -> `told`                          -> sent, or tried again later, or dead

Judgements are pure and live in `monitor.decide`; this module performs them in order and decides nothing itself.
Each step is one transaction that also ends its job, so a crash between any two steps repeats a step and loses none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import crawler
from crawler import Article, Listing, Rejected
from monitor import owing, queue, retitling
from monitor.alerts.backoff import backoff
from monitor.alerts.deliver import Sent
from monitor.articles import document_of, from_listing
from monitor.classifier import Classifier
from monitor.decide import besides, denials, matching, news, polls, rules, tries
from monitor.decide.entries import EntryVerdict
from monitor.decide.lore import Lore, Rules
from monitor.decide.naming import Names
from monitor.decide.othertitles import with_other_titles
from monitor.decide.retitles import told_as_one
from monitor.decide.rulebook import Rulebook
from monitor.entering import Entered, Reading, enter, settle
from monitor.manners import Manners, by_title
from monitor.placing import place
from monitor.queue import Job, JobKind, Owed
from monitor.rhythm import Bounds
from monitor.sifting import Sieve
from monitor.store import Store, Tx, articles, beside, deliveries, entries, hubs, pages, sources, templates
from monitor.subscribing import Subscription
from monitor.tally import Listed
from monitor.types import Announcement, Decision, Source, SourceState, Story, Watch
from monitor.vocabulary import Outcome

Log = Callable[..., None]  #: log(event, key=value, ...)
Found = Sequence[Announcement]  #: what was read in an article


@dataclass(frozen=True, kw_only=True, slots=True)
class Pipeline:
    """The steps, with what they need: a store, a reader, and the rules of this installation."""

    store: Store
    classifier: Classifier
    sources: Mapping[str, Source]
    subscriptions: Sequence[Subscription]
    fresh: timedelta  #: how old news may be and still alert
    send_tries: int = 40
    groups: Mapping[str, str] = field(default_factory=dict)  #: platform name -> owner
    names: Names = field(default_factory=Names)  #: other names of works
    lore: Lore = field(default_factory=Lore)  #: what tells works and projects apart
    watch: Watch = field(default_factory=Watch)  #: what `watchlist = true` means
    bounds: Bounds = Bounds()  #: of the time between two polls
    manners: Manners = field(default_factory=Manners)
    log: Log = lambda *_args, **_keys: None
    rulebook: Rulebook = field(init=False)  #: the subscriptions, made ready

    def __post_init__(self) -> None:
        made = Rulebook(self.subscriptions, works_of=self.names.works, watch=self.watch, groups=self.groups)
        object.__setattr__(self, "rulebook", made)

    # -- listing: which entries are worth a page? --------------------------------------------------------------

    def listed(self, job: Job, listing: Listing, *, now: datetime, offline: bool = False) -> Listed:
        """Store how a poll went, and owe a fetch for each entry that is new and worth it, in one transaction."""
        with self.store.write() as tx:
            queue.end(tx, job, now)
            (report,) = self.keep_listed(tx, [(job, listing)], now=now, offline=offline)
        return report

    def keep_listed(
        self, tx: Tx, polled: Sequence[tuple[Job, Listing]], *, now: datetime, offline: bool = False
    ) -> list[Listed]:
        """Store how polls of several sources went, and what is owed for them; their jobs are ended already."""
        states = sources.states_of(tx, [listing.source for _, listing in polled])
        reports = [self._listed(tx, states, listing, now, offline=offline) for _, listing in polled]
        sources.polled_all(tx, list(states.values()))
        self.manners.note_all(tx, [(job.host, listing) for job, listing in polled], now=now)
        return reports

    def _listed(
        self, tx: Tx, states: dict[str, SourceState], listing: Listing, now: datetime, *, offline: bool
    ) -> Listed:
        """Judge and enter what a source listed; its new state takes the place of the old one."""
        source = self.sources[listing.source]
        state = states.get(source.id) or SourceState(id=source.id, next_poll_at=now)
        sieve = Sieve(fresh=self.fresh, prospect=self.classifier.prospect, manners=self.manners, log=self.log)
        verdicts = sieve.sift(tx, source, state, listing, now=now)
        decisions = self._enter(tx, source, verdicts, now)
        found = [verdict.entry.published for verdict in verdicts]
        covered = state.rhythm.hints.hub is not None and hubs.covers(tx, source.id, now=now)
        states[source.id] = polls.after_poll(
            state, source, listing, self.bounds, new=found, now=now, offline=offline, covered=covered
        )
        report = Listed(
            source=source.id,
            status=listing.status,
            listed=len(listing.entries),
            fetches=sum(verdict.fetch for verdict in verdicts),
            skipped=sum(verdict.outcome is not None for verdict in verdicts),
            decisions=tuple(decisions),
        )
        level = "debug" if offline else "info" if polls.answered(listing) else "warning"
        counted = {"entries": report.listed, "new": len(verdicts), "fetches": report.fetches}
        self.log("listed", level=level, source=source.id, status=str(listing.status), reason=listing.error, **counted)
        return report

    def _enter(self, tx: Tx, source: Source, verdicts: Sequence[EntryVerdict], now: datetime) -> list[Decision]:
        """Enter what is new, owe the pages, and read what is read by its title and summary."""
        ids = entries.add_all(tx, source.id, verdicts, now=now)
        entered = list(zip(map(str, ids), verdicts, strict=True))
        gates = {one: crawler.gate_key(verdict.entry.listed_url) for one, verdict in entered if verdict.fetch}
        fetch = JobKind.FETCH
        owed = [Owed(kind=fetch, key=one, host=gate, due_at=now, payload=one) for one, gate in gates.items()]
        queue.enqueue_all(tx, owed)
        read = [(int(one), from_listing(each.entry, source, now), each) for one, each in entered if each.read_listing]
        readings = [
            Reading(entry_id=one, article=article, source=source, found=self.classify(article), note=each.reason)
            for one, article, each in read
        ]
        return self.keep_all(tx, readings, now=now)

    # -- page: an article, or why not --------------------------------------------------------------------------

    def read(self, job: Job, article: Article, *, now: datetime, announcements: Found | None = None) -> Decision:
        """Read an article (unless that was done), decide what it changes, and keep all of it, in one transaction."""
        if announcements is None:
            announcements = self.classify(article)  # before the transaction: others wait for its lock
        with self.store.write() as tx:
            queue.end(tx, job, now)
            (decision,) = self.keep_read(tx, [(job, article, announcements)], now=now)
        return decision

    def keep_read(self, tx: Tx, read: Sequence[tuple[Job, Article, Found]], *, now: datetime) -> list[Decision]:
        """Decide what articles change, one after the other, and keep all of it; their jobs are ended already."""
        self.manners.note_all(tx, [(job.host, article) for job, article, _ in read], now=now)
        pages.note_all(tx, [article for _, article, _ in read])
        for _, article, _ in read:
            if article.site and templates.learned(tx, crawler.host_key(article.listed_url), article.site, now=now):
                self.log("template_dropped", level="warning", source=article.source, reason=article.site.reason)
        readings = [
            Reading(entry_id=int(job.payload), article=article, source=self.sources[article.source], found=found)
            for job, article, found in read
        ]
        return self.keep_all(tx, readings, now=now)

    def rejected(self, job: Job, rejected: Rejected, *, now: datetime) -> Decision | None:
        """End an entry that yields no article, or owe another try; None when it is tried again."""
        reason = f"{rejected.reason}: {rejected.detail}" if rejected.detail else str(rejected.reason)
        with self.store.write() as tx:
            self.manners.note(tx, job.host, rejected, now=now)
            stored = entries.get(tx, int(job.payload))
            seen = stored.first_seen if stored else now
            decision, again_at = None, tries.next_fetch(rejected, first_seen=seen, fresh=self.fresh, now=now)
            if by_title(rejected):
                decision, again_at = self.read_listing(tx, job, reason, now), None
            elif again_at is not None:
                queue.keep_lease(queue.retry(tx, job, due_at=again_at, error=reason), job)
            else:
                decision = self._reject(tx, job, reason, now)
                pages.note(tx, rejected)
        self.log("rejected", source=rejected.source, url=rejected.url, reason=reason, again_at=again_at)
        return decision

    def read_listing(self, tx: Tx, job: Job, reason: str, now: datetime) -> Decision:
        """Read an entry by title and summary, published for that purpose; a sitemap may have given neither."""
        stored = entries.get(tx, int(job.payload))
        if stored is None or not stored.entry.title:
            return self._reject(tx, job, reason, now)
        source = self.sources[stored.entry.source]
        article = from_listing(stored.entry, source, now)
        decision = self.keep(tx, int(job.payload), article, source, self.classify(article), note=reason, now=now)
        queue.end(tx, job, now)
        return decision

    def _reject(self, tx: Tx, job: Job, reason: str, now: datetime) -> Decision:
        entries.settle(tx, int(job.payload), outcome=Outcome.REJECTED, reason=reason, now=now)
        queue.end(tx, job, now)
        return Decision(outcome=Outcome.REJECTED, reason=reason)

    # -- reading, deciding, keeping ----------------------------------------------------------------------------

    def classify(self, article: Article) -> tuple[Announcement, ...]:
        """Read what an article announces."""
        document = document_of(article)
        found = told_as_one(with_other_titles(denials.told_once(self.classifier.read(document)), document), document)
        return besides.with_days(found, document, told=(article.published or article.fetched_at).date())

    def keep(
        self,
        tx: Tx,
        entry_id: int,
        article: Article,
        source: Source,
        announcements: Found,
        *,
        now: datetime,
        note: str | None = None,
    ) -> Decision:
        """Decide what an article changes, and store it with all that it causes.

        A `note` says why its page was not read. What is too unsure to be announced was denied by the second reader:
        it is stored, and changes nothing.
        """
        reading = Reading(entry_id=entry_id, article=article, source=source, found=announcements, note=note)
        (decision,) = self.keep_all(tx, [reading], now=now)
        return decision

    def keep_all(self, tx: Tx, readings: Sequence[Reading], *, now: datetime) -> list[Decision]:
        """Decide what articles change, one after the other, and store them with all that they cause."""
        readings = [retitling.heard(tx, one) for one in readings]
        entered = enter(tx, readings, floor=self.classifier.floor, now=now)
        decisions = [self._keep(tx, one, now) for one in entered]
        settle(tx, entered, decisions, now=now)
        for one, decision in zip(entered, decisions, strict=True):
            self._note(one.reading.source, one.reading.article, decision)
        return decisions

    def _keep(self, tx: Tx, one: Entered, now: datetime) -> Decision:
        """Decide what an article changes, and store what that makes of stories and owes."""
        if one.twin is not None:
            return one.twin
        reading = one.reading
        decision = self._decide(tx, one, now=now)
        if reading.note:
            decision = replace(decision, reason=f"{decision.reason} (by title and summary: {reading.note})")
        found = (*one.page.announcements, *one.denied)
        placed = (*decision.placed, *[None] * (len(found) - len(decision.placed)))  # what was denied is in no story
        articles.announce(tx, reading.entry_id, found, placed, shingles=one.page.shingles)
        owing.owe(tx, decision.deliveries)
        return decision

    def _note(self, source: Source, article: Article, decision: Decision) -> None:
        stories = [change.story.id for change in decision.changes]
        read = {"source": source.id, "url": article.url, "title": article.title, "reason": decision.reason}
        self.log(str(decision.outcome), **read, stories=stories, owed=len(decision.deliveries))

    def _decide(self, tx: Tx, one: Entered, *, now: datetime) -> Decision:
        page, article, muted = one.page, one.reading.article, one.muted
        placed = place(tx, page, Rules(names=self.names, groups=self.groups, lore=self.lore))
        told_at = page.telling.at
        touched = [change.story.id for change in (*placed.changes, *placed.joined)]
        owed = rules.owed(
            placed.changes,
            placed.joined,
            Rulebook() if muted else self.rulebook,
            told=deliveries.told(tx, touched),
            article_url=article.url,
            reading=matching.reading(article, one.reading.source, page.announcements),
            told_at=told_at,
            fresh=self.fresh,
            now=now,
        )
        now_known = {change.story.id: change.story for change in (*placed.changes, *placed.joined)}
        timed = owing.timed(tx, owed, self.subscriptions, now_known, now=now)
        readers = {(one.subscription, one.target) for one in timed}
        news_to = [one for one in owed if (one.subscription, one.target) in readers]
        decision = news.conclude(placed, news_to, age=now - told_at, fresh=self.fresh, muted=muted)
        return replace(decision, deliveries=timed)

    # -- telling -----------------------------------------------------------------------------------------------

    def told(
        self, job: Job, sent: Sent, *, now: datetime, stories: Sequence[Story] = (), also: Sequence[str] = ()
    ) -> None:
        """Store how sending went, and of which stories: done, `also` for others; tried again later; dead and listed."""
        again_at = tries.next_send(
            sent.result,
            retry_after=sent.retry_after,
            wait=backoff(job.attempts, seed=job.key),
            attempts=job.attempts,
            tries=self.send_tries,
            now=now,
        )
        with self.store.write() as tx:
            if sent.result == "sent":
                deliveries.sent(tx, job.payload, now=now, stories=stories)
                beside.sent(tx, also, by=job.payload, now=now, stories=stories)
                queue.end(tx, job, now)
            else:
                deliveries.failed(tx, job.payload, error=sent.detail, next_try_at=again_at, now=now)
                if again_at is not None:
                    queue.keep_lease(queue.retry(tx, job, due_at=again_at, error=sent.detail), job)
                else:
                    queue.keep_lease(queue.dead(tx, job, error=sent.detail, now=now), job)
        self.log(
            "delivery", result=sent.result, target=job.host, delivery=job.payload, reason=sent.detail, again_at=again_at
        )
