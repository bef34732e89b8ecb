"""Our corpus is in order, and the shipped model is what it teaches."""

from __future__ import annotations

import pytest

from monitor.learning.__main__ import check_folder, main
from monitor.learning.labelled import read_corpus
from monitor.learning.places import CORPUS
from monitor.learning.schema import SPLITS


def test_the_corpus_is_in_order() -> None:
    assert "\n".join(map(str, check_folder(CORPUS).problems)) == ""


def test_each_split_can_be_read() -> None:
    train, *judges = (read_corpus(CORPUS / split) for split in SPLITS)
    assert all(len(train) > len(judge) > 100 for judge in judges)


def test_the_shipped_model_is_what_training_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--check"]) == 0, capsys.readouterr().out
