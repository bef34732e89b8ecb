"""How the English-language trade press orders, renews, ends and sells: the announcement and its trap. All is ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Status


def english(title: str, text: str = "") -> Document:
    return Document(title=title, text=text, language="en")


def statements(title: str, text: str = "") -> set[tuple[Kind, str | None, int | None]]:
    """What could be announced, whatever the weights say of it."""
    return {(c.kind, c.title, c.season) for c in classifier().statements(english(title, text))}


def alerted(title: str, text: str = "") -> list[Announcement]:
    found = classifier().read(english(title, text))
    return [
        a for a in found if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN and a.status is not Status.DENIED
    ]


@pytest.mark.parametrize(
    ("headline", "season"),
    [
        ("Canal+ Hands ‘Slack Water’ a Sophomore Run", 2),
        ("France 2 Re-Ups ‘Slack Water’ for Season Four", 4),
        ("French Drama ‘Slack Water’ Nabs Third Season at Netflix", 3),
        ("Netflix Orders Another Eight Episodes of French Drama ‘Slack Water’", None),
        ("Arte Picks Up ‘Slack Water’ for a Third Season", 3),
        ("TF1’s ‘Slack Water’ Will Be Back for a Second Helping", 2),
        ("M6 Commissions Farewell Season of ‘Slack Water’", None),
        ("Canal+ Brings Back ‘Slack Water’ With Six New Episodes", None),
        ("OCS Revives ‘Slack Water’ After Five Years", None),
        ("‘Slack Water’ Extended Into a Fifth Season by France 3", 5),
    ],
)
def test_ways_to_renew(headline: str, season: int | None) -> None:
    assert (Kind.RENEWAL, "Slack Water", season) in statements(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Canal+ Won’t Renew French Drama ‘Slack Water’ for a Second Season",
        "No Season 3 for French Drama ‘Slack Water’ at TF1",
        "Canal+ Rescinds Renewal of ‘Slack Water’",
        "France 2 Pulls the Plug on ‘Slack Water’ After Two Seasons",
    ],
)
def test_ways_to_end_are_no_renewal(headline: str) -> None:
    assert alerted(headline) == []


@pytest.mark.parametrize(
    "headline",
    [
        "Arte Greenlights ‘Slack Water,’ a Breton Thriller",
        "Netflix Gives the Nod to French Dramedy ‘Slack Water’",
        "Canal+ Places Eight-Episode Order for ‘Slack Water’",
        "TF1 Moves Ahead With ‘Slack Water,’ a Six-Part Family Saga",
        "France 3’s Crime Film ‘Slack Water’ Goes Into Production",
        "Filming Under Way in Brest on France 2 Drama ‘Slack Water’",
        "M6 to Adapt Bestseller ‘Slack Water’ Into a Series",
    ],
)
def test_ways_to_order(headline: str) -> None:
    assert [(a.kind, a.title) for a in alerted(headline)] == [(Kind.NEW_ORIGINAL, "Slack Water")]


@pytest.mark.parametrize(
    "headline",
    [
        "Paris Court Orders Platforms to Cut Access to Pirate Sites",
        "European Commission Greenlights Merger of Two French Broadcasters",
        "Council Gives Go-Ahead to Pilot Scheme on the Quays",
        "London Sales House Boards Arte Drama ‘Slack Water’",
        "‘Slack Water’ Season Two Picked Up by Broadcasters in Six Territories",
        "American Network Orders Remake of French Drama ‘Slack Water’",
        "Renewed Calls for Calm in Marseille After Series of Thefts",
        "Striker Lands Extension and Scores in a Series of Nine Wins",
        "Netflix Signs Overall Deal With Producers of ‘Slack Water’",
        "‘Slack Water’ Season 2 Sets January Premiere on Canal+",
        "‘Slack Water’ Season 3: Cancelled or Renewed? What We Know So Far",
    ],
)
def test_everyday_and_trade_uses_announce_nothing(headline: str) -> None:
    assert alerted(headline) == []


def test_the_name_of_a_channel_counts_no_dramas() -> None:
    (page,) = {c.several for c in classifier().statements(english("Filming Begins on France 3 Dramas"))} or {False}
    assert page is False
    assert any(c.several for c in classifier().statements(english("France 3 Orders Three Dramas")))


def test_encoded_signs_are_read_as_what_they_stand_for() -> None:
    (found,) = alerted("Netflix&#8217;s French Thriller &lsquo;Slack Water&rsquo; Renewed for Season 2")
    assert (found.title, found.season) == ("Slack Water", 2)


def test_evidence_of_an_encoded_text_stands_where_it_stood() -> None:
    text = "Nothing else &amp; nothing more. Canal+ has renewed &ldquo;Slack Water&rdquo; for a second season. The end."
    (found,) = alerted("Canal+ Goes On", text)
    assert text[found.evidence.start : found.evidence.end].startswith("Canal+ has renewed &ldquo;")
    assert text[found.evidence.start : found.evidence.end].endswith("second season.")


def test_a_french_channels_version_of_a_foreign_series_is_french() -> None:
    text = "France 2 has ordered “Vaulx,” an adaptation of the drama."
    home = alerted("France 2 to Remake British Thriller ‘Marsh’ as ‘Vaulx’", text)
    assert "Vaulx" in {a.title for a in home}
    assert alerted("American Network to Remake French Thriller ‘Marsh’ as ‘Vaulx’") == []


def test_a_work_is_read_as_new_or_as_going_on_but_not_as_both() -> None:
    found = alerted("Netflix Starts Shooting New French Thriller ‘Slack Water’", "Filming has begun on “Slack Water.”")
    assert [a.kind for a in found] == [Kind.NEW_ORIGINAL]


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Netflix Renews ‘The Keeper’s Son’ for Season 2", "The Keeper’s Son"),
        ("Netflix renews 'The Keeper's Son' for season 2", "The Keeper's Son"),
        ("Canal+'s French Drama 'Keeper' Renewed for Season 2", "Keeper"),
        ("Arte Renews ‘Keeper,’ a Drama, for Season 2", "Keeper"),
    ],
)
def test_apostrophes_close_no_title(headline: str, title: str) -> None:
    assert {name for _, name, season in statements(headline) if season == 2} == {title}


def test_a_long_title_with_its_comma_inside_the_quotes_was_not_said() -> None:
    (found,) = alerted("France 2 Orders a Thriller", "France 2 has ordered “A Long Way Down to the Sea,” a thriller.")
    assert found.title == "A Long Way Down to the Sea"
    said = statements("France 2 Orders a Thriller", "“It cost more than ten car chases,” laughed the boss of France 2.")
    assert {title for _, title, _ in said} == {None}


def test_the_french_title_in_brackets_is_no_second_work() -> None:
    text = "Canal+ has ordered “Slack Water” (“L’Étale”), a thriller. “Slack Water” shoots in May."
    assert [a.title for a in alerted("Canal+ Orders Breton Thriller ‘Slack Water’", text)] == ["Slack Water"]


def test_a_town_that_is_a_title_is_none_in_a_compound() -> None:
    found = statements("Netflix Orders Marseille-Set French Drama ‘Slack Water’")
    assert "Slack Water" in {title for _, title, _ in found}
    assert "Marseille" not in {title for _, title, _ in found}
    assert "Marseille" in {title for _, title, _ in statements("Netflix Renews ‘Marseille’ for Season 2")}


@pytest.mark.parametrize("words", ["Related:", "You may also like:", "Read next:", "More from us:"])
def test_links_to_other_articles_announce_nothing(words: str) -> None:
    story = "Arte Has Renewed French Drama ‘Slack Water’ for a Second Season"
    assert alerted("A Quiet Week", f"Nothing happened.\n{words} {story}") == []
    assert len(alerted("A Quiet Week", f"Nothing happened.\n{story}")) == 1


def test_french_links_to_other_articles_announce_nothing() -> None:
    story = "Arte renouvelle la série française « L'Étale » pour une saison 2"
    read = classifier().read
    assert read(Document(title="Rien de neuf", text=f"Rien à dire.\nÀ lire aussi : {story}", language="fr")) == ()
    assert len(read(Document(title="Rien de neuf", text=f"Rien à dire.\n{story}", language="fr"))) == 1


def test_a_title_without_quotes_ends_with_its_capitals() -> None:
    text = "The Fair runs until Saturday in the resort, written about everywhere. France 2 has ordered “Slack Water.”"
    assert {title for _, title, _ in statements("News From the Coast", text)} <= {"Slack Water", "The Fair", None}
    french = "Late Harvest is called Vendange tardive, a drama, in French."
    assert "Vendange tardive" in {title for _, title, _ in statements("France 2 Orders Drama", french)}


def test_an_act_after_a_titles_comma_belongs_to_the_next_title() -> None:
    found = statements("TF1 Axes ‘Marsh,’ Keeps the Light On for ‘Slack Water’")
    assert (Kind.RENEWAL, "Slack Water", None) in found
    assert (Kind.RENEWAL, "Marsh", None) not in found


def test_who_sells_a_work_orders_none() -> None:
    text = "Paris sales agent Harbour has boarded “Slack Water,” a six-part Arte thriller, and takes world rights."
    acts = {m.group for c in classifier().statements(english("A Deal", text)) for m in c.cues}
    assert "acquire" in acts
    assert "order" not in acts


def test_platforms_with_their_country_and_sort_between_are_listed() -> None:
    text = "Arte and German broadcaster ZDF have commissioned “Slack Water,” a French-language thriller."
    (found,) = alerted("A French Thriller Gets Its Order From Arte and ZDF", text)
    assert found.platforms == ("Arte", "ZDF")
    text = "Arte has ordered “Slack Water,” a French thriller, and ZDF may buy it."
    said = classifier().statements(english("A Thriller From France", text))
    assert {one.platforms for one in said if one.title == "Slack Water"} == {("Arte",)}


def test_a_company_is_no_title() -> None:
    text = "The production company, Grand Large Pictures, intends to film the French thriller in Brest."
    assert "Grand Large Pictures" not in {title for _, title, _ in statements("Arte Orders a Thriller", text)}


def test_a_verb_and_a_companys_name_are_no_words_for_a_work() -> None:
    text = "Grand Large Films is behind it. It films for twenty days from May in Brest. Arte has ordered two dramas."
    anchors = {c.cues[0].value for c in classifier().statements(english("Arte Orders a Thriller", text)) if c.cues}
    assert "films" not in anchors
    assert "two" in anchors


def test_what_describes_a_title_with_brackets_is_that_title() -> None:
    text = (
        "The French pay-TV group Canal+ has ordered “Slack Water” (“L’Étale”), a slow-burn thriller written by Ada "
        "Brun and set among the people who mend nets and keep quiet in the port of Brest."
    )
    titles = {title for _, title, _ in statements("A New Order", text)}
    assert titles == {"Slack Water"}


def test_of_a_title_and_its_translation_the_known_one_counts() -> None:
    text = "London-based Harbour has taken “Nona and Her Girls” (“Nona et ses filles”), the Arte dramedy."
    assert {title for _, title, _ in statements("A Deal", text)} == {"Nona et ses filles"}


@pytest.mark.parametrize("who", ["Drama Chief", "Head of Drama", "Director of Original Fiction", "Scripted Boss"])
def test_who_is_in_charge_of_drama_is_no_drama(who: str) -> None:
    assert alerted(f"Canal+ Names New French {who}") == []


def test_an_order_is_given_to_a_work_or_refused_to_it() -> None:
    for text in ("Arte has given a six-part order to “Slack Water,” a drama.", "Arte moves ahead with “Slack Water.”"):
        acts = {m.group for c in classifier().statements(english("A Thriller", text)) for m in c.cues}
        assert "order" in acts
    text = "Arte will not be moving ahead with “Slack Water,” a French-language drama."
    acts = {m.group for c in classifier().statements(english("A Thriller", text)) for m in c.cues}
    assert "order" not in acts


def test_a_foreign_version_of_a_french_drama_is_not_french() -> None:
    assert alerted("CBS Orders ‘Slack Water,’ Adaptation of Hit French Legal Drama") == []
    text = "An American network has given a pilot order to “Slack Water,” an adaptation of France 3’s crime collection."
    assert alerted("Network Orders ‘Slack Water,’ Remake of TF1’s Crime Drama", text) == []
    found = classifier().statements(english("France 2 Orders ‘Slack Water,’ Adaptation of Hit French Legal Novel"))
    assert {(a.title, a.origin) for a in found if a.title} == {("Slack Water", Origin.FRENCH)}


def test_the_show_with_its_number_of_parts_was_spoken_of_before() -> None:
    text = "“Slack Water” is on its way to Brest. The nine-part show will be filmed by Arte from May."
    found = {c.title for c in classifier().statements(english("Quiet Days", text)) if c.kind is Kind.NEW_ORIGINAL}
    assert found == {"Slack Water"}


def test_that_a_work_will_return_is_no_question() -> None:
    (found,) = alerted("Netflix Confirms French Drama ‘Slack Water’ Will Return for Season 3")
    assert found.status is Status.CONFIRMED
    assert alerted("Will French Drama ‘Slack Water’ Ever Return for Season 3?") == []


@pytest.mark.parametrize(
    ("sentence", "ordered"),
    [
        ("Arte to make science fiction series in Paris", True),
        ("Arte said on Thursday that it would produce a French comedy called “Slack Water”.", True),
        ("Arte will film the drama “Slack Water” in Lyon.", True),
        ("The river would produce floods again, said Arte.", False),
        ("Arte is keen to make friends in Lyon.", False),
    ],
)
def test_what_a_channel_is_to_make_is_an_order_where_it_is_a_work(sentence: str, ordered: bool) -> None:
    acts = {m.group for c in classifier().statements(english(sentence, "")) for m in c.cues}
    assert ("order" in acts) is ordered
