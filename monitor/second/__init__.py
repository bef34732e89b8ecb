"""The optional second reader: a language model that is asked where the classifier is unsure.

`question` makes the question and reads the answer (pure), `chat` puts it to a server, `asking` says what is asked and
when not (cap, cache, pause), `line` is where articles wait for it while the crawl goes on.
"""
