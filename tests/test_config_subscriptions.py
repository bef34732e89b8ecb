"""[[subscriptions]]: what is asked, when it goes out, presets underneath, and every mistake in one line."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor import config
from monitor.config import ConfigError
from monitor.subscribing import INSTANT, USUAL, Deliver, Match, Quiet, Rhythm, Subscription
from monitor.vocabulary import Kind, Status, WorkType

HEAD = '[[subscriptions]]\nname = "a"\ntargets = ["terminal"]\n'


def load(folder: Path, text: str) -> Subscription:
    path = folder / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return config.load(path, env={}, data_dir=folder).subscriptions[0]


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    return list(caught.value.mistakes)


def test_a_name_and_a_target_are_enough(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Subscription(name="a", targets=("terminal",))


@pytest.mark.parametrize(
    ("phrase", "deliver", "shown"),
    [
        ("instant", INSTANT, "instant"),
        ("daily 8:00", Deliver(rhythm=Rhythm.DAILY, at=time(8)), "daily 08:00"),
        ("Daily 20h30", Deliver(rhythm=Rhythm.DAILY, at=time(20, 30)), "daily 20:30"),
        ("weekly mon 08:00", Deliver(rhythm=Rhythm.WEEKLY, weekday=0, at=time(8)), "weekly mon 08:00"),
        ("weekly Sunday 7h", Deliver(rhythm=Rhythm.WEEKLY, weekday=6, at=time(7)), "weekly sun 07:00"),
        ("weekly mer. 23:59", Deliver(rhythm=Rhythm.WEEKLY, weekday=2, at=time(23, 59)), "weekly wed 23:59"),
        ("cron 0 8 * * 1-5", Deliver(rhythm=Rhythm.CRON, cron="0 8 * * 1-5"), "cron 0 8 * * 1-5"),
    ],
)
def test_when_messages_go_out(tmp_path: Path, phrase: str, deliver: Deliver, shown: str) -> None:
    read = load(tmp_path, f'deliver = "{phrase}"').deliver
    assert read == deliver
    assert str(read) == shown
    assert load(tmp_path, f'deliver = "{read}"').deliver == deliver


@pytest.mark.parametrize(("text", "most"), [("", 20), ("max_per_hour = 0", None)])
def test_an_hour_has_its_most_unless_told_otherwise(tmp_path: Path, text: str, most: int | None) -> None:
    assert load(tmp_path, text).max_per_hour == most


def test_hours_of_silence_may_span_midnight(tmp_path: Path) -> None:
    read = load(tmp_path, 'quiet = "22:00-7h30"\nzone = "America/Montreal"\nmax_per_day = 10\nmax_per_hour = 5')
    assert read.quiet == Quiet(start=time(22), end=time(7, 30))
    assert str(read.quiet) == "22:00-07:30"
    assert read.zone == "America/Montreal"
    assert (read.max_per_day, read.max_per_hour) == (10, 5)
    covered = [read.quiet.covers(time(hour)) for hour in (0, 7, 8, 21, 22, 23)]
    assert covered == [True, True, False, False, True, True]
    noon = Quiet(start=time(12), end=time(14))
    assert [noon.covers(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_what_is_certain_goes_at_once_and_the_rest_as_the_subscription_says(tmp_path: Path) -> None:
    read = load(
        tmp_path, 'deliver = "weekly fri 18:00"\nescalate = { confirmed = "instant", rumoured = "daily 08:00" }'
    )
    assert str(read.escalate.of(Status.CONFIRMED)) == "instant"
    assert str(read.escalate.of(Status.RUMOURED)) == "daily 08:00"
    assert read.escalate.of(Status.IN_DEVELOPMENT) is None
    assert str(read.deliver) == "weekly fri 18:00"


def test_matches_are_nested_and_a_key_left_out_in_there_means_anything(tmp_path: Path) -> None:
    text = """
    [subscriptions.match]
    kinds = []
    [[subscriptions.match.any]]
    works = ["Lupin"]
    [[subscriptions.match.any]]
    people = ["Camille Untel"]
    none = [{ work_types = ["film"] }]
    """
    read = load(tmp_path, text).match
    assert read.kinds == frozenset()
    assert read.origins == USUAL.origins
    assert read.any == (
        Match(works=("Lupin",)),
        Match(people=("Camille Untel",), none=(Match(work_types=frozenset({WorkType.FILM})),)),
    )


def test_a_preset_lies_under_what_the_user_says(tmp_path: Path) -> None:
    read = load(tmp_path, 'preset = "renewals"\nmatch.platforms = ["Netflix"]\nmatch.kinds = ["renewal"]')
    assert read.match.kinds == {Kind.RENEWAL}
    assert read.match.statuses == {Status.CONFIRMED}
    assert read.match.platforms == ("Netflix",)
    assert read.preset == "renewals"
    everything = load(tmp_path, 'preset = "everything"')
    assert everything.match == Match()
    assert str(everything.deliver) == "daily 08:00"
    assert str(load(tmp_path, 'preset = "everything"\ndeliver = "instant"').deliver) == "instant"
    assert load(tmp_path, 'preset = "french-originals"').match == USUAL
    assert load(tmp_path, 'preset = "one-show"\nmatch.works = ["Lupin"]').match.works == ("Lupin",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('kinds = ["renewal"]', "mine.toml:4: [[subscriptions]] no. 1: kinds: moved to match: write match.kinds"),
        ("min_confidence = 1", "mine.toml:4: [[subscriptions]] no. 1: min_confidence: moved to match: write match.min"),
        ('match.kind = ["renewal"]', 'no. 1: match kind: unknown key; did you mean "kinds"?'),
        ('match.quiet = "1"', "mine.toml:4: [[subscriptions]] no. 1: match quiet: belongs to the subscription, beside"),
        ('[subscriptions.match]\nkind = ["a"]', "mine.toml:5: [[subscriptions]] no. 1: match kind: unknown key"),
        ('match.any = [{ origin = ["french"] }]', 'match any no. 1 origin: unknown key; did you mean "origins"?'),
        ('match.none = [{ kinds = ["renewals"] }]', 'match none no. 1 kinds no. 1: "renewals" is not one of new_'),
        ("match.none = [{}]", "mine.toml:4: [[subscriptions]] no. 1: match none no. 1: says nothing, so it would hold"),
        ('match.any = [{ all = [{}], works = ["a"] }]', "match any no. 1 all no. 1: says nothing"),
        ('match.words = ["..."]', 'match words no. 1: "..." must be text with a letter or a digit in it'),
        (
            'deliver = "dayly 08:00"',
            '"dayly 08:00" must be "instant", "daily 08:00", "weekly mon 08:00" or "cron 0 8 *',
        ),
        ('deliver = "dayly 08:00"', 'did you mean "daily"?'),
        ('deliver = "daily"', 'mine.toml:4: [[subscriptions]] no. 1: deliver: "daily" must be "instant"'),
        ('deliver = ""', "deliver: must not be empty"),
        ('deliver = "daily 24:00"', 'deliver: "24:00" is no time of day; write it like "08:00"'),
        (
            'deliver = "weekly mod 08:00"',
            '"mod" is no day of the week: mon, tue, wed, thu, fri, sat, sun; did you',
        ),
        ('deliver = "cron 0 8 * *"', '"cron 0 8 * *" needs five fields (minute, hour, day, month, weekday), not 4'),
        ('deliver = "cron 0 25 * * *"', '"cron 0 25 * * *": bad hour'),
        ('deliver = "cron 0 0 31 2 *"', '"cron 0 0 31 2 *": bad day-of-month'),
        ('escalate = { confirmd = "instant" }', 'escalate confirmd: unknown key; did you mean "confirmed"?'),
        ('escalate = { confirmed = "now" }', 'no. 1: escalate confirmed: "now" must be "instant"'),
        ('quiet = "22:00"', 'quiet: "22:00" must be two times of day with a hyphen, such as "22:00-07:30"'),
        ('quiet = "22:00-22:00"', 'quiet: "22:00-22:00" is no span: it begins when it ends'),
        (
            'zone = "Europe/Pari"',
            'zone: "Europe/Pari" is no time zone; write it like "Europe/Paris"; did you ',
        ),
        ('zone = "montreal"', 'did you mean "America/Montreal"?'),
        ('zone = "Europe"', 'zone: "Europe" is no time zone'),
        ('preset = "renewal"', 'preset: there is no preset "renewal"; did you mean "renewals"?'),
        ('preset = "x"', 'there is no preset "x"; there are: french-originals, renewals, everything, one-show'),
        ('preset = "one-show"', '"one-show" needs match.works = ["..."] or match.watchlist = true beside it'),
        ('operations = true\nmatch.kinds = ["renewal"]', "no. 1: match: has no effect with operations = true"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (line,) = mistakes(tmp_path, text)
    assert line.startswith("mine.toml:")
    assert says in line


def test_a_header_below_a_subscription_is_that_of_the_latest(tmp_path: Path) -> None:
    text = '[subscriptions.match]\nkinds = []\n[[subscriptions]]\nname = "b"\ntargets = ["terminal"]\n'
    (line,) = mistakes(tmp_path, f"{text}[subscriptions.match]\nstatus = []")
    assert line == 'mine.toml:10: [[subscriptions]] no. 2: match status: unknown key; did you mean "statuses"?'
