"""Two works in one sentence, of which one goes on and the other ends: each keeps what is said of it. All ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("« Terre brûlée » renouvelée pour une saison 2, « Le Chalet rouge » annulée", "fr"),
        ("« Le Chalet rouge » annulée, « Terre brûlée » renouvelée pour une saison 2", "fr"),
        ("« Terre brûlée » aura une saison 2, « Le Chalet rouge » est annulée", "fr"),
        ("TF1 renouvelle « Terre brûlée » pour une saison 2 et annule « Le Chalet rouge »", "fr"),
        ("TF1 annule « Le Chalet rouge » et commande une saison 2 de « Terre brûlée »", "fr"),
        ("Canal+ renews “Terre brûlée” for season 2 and cancels “Le Chalet rouge”", "en"),
        ("Netflix renews “Terre brûlée” for season 2, cancels “Le Chalet rouge”", "en"),
        ("“Terre brûlée” renewed for season 2 at Canal+, “Le Chalet rouge” canceled", "en"),
    ],
)
def test_what_goes_on_and_what_ends_keep_what_is_said_of_them(headline: str, language: str) -> None:
    text = {
        "fr": "France 2 a tranché, et poursuit la première série.",
        "en": "The streamer spoke of two French dramas.",
    }
    said = classifier().read(Document(title=headline, text=text[language], language=language))
    assert {(str(one.kind), one.title, one.season) for one in said} == {
        ("renewal", "Terre brûlée", 2),
        ("cancellation", "Le Chalet rouge", None),
    }
