"""Labelled articles of our own for the tests of what is measured: invented works, invented news."""

from __future__ import annotations

import json
from pathlib import Path

RECORDS: list[dict[str, object]] = [
    {
        "id": "renewed",
        "lang": "fr",
        "date": "2024-03",
        "title": "Canal+ commande une saison 2 de « Bellerive »",
        "text": "Canal+ a commandé une deuxième saison de « Bellerive », série française écrite par Paul Aubin.",
        "text_kind": "digest",
        "label": ["renewal"],
        "facts": [
            {
                "kind": "renewal",
                "title": "Bellerive",
                "platforms": ["Canal+"],
                "season": 2,
                "status": "confirmed",
                "work_type": "series",
            }
        ],
        "shape": "single",
        "difficulty": "easy",
        "also_ok": [],
    },
    {
        "id": "created",
        "lang": "fr",
        "date": None,
        "title": "France 2 commande « La Digue », une nouvelle série française",
        "text": "",
        "text_kind": "headline_only",
        "label": ["new_original"],
        "facts": [
            {
                "kind": "new_original",
                "title": "La Digue",
                "platforms": ["France 2"],
                "season": None,
                "status": "confirmed",
                "work_type": "tv_film",
            }
        ],
        "shape": "single",
        "difficulty": "easy",
        "also_ok": [[]],
    },
    {
        "id": "overlooked",
        "lang": "fr",
        "date": "2024",
        "title": "<b>Le maire</b> & le port\u202e : rien ne change",
        "text": "Le conseil a voté le budget du port. Personne n'a parlé d'autre chose.",
        "text_kind": "digest",
        "label": ["renewal"],
        "facts": [
            {
                "kind": "renewal",
                "title": "Le Port",
                "platforms": [],
                "season": 3,
                "status": "rumoured",
                "work_type": "series",
            }
        ],
        "shape": "single",
        "difficulty": "hard",
        "also_ok": [],
        "note": "labelled wrongly, so that there is an error",
    },
    {
        "id": "ordinary",
        "lang": "en",
        "date": "2024-05-01",
        "title": "Rain returns to the coast this weekend",
        "text": "Showers are expected from Friday, and the season of storms is not over.",
        "text_kind": "digest",
        "label": [],
        "facts": [],
        "shape": "single",
        "difficulty": "easy",
        "also_ok": [],
    },
]


def write_corpus(folder: Path, records: list[dict[str, object]] | None = None) -> Path:
    """Write a corpus of JSON lines, ours unless given."""
    path = folder / "corpus.jsonl"
    lines = (json.dumps(record) for record in (RECORDS if records is None else records))
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path
