"""Are two titles one work? By name or by a slip of the pen, and by who makes and who buys it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from monitor.decide import near
from monitor.decide.clusters import Cluster, says_remake, season_of, works_of
from monitor.decide.cues import bought_by, buyers, known_by, persons
from monitor.decide.lore import Lore, Rules
from monitor.decide.naming import head_and_rest, title_key
from monitor.decide.provenance import origin_said, origin_told
from monitor.decide.sidebyside import Shown
from monitor.decide.slips import Kin, numbered_apart, slip
from monitor.decide.translations import Fit, fit, meanings
from monitor.telling import Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, Origin, Status

#: A slip of the pen is believed while the fact is news.
TYPO_WINDOW = timedelta(days=60)
#: A subtitle is left out while the fact is news; another work of that name may come later.
_SUBTITLE_WINDOW = timedelta(days=10)
_SHARED_WINDOW = timedelta(days=30)  #: of partners who each tell of their own part
_UNSAID_WINDOW = timedelta(days=10)  #: of an outlet that leaves the buyer out as well
#: What is told this close together is one piece of news: what looks alike then is hardly ever two.
SAME_NEWS = timedelta(days=2)
#: So many outlets that spell a title alike know how it is spelt; who writes it otherwise on those days has it wrong.
_USUAL = 3
#: Outlets leave out that a work is a remake; an original is older than this when it is remade.
_REMAKE_WINDOW = timedelta(days=90)


def same_work(told: Told, cluster: Cluster, rules: Rules, shown: Shown) -> bool:
    """Compare titles: of one work, or one of them misspelt; and the same buyer, or people in common."""
    title = told.announcement.title or ""
    apart = told.telling.at - cluster.last
    if not works_of(told, rules) & cluster.works and title_key(title) not in cluster.keys:
        read_otherwise = (_misspelt, _shortened, _translated)
        return any(reads(told, cluster, rules, shown, apart) for reads in read_otherwise)
    if all(numbered_apart(title_key(title), other) for other in cluster.keys):
        return False  # "Paris Police 1905" is known as "Paris Police 1900", and is told as news of its own
    if persons(told.announcement.people) & cluster.people:
        return True
    if _of_another_form(told.announcement, cluster, rules):
        return False
    return not _remade(told, cluster, rules, apart) and _one_buyer(told, cluster, rules, shown, apart)


def _of_another_form(said: Announcement, cluster: Cluster, rules: Rules) -> bool:
    """Tell whether one is a film and the other a series, as each is called where it is announced."""
    forms = {near.form(one.announcement, rules.lore) for one in cluster.told} - {None}
    mine = near.form(said, rules.lore)
    return mine is not None and bool(forms) and mine not in forms


def _remade(told: Told, cluster: Cluster, rules: Rules, apart: timedelta) -> bool:
    """Tell whether one is another country's work of that name, or a remake where the other is none."""
    said = told.announcement
    if {origin_told(said, rules.lore), cluster.origin} == {Origin.FRENCH, Origin.FOREIGN} and not _misread(
        told, cluster, rules, apart
    ):
        return True
    return says_remake(said, rules.lore) is not cluster.remake and apart > _REMAKE_WINDOW


def _one_buyer(told: Told, cluster: Cluster, rules: Rules, shown: Shown, apart: timedelta) -> bool:
    """Tell whether nobody else buys it, or two who share it, as an outlet says that names both."""
    said = told.announcement
    mine = buyers(bought_by(said, cluster.platforms), rules.groups)
    if not mine or not cluster.buyers:
        return True
    if mine & cluster.buyers:
        return not _of_a_sibling(said, cluster, rules)
    shared = bool(shown.partners(cluster.works, mine) & cluster.buyers)
    return (shared or _coproduced(told, cluster, rules, apart)) and not _by_others(said, cluster, rules)


def _coproduced(told: Told, cluster: Cluster, rules: Rules, apart: timedelta) -> bool:
    """Tell whether two buyers of whom no article says that they share a work do, or one of them is an outlet's mistake.

    Where one is at home and one abroad or a streamer, they share it if a producer or the text is the same, or one of
    the articles says that the work is shared. Two French broadcasters hardly ever do: told of one producer, or in the
    same words, within days, or corrected by one article, it is one work none the less, and one outlet is wrong.
    """
    said, lore = told.announcement, rules.lore
    if apart > _SHARED_WINDOW:
        return False
    producers = persons(name for one in cluster.told for name in one.announcement.producers)
    alike = any(near.alike(told.shingles, one.shingles) for one in cluster.told)
    same = bool(persons(said.producers) & producers) or alike
    at_home = [bool(lore.at_home.intersection(names)) for names in (said.platforms, cluster.platforms)]
    if at_home[0] is at_home[1]:
        return (same and apart <= _UNSAID_WINDOW) or _corrected(told, cluster, lore)
    sentences = (said.evidence.sentence, *(one.announcement.evidence.sentence for one in cluster.told))
    return same or any(lore.shared.search(sentence) for sentence in sentences)


def _corrected(told: Told, cluster: Cluster, lore: Lore) -> bool:
    """Tell whether an announcing sentence says that it is not the platform that the other outlet named."""
    sides = [(told.announcement, cluster.platforms)]
    sides += [(one.announcement, frozenset(told.announcement.platforms)) for one in cluster.told]
    return any(_denies(said.evidence.sentence, name, lore) for said, names in sides for name in names)


def _denies(sentence: str, name: str, lore: Lore) -> bool:
    after = (sentence[found.end() :] for found in lore.instead.finditer(sentence))
    return any(f" {title_key(words)} ".startswith(f" {title_key(name)} ") for words in after)


def _misread(told: Told, cluster: Cluster, rules: Rules, apart: timedelta) -> bool:
    """Tell whether one outlet has a work's origin wrong: the same news, and nothing that speaks of two works.

    Where both sentences say where their work is from, they are two, and so are new works where the foreign one does. A
    new French work after a foreign one may be its remake, and is told; one that goes on is none.
    """
    said = told.announcement
    if (said.people and cluster.people) or says_remake(said, rules.lore) is not cluster.remake:
        return False
    outright = cluster.outright | {origin for origin in (origin_said(said, rules.lore),) if origin}
    if outright >= {Origin.FRENCH, Origin.FOREIGN}:
        return False
    if said.status is Status.DENIED:
        return True  # what is denied was told before
    if apart > SAME_NEWS:
        return False
    return said.kind is not Kind.NEW_ORIGINAL or not (
        origin_told(said, rules.lore) is Origin.FRENCH or Origin.FOREIGN in outright
    )


def _by_others(said: Announcement, cluster: Cluster, rules: Rules) -> bool:
    """Tell whether other people make it, or it is of a sort that the other work can't be."""
    mine = persons(said.people)
    if mine and cluster.people:
        return mine.isdisjoint(cluster.people)
    sorts = frozenset[str]().union(*(near.genres(one.announcement, rules.lore) for one in cluster.told))
    return near.at_odds(near.genres(said, rules.lore), sorts)


def _of_a_sibling(said: Announcement, cluster: Cluster, rules: Rules) -> bool:
    """Tell whether another work of that name is made for another channel of the buyer's: France 2, France 3.

    By other people, or, where they are not named, of another sort: a comedy is no thriller.
    """
    if cluster.platforms.intersection(bought_by(said, cluster.platforms)):
        return False
    return _by_others(said, cluster, rules)


def _misspelt(told: Told, cluster: Cluster, rules: Rules, shown: Shown, apart: timedelta) -> bool:
    """Tell whether a title is another one misspelt; the more else they share, the more slips are believed."""
    said, title = told.announcement, told.announcement.title or ""
    mine = buyers(bought_by(said, cluster.platforms), rules.groups)
    people = bool(persons(said.people) & cluster.people)
    shared = bool(mine & cluster.buyers) and not _of_a_sibling(said, cluster, rules)
    unsaid = not (mine and cluster.buyers) and apart <= _UNSAID_WINDOW
    if apart > TYPO_WINDOW or not (shared or people or unsaid) or (not people and _by_others(said, cluster, rules)):
        return False
    season = cluster.season is not None and cluster.season == season_of(said)
    alone = apart <= SAME_NEWS and len({one.telling.outlet for one in cluster.told}) >= _USUAL
    copied = any(near.alike(told.shingles, one.shingles) for one in cluster.told)
    kin = Kin(sure=people or copied, season=shared and season, usual=alone, soon=apart <= SAME_NEWS)
    key = title_key(title)
    return any(
        slip(title, other, kin, rules.lore.spelling)
        and not (rules.names.known(title) and rules.names.known(other))
        and frozenset({key, title_key(other)}) not in shown.apart
        and (kin.sure or kin.season or not {key, title_key(other)} <= shown.meant)
        for other in cluster.titles
    )


def _shortened(told: Told, cluster: Cluster, rules: Rules, shown: Shown, apart: timedelta) -> bool:
    """Tell whether a title is another one without its subtitle, or with one: by buyer and season, within days.

    Two subtitles are two works, and so is what a known work's name begins, or what either calls a work beside another.
    """
    said, title = told.announcement, told.announcement.title or ""
    head, rest = head_and_rest(title)
    bought = buyers(bought_by(said, cluster.platforms), rules.groups) & cluster.buyers
    if apart > _SUBTITLE_WINDOW or not bought or cluster.season != season_of(said) or _by_others(said, cluster, rules):
        return False
    if said.kind is Kind.NEW_ORIGINAL and rules.names.known(head):
        return False
    sentences = (said.evidence.sentence, *(one.announcement.evidence.sentence for one in cluster.told))
    if any(rules.lore.offshoot.search(sentence) for sentence in sentences):
        return False
    others = [head_and_rest(other) for other in cluster.titles]
    beside = any(frozenset({title_key(title), title_key(other)}) in shown.apart for other in cluster.titles)
    return not beside and _one_subtitle(rest, others) and any(head == other for other, _ in others)


def _translated(told: Told, cluster: Cluster, rules: Rules, shown: Shown, apart: timedelta) -> bool:
    """Tell whether a title is another one in another language: by buyer and season, within days.

    Where only part of it is, a person, a star or the text is the same, too, or within two days a producer, or a subject
    that no title names.
    """
    said, title = told.announcement, told.announcement.title or ""
    bought = buyers(bought_by(said, cluster.platforms), rules.groups) & cluster.buyers
    if apart > _SUBTITLE_WINDOW or not bought or cluster.season != season_of(said) or _by_others(said, cluster, rules):
        return False
    if _of_another_form(said, cluster, rules) or _of_a_sibling(said, cluster, rules):
        return False
    fits = [
        fit(title, other, rules.lore)
        for other in cluster.titles
        if not (rules.names.known(title) and rules.names.known(other))
        if frozenset({title_key(title), title_key(other)}) not in shown.apart
    ]
    best = max(fits, default=Fit.NOTHING)
    soon = apart <= SAME_NEWS
    return best is Fit.WHOLE or (best is Fit.PART and any(_of_one_hand(told, one, rules, soon) for one in cluster.told))


def _of_one_hand(one: Told, other: Told, rules: Rules, soon: bool) -> bool:
    """Tell whether two tellings share a person, a star or their text; soon after, a producer or a subject will do."""
    a, b = one.announcement, other.announcement
    if known_by(a) & known_by(b) or near.alike(one.shingles, other.shingles):
        return True
    titles = frozenset[str]().union(*(meanings(name, rules.lore) for name in (*one.titles, *other.titles)))
    return soon and bool(
        persons(a.producers) & persons(b.producers) or _subjects(a, rules) & _subjects(b, rules) - titles
    )


def _subjects(said: Announcement, rules: Rules) -> set[str]:
    subjects = rules.lore.subjects
    return {subjects[word] for word in title_key(said.evidence.sentence).split() if word in subjects}


def _one_subtitle(rest: str, others: Sequence[tuple[str, str]]) -> bool:
    """Tell whether there is but one subtitle, which begins as no numbered part does: "Carthage : saison 2"."""
    subtitles = {rest, *(other for _, other in others)} - {""}
    return len(subtitles) == 1 and not any(char.isdigit() for char in min(subtitles))
