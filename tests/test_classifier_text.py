"""Stage 1: sentences, zones, and a matching copy whose offsets hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classifier.text import LONGEST_SENTENCE, LONGEST_TEXT, Prose, fold, name_key, sentences
from monitor.classifier.tokens import tokenise
from monitor.types import Document


@given(st.text())
def test_the_matching_copy_has_the_length_of_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(st.sampled_from("aZéÉœŒ’–\u00a0\u202f`\t\nß€ÿŸẞΣσςЖж")))
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert fold(text + "İ") == fold(text) + "i"  # the one letter for which folding goes another way


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("SAISON 2 COMMANDÉE", "saison 2 commandee"),
        ("L’été « déjà »", 'l\'ete " deja "'),
        ("Canal+\u00a0: série\u202f?", "canal+ : serie ?"),
        ("“Ça” – Œuvre", '"ca" - œuvre'),
    ],
)
def test_folding_forgets_case_accents_and_kinds_of_quotes(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_two_spellings_of_a_name_have_one_key() -> None:
    assert name_key("Cœurs  à VIF !") == name_key("Coeurs a vif")
    assert name_key("Canal+") != name_key("Canal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle revient. Il part.", ["Elle revient.", "Il part."]),
        ("M. Berthier signe la suite. Bravo !", ["M. Berthier signe la suite.", "Bravo !"]),
        ("Le tournage est fini.La diffusion suivra.", ["Le tournage est fini.", "La diffusion suivra."]),
        ("À voir sur france.tv dès mardi.", ["À voir sur france.tv dès mardi."]),
        ("Une suite ? Non, dit J. K. Simon.", ["Une suite ?", "Non, dit J. K. Simon."]),
        ("Un\n\nDeux", ["Un", "Deux"]),
        ("La série S.W.A.T. s'arrête.", ["La série S.W.A.T. s'arrête."]),
        ("« Call My Agent! London » revient.", ["« Call My Agent! London » revient."]),
        ("“Call My Agent! London” is back.", ["“Call My Agent! London” is back."]),
        ("« Non ! Il part », dit-elle.", ["« Non !", "Il part », dit-elle."]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, expected: list[str]) -> None:
    assert [s.text for s in sentences(Document(title="", text=text))] == expected


def test_zones_are_headline_standfirst_lead_and_body() -> None:
    body = " ".join(f"Phrase numéro {n} de ce long article." for n in range(40))
    zones = [s.zone for s in sentences(Document(title="Un titre", summary="Un chapeau", text=body))]
    assert zones[:3] == ["headline", "standfirst", "lead"]
    assert zones[-1] == "body"
    assert [z for z in zones if z not in ("headline", "standfirst")] == sorted(zones[2:], reverse=True)


@given(st.text(alphabet=st.characters(), max_size=400))
def test_offsets_point_into_the_document(text: str) -> None:
    for sentence in sentences(Document(title="t", text=text)):
        if sentence.zone in ("lead", "body"):
            assert 0 <= sentence.start <= sentence.end <= len(text)


def test_offsets_hold_in_text_with_combining_accents() -> None:
    text = "Une se\u0301rie. La deuxie\u0300me saison arrive."
    second = sentences(Document(title="t", text=text))[2]
    assert text[second.start : second.end] == "La deuxie\u0300me saison arrive."


def test_a_text_without_any_full_stop_is_cut() -> None:
    found = sentences(Document(title="t", text="mot " * 3000))
    assert max(len(s.text) for s in found) <= LONGEST_SENTENCE


def test_no_more_than_forty_pages_are_read() -> None:
    found = sentences(Document(title="t", text="Une phrase de plus. " * 60_000))
    assert LONGEST_TEXT - 100 < found[-1].end <= LONGEST_TEXT


@pytest.mark.parametrize("opening", ["« ", "«", "« ", "“", ""])
def test_sentences_run_together_are_told_apart_before_a_quote(opening: str) -> None:
    found = sentences(Document(title="", text=f"La série s'arrête.{opening}Bellerive continue."))
    assert [sentence.text for sentence in found] == [
        "La série s'arrête.",
        f"{opening}Bellerive continue.".replace("\u00a0", " "),
    ]


def test_blanks_are_evened_out_and_places_stay_those_of_the_text() -> None:
    text = "Un\u00a0 mot.\n \n\n  Deux   mots :\u202foui."
    found = sentences(Document(title="", text=text))
    assert [sentence.text for sentence in found] == ["Un mot.", "Deux mots : oui."]
    assert [text[sentence.start : sentence.end] for sentence in found] == ["Un\u00a0 mot.", "Deux   mots :\u202foui."]


PIECES = st.sampled_from(["série ", "l'été ", "Canal+. ", "+ ", "fin… ", "a" * 900, "b" * 1600, "\n"])


@given(st.one_of(st.text(alphabet=st.characters(), max_size=400), st.lists(PIECES, max_size=12).map("".join)))
def test_the_words_of_a_sentence_are_those_it_has_by_itself(text: str) -> None:
    for sentence in sentences(Document(title="t", summary=text[:40], text=text)):
        words, starts = sentence.tokens
        alone = tokenise(sentence.plain)
        assert [(w, s) for w, s in zip(words, starts, strict=True) if w] == [
            (w, s) for w, s in zip(*alone, strict=True) if w
        ]
        assert starts[-1] == len(sentence.plain)


def test_each_word_of_a_document_leads_to_its_sentence() -> None:
    text = "Une phrase. Une autre, plus longue.\nUn paragraphe !"
    prose = Prose(Document(title="Un titre. Puis un autre", summary="Un chapeau", text=text))
    for part in prose.parts:
        for word, start in zip(*part.tokens, strict=True):
            if word:
                found = prose.sentence(prose.at(part, start))
                assert part.text.find(found.text) <= start < part.text.find(found.text) + len(found.text)
                assert found == prose.sentences[found.index]
