"""A simulated month with known truth: what happened, who wrote of it and how, and what Cocorico made of it.

    words    names of works, people and outlets, and what else the papers fill their columns with
    facts    what happens: announcements with their beats (rumoured, then confirmed; untitled, then named)
    further  more that happens, and is easily told as something else: spin-offs, stars, other titles, days that move
    prose    how an article says it, in French or English
    coverage who writes of it: first, agency copies, rewrites, cross-posts, late copies, edited headlines, round-ups
    web      the month as a crawler finds it: feeds and pages, at each time what is there by then
    drive    the real Monitor over it, with the clock passed
    oracle   the deliveries judged by the truth: duplicates, wrong merges, lost facts, late digests

Everything follows from a seed.
"""
