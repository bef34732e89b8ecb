"""The small web application: what is there, verdicts about alerts, feeds, health and metrics. FastAPI's only home.

It runs inside the daemon, in a thread of its own, or alone as `cocorico web`. It asks for no login, so it shows and
does only what whoever can reach it may see and do; docs/web.md says what that is.
"""
