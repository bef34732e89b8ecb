"""The lines of a page that are not the article: found by what they say, in French and English.

Each rule is anchored at the start of a line and bounded in length, so that an article that *writes about* cookies,
newsletters or subscribers keeps its sentences. Rules are written in small letters, and read against lines in small
letters: told to overlook case, the engine tries each of a hundred alternatives, and takes three times as long.
"""

from __future__ import annotations

import re

from crawler.plain import tidy

MAX_WHOLE = 240  #: characters of a line that is nothing else than furniture
MAX_CREDIT = 140  #: characters at a line's end in which a credit stands
MAX_LINE = 320  #: characters; longer lines are prose, whatever they begin with

_TIME = r"(?:\W{0,3}(?:[aà]|at)?\W{0,3}\d{1,2} ?[:h] ?\d{0,2}(?: ?[ap]\.?m\.?)?)?"
_DAY = r"(?:\d{1,2}(?:er|st|nd|rd|th)?[ /.-](?:[a-zûé]+\.?|\d\d)[ /.-]\d{4}|[a-z]+\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
#: "Publié le vendredi 17 mai 2024 à 10:05", with nothing but an update behind it.
_DATED = (
    r"(?:publi[eé]e?|mise? [aà] jour|modifi[eé]e?|posted|published|(?:last )?updated)\W{0,3}"
    r"(?:le |on )?(?:[a-z]+\.?,? )?"
    rf"{_DAY}{_TIME}(?:\W{{0,4}}(?:mise? [aà] jour|updated|modifi[eé]e?)\b.{{0,60}})?"
)
#: A line that is nothing else than this.
_WHOLE = (
    r"(?:temps de )?lecture\W{0,3}\d+ ?min\w*\.?",
    r"(?:reading time\W{0,3})?\d+ ?min(?:utes?)?(?: de lecture| read)?",
    r"(?:filtrer|trier|classer|filter|sort) (?:par|by)\b.{0,80}",
    r"(?:re)?tweeter|tweet|partage[rz]?|share|envoyer par e?-?mail|imprimer|print|copier le lien|copy link|e-?mail",
    r"facebook|twitter|x|linkedin|whatsapp|pinterest|flipboard|messenger|favoris|enregistrer|bookmark|r[eé]agir",
    r"commenter",
    r"(?:cliquez pour )?(?:partage[rz]|tweete[rz])\b.{0,20}\b(?:sur|via|cet? article|avec|par)\b.{0,80}",
    r"(?:click to )?(?:share|tweet)\b.{0,20}\b(?:on|via|this|with)\b.{0,80}",
    r"partager :|share (?:this|via) ?:|share this (?:article|story|post)\W*",
    r"\d* ?(?:commentaires?|comments?|r[eé]actions?)\W{0,3}\d*",
    r"(?:laisser|ajouter|[eé]crire|poster|voir|lire|afficher) (?:un|les|tous les|votre) commentaires?\b.{0,60}",
    r"(?:leave|post|add|write|view|show) (?:a|all|your) (?:comment|reply)s?\b.{0,60}",
    r"publicit[eé]|advertisements?|annonce|(?:contenu )?sponsoris[eé]|sponsored(?: content)?",
    r"la suite apr[eè]s (?:la|cette) publicit[eé]|(?:article|story|content) continues (?:below|after)\b.{0,40}",
    r"(?:advertisement\W+)?continue reading below.{0,20}",
    r"(?:©|\(c\) |copyright\b|photo credit\b|image(?: credit)? ?:|courtesy of ).{0,120}",
    r"(?:cr[eé]dits?(?: (?:photos?|images?|vid[eé]os?))?|photos?) ?[:©].{0,120}|photos? (?:credit\b|by\b).{0,120}",
    r"(?:tags?|mots[ -]cl[eé]s|topics?|filed under|class[eé] dans|rubriques?|cat[eé]gories?|th[eé]mes?) ?:.{0,200}",
    r"(?:certains|les) liens (?:de|dans|pr[eé]sents).{0,60}affili[eé]s?.{0,80}",
    r".{0,60}affiliate (?:links|commission).{0,80}",
    r"retour (?:en haut|[aà] la liste)|back to top|haut de page|fermer|close|menu|accueil|home",
    r"j'accepte|tout (?:accepter|refuser)|accepter|refuser|accept(?: all)?|reject(?: all)?|g[eé]rer mes choix",
    r"j'ai compris",
)
#: How a line begins that sends readers elsewhere or asks something of them.
_START = (
    r"(?:[aà]|pour) (?:lire|voir|d[eé]couvrir|[eé]couter) (?:aussi|[eé]galement|ensuite)\b",
    r"(?:lire|voir|relire|[eé]couter|d[eé]couvrez|retrouvez) (?:aussi|[eé]galement|notre (?:dossier|newsletter))\b",
    r"(?:read|see|watch|check out) (?:more|next) ?[:|–-]|(?:also read|(?:read|see|watch) also)\b",
    r"related(?: (?:stories|articles?|content|posts?))? ?(?::|$)",
    r"(?:sur le m[eê]me (?:sujet|th[eè]me)|dans la m[eê]me rubrique|plus d['’]articles)\W*(?::|$)",
    r"more (?:from|on|stories) [^.]{0,40}:? ?$",
    r"(?:inscrivez|abonnez|connectez)-vous\b.{0,60}\b(?:newsletter|lettre|infolettre|alertes?|cha[iî]ne|compte|podcast)",
    r"recevez\b.{0,80}\b(?:newsletter|bo[iî]te|par e-?mail|notifications?)",
    r"(?:sign up|subscribe)\b.{0,60}\b(?:newsletter|updates|inbox|alerts?|channel|e-?mail|podcast)",
    r"get (?:our|the|more|breaking).{0,60}\b(?:newsletter|inbox|alerts)",
    r"(?:la|notre|votre|the|our) newsletter\b[^.]{0,60}$",
    r"(?:suivez|rejoignez|retrouvez)-(?:nous|moi)\b",
    r"follow (?:us|@|.{0,30}\bon (?:twitter|facebook|instagram|google))",
    r"en (?:poursuivant|continuant) (?:votre|vos|la|[aà])\b.{0,60}\b(?:navigation|site|naviguer|visite)",
    r"(?:nous|(?:ce|le|notre) site|nos partenaires)\b.{0,60}\b(?:utilis|d[eé]pos)\w*\b.{0,60}\b(?:cookie|traceur)",
    r"(?:we|this (?:site|website)|our (?:site|partners))\b.{0,60}\b(?:uses?|store|set)\b.{0,60}\bcookies?",
    r"by (?:continuing|clicking|using)\b.{0,80}\b(?:cookies|terms|privacy|consent|agree)",
    r"(?:pour|afin de) .{0,60}\b(?:param[eé]trer|g[eé]rer|refuser)\b.{0,20}\bcookies",
    r"(?:cet?|this) (?:article|contenu|content|vid[eé]o|video)\b.{0,80}\b(?:cookies|cibl[eé]e|bloqu[eé])",
    r"(?:merci d['’]activer|veuillez activer|please enable|you need to enable)\b.{0,40}\bjavascript",
    r"(?:vous (?:avez|aimerez)|you (?:may|might)) .{0,20}\b(?:aim[eé]|aussi|also)\b.{0,60}$",
    r"ces articles (?:pourraient|devraient)\b.{0,40}$|tous droits r[eé]serv[eé]s|all rights reserved",
    r"reproduction interdite",
    r"(?:cliquez ici|click here) (?:pour|to)\b",
    r"(?:(?:cet )?article )?r[eé]serv[eé] (?:aux|[aà] nos) abonn[eé]s?\b.{0,60}$|d[eé]j[aà] abonn[eé]",
)
#: A heading with only other articles behind it.
_TAIL = (
    r"(?:[aà] )?(?:lire|voir|d[eé]couvrir)(?: aussi| [eé]galement| ensuite)?|sur le m[eê]me (?:sujet|th[eè]me)",
    r"les plus (?:lus|vus|r[eé]cents)|most (?:read|popular)|trending(?: now)?|recommended(?: for you)?|more stories",
    r"related(?: (?:stories|articles|content|posts))?|you (?:may|might) also like|vous aimerez aussi",
    r"ces articles (?:pourraient|devraient).{0,30}|nos derni[eè]re?s (?:actus?|articles?|vid[eé]os?)",
    r"les derni[eè]res actus?",
    r"\d* ?(?:commentaires?|comments?)|dans l['’]actu(?:alit[eé])?|pour aller plus loin|autres articles",
    r"notre s[eé]lection",
)
_AGENCIES = (
    r"afp(?:/\w+)?|reuters|getty(?: images)?|abaca(?:press)?|bestimage|sipa(?: press)?|maxppp|shutterstock|alamy|belga"
)


def _any(rules: tuple[str, ...], *, end: str = "") -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(rules)}){end}")


_IS_WHOLE, _IS_START, _IS_TAIL = _any(_WHOLE, end=r"\W*$"), _any(_START), _any(_TAIL, end=r"\W*$")
_IS_DATED = re.compile(rf"\W*(?:\S+ ){{0,5}}{_DATED}\W*$")
_IS_BYLINE = re.compile(r"\W*(?:[Pp][Aa][Rr]|[Bb][Yy]) [A-ZÀ-Ý]\S*(?: \S+){0,3}\W*$")  # by its capital
_CREDIT_AT_END = re.compile(rf"\s[-–—|/(©] ?(?:[^.]{{0,40}}[-–—/©] ?)?(?:{_AGENCIES})\)?$|©.{{0,80}}$", re.IGNORECASE)
_DATELINE = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý' -]+, [^.]{1,20}\([^)]{2,40}\) ?[-–—]?")  # of an agency, on a line of its own
_INITIALS = re.compile(r"[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}")  # how agencies sign: "mhd/cl"
_STRAY_DATE = re.compile(r"^date \d{4}-\d{2}(?:-\d{2})? ", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…»”\"')]$")


def clean_text(text: str, *, title: str = "") -> str:
    """The article's paragraphs, one a line, without the lines that are not its own.

    Args:
        text: Paragraphs separated by newlines.
        title: The headline; a first line that repeats it is dropped.
    """
    lines = [_STRAY_DATE.sub("", line) for line in map(tidy, text.split("\n")) if line]
    if lines and title and _key(lines[0]) == _key(title):
        lines = lines[1:]
    return "\n".join(line for line in _without_tail(lines) if not is_boilerplate(line))


def is_boilerplate(line: str) -> bool:
    """Whether a line is furniture: sharing, cookies, newsletters, credits, dates, other articles."""
    if len(line) > MAX_LINE:
        return False
    if _INITIALS.fullmatch(line) or _DATELINE.fullmatch(line):
        return True
    small = line.lower()
    if len(line) <= MAX_WHOLE and (_IS_WHOLE.match(small) or _IS_BYLINE.match(line) or _IS_DATED.match(small)):
        return True
    return _IS_START.match(small) is not None or _ends_with_credit(line[-MAX_CREDIT:])


def _ends_with_credit(end: str) -> bool:
    """Whether a line's end says whose it is; only looked for where a sign or a name stands last, and no full stop."""
    last = end[-1:]
    may = last.isalnum() or last in {")", "_"} or "©" in end
    return may and _CREDIT_AT_END.search(end) is not None


def _key(line: str) -> str:
    return line.strip(" .!?»«").casefold()


def _without_tail(lines: list[str]) -> list[str]:
    """Cut a list of other articles: a heading that says so, in the last half, and no prose behind it."""
    before, total = 0, sum(map(len, lines))
    for at, line in enumerate(lines):
        if (
            2 * before >= total
            and _IS_TAIL.match(line.lower())
            and not any(_is_prose(other) for other in lines[at + 1 :])
        ):
            return lines[:at]
        before += len(line)
    return lines


def _is_prose(line: str) -> bool:
    return len(line) > 160 and _SENTENCE_END.search(line) is not None
