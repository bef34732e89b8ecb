"""The last word of a child: which order it was parsing."""

from __future__ import annotations

import subprocess
import sys

from crawler.note import NOTE, Note, leave
from crawler.settings import scrapy_settings
from crawler.types import Limits


def test_the_last_word_is_there_when_who_left_it_is_gone() -> None:
    note = Note()
    code = (
        "import os; from crawler.note import leave\n"
        "leave(os.environ['N'], 'a-longer-one'); leave(os.environ['N'], 'b'); os._exit(9)"
    )
    descriptor = str(note.descriptor)
    done = subprocess.run([sys.executable, "-c", code], env={"N": descriptor}, pass_fds=(note.descriptor,), check=False)
    assert (done.returncode, note.read()) == (9, "b")
    note.close()


def test_nothing_is_noted_where_nobody_reads() -> None:
    note = Note()
    assert note.read() == ""
    leave(None, "a")
    assert note.read() == ""
    note.close()
    assert NOTE.startswith("CRAWLER_")


def test_what_a_child_does_not_use_is_not_even_imported() -> None:
    code = (
        "import sys; from crawler.settings import scrapy_settings; from crawler.types import Limits\n"
        "from scrapy.crawler import AsyncCrawlerProcess; from scrapy import Spider\n"
        "import asyncio; process = AsyncCrawlerProcess(scrapy_settings(Limits()))\n"
        "crawler = process.create_crawler(Spider); crawler._apply_settings()\n"
        "unused = {'aiohttp', 'scrapy.extensions.telnet', 'scrapy.spidermiddlewares.referer'}\n"
        "print(sorted(unused & sys.modules.keys()))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert scrapy_settings(Limits())["EXTENSIONS_BASE"] == {}
