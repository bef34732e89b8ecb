"""What each feature that stands alone means, in English and in French, by sense: the place, the doubt, the work..."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.classifier.moments import MOMENTS

#: English, French
Phrase = tuple[str, str]

#: Where it is said.
_PLACE: Final[Mapping[str, Phrase]] = {
    "zone headline": ("the headline says it", "c'est dit dans le titre"),
    "zone standfirst": ("the standfirst says it", "c'est dit dans le chapô"),
    "zone lead": ("the opening says it", "c'est dit dès le début"),
    "zone body": ("only the body of the article says it", "ce n'est dit que dans le corps de l'article"),
}
#: What weakens it.
_WEAKENS: Final[Mapping[str, Phrase]] = {
    "asked": ("it is a question", "c'est une question"),
    "wished": ("it is a wish", "c'est un souhait"),
    "rumoured": ("it is a rumour", "c'est une rumeur"),
    "undecided": ("nothing is decided", "rien n'est décidé"),
    "planned": ("it is only a plan", "ce n'est qu'un projet"),
    "being written": ("it is still being written", "c'est encore en écriture"),
    "attributed": ("it is attributed to somebody", "c'est attribué à quelqu'un"),
    "outside scope": ("it is about something that is no series", "il s'agit d'autre chose que d'une série"),
    "aside": ("it is said in an aside", "c'est dit en incise"),
    "of a programme": ("it is about a programme, not a series", "il s'agit d'une émission, pas d'une série"),
    "hearsay in front": ("the article gives it as hearsay", "l'article le donne comme un bruit"),
    "denied": ("somebody denies it", "quelqu'un le dément"),
    "act denied": ("it is said not to happen", "il est dit que non"),
    "negated": ("it is said not to be so", "il est dit que non"),
    "refuted": ("the article denies something", "l'article dément quelque chose"),
    "in quotes": ("somebody says so, between quotes", "quelqu'un le dit, entre guillemets"),
}
#: What is said to happen.
_HAPPENS: Final[Mapping[str, Phrase]] = {
    "no act": ("nothing is said to be ordered, made or renewed", "rien n'est dit commandé, tourné ou reconduit"),
    "a maker's in a slate": ("the list says who makes it", "la liste dit de qui il est"),
    "front of works": ("headline and lead speak of series or films", "titre et attaque parlent de séries, de films"),
    "front of programmes": ("headline and lead speak of programmes", "le titre et l'attaque parlent d'émissions"),
    "no firm act": ("nothing firm is said to happen", "rien de ferme n'est dit"),
    "the channel does it": ("the channel itself does it", "c'est la chaîne qui le fait"),
    "said outright": ("it is said outright, and nothing casts a doubt on it", "c'est dit sans détour ni doute"),
    "the headline says it all": ("a headline alone, and it says everything", "un titre seul, et il dit tout"),
    "said outright further on": ("the text says it outright", "le texte le dit sans détour"),
    "two acts": ("two things are said to happen", "deux actes sont dits"),
    "platform acts": ("a channel or platform does it", "c'est une chaîne ou une plateforme qui agit"),
    "made for a platform": ("it is made for a channel or platform", "c'est fait pour une chaîne ou une plateforme"),
    "bought": ("it is bought, not made", "c'est un achat, pas une création"),
    "ends": ("something ends", "quelque chose s'arrête"),
}
#: Which work it is said of, and how that is called.
_WORK: Final[Mapping[str, Phrase]] = {
    "title beside it": ("its title stands beside it", "le titre de l'œuvre est à côté"),
    "title in passing": ("its title is only mentioned in passing", "le titre de l'œuvre n'est cité qu'en passant"),
    "title from the topic": ("it is the work the article is about", "c'est l'œuvre dont parle l'article"),
    "title from before": ("the work was named a sentence before", "l'œuvre est nommée juste avant"),
    "no title": ("no work is named", "aucune œuvre n'est nommée"),
    "titled": ("the work is named", "l'œuvre est nommée"),
    "untitled": ("the work has no title", "l'œuvre n'a pas de titre"),
    "nothing beside it": ("nothing tells what goes on", "rien ne dit ce qui continue"),
    "the topic": ("the article is about it", "l'article parle d'elle"),
    "the known topic": ("the article is about it, a known work", "l'article parle d'elle, une œuvre connue"),
    "no topic": ("the article is about no work in particular", "l'article ne parle d'aucune œuvre en particulier"),
    "headline about no work": ("the headline is about no work", "le titre ne parle d'aucune œuvre"),
    "beside a topic": ("the article is about another work", "l'article parle d'une autre œuvre"),
    "beside a known topic": ("the article is about another, known work", "l'article parle d'une autre œuvre, connue"),
    "untitled beside a topic": (
        "it may be the work that the article is about",
        "ce peut être l'œuvre dont parle l'article",
    ),
    "work named": ("it says what sort of work it is", "le genre de l'œuvre est dit"),
    "known work": ("the work is known already", "l'œuvre est déjà connue"),
    "known programme": ("a programme that is no series", "une émission qui n'est pas une série"),
    "already out": ("the work is out already", "l'œuvre est déjà sortie"),
    "running show": ("a show that runs already", "une émission déjà à l'antenne"),
    "story told": ("it says what the work tells", "l'histoire est racontée"),
    "called definite": ("“the series...” and its title", "« la série... » et son titre"),
    "called indefinite": ("“a series...” and its title", "« une série... » et son titre"),
    "called its": ("“its series...” and its title", "« sa série... » et son titre"),
    "called bare": ("the word for it and its title", "le genre et le titre de l'œuvre"),
    "called a programme": ("it is called a programme", "elle est appelée émission"),
    "noun definite": ("“the series”, and not “a series”", "« la série », et non « une série »"),
    "noun indefinite": ("“a series”, and not “the series”", "« une série », et non « la série »"),
    "noun its": ("“its series”", "« sa série »"),
    "noun bare": ("the word for it stands alone", "le genre de l'œuvre est cité seul"),
    "called no work": ("it is called something that is no work", "elle est appelée autrement qu'une œuvre"),
    "works uncounted": ("works in general, and no certain ones", "des œuvres en général, aucune en particulier"),
    "anchor one work": ("it names one work", "on y nomme une seule œuvre"),
    "season definite": ("“the season”, and not “a season”", "« la saison », et non « une saison »"),
    "season indefinite": ("“a season”, and not “the season”", "« une saison », et non « la saison »"),
    "season its": ("“its season”", "« sa saison »"),
    "season bare": ("the season stands alone", "la saison est citée seule"),
    "object none": ("no season or sequel is named", "aucune saison ni suite n'est nommée"),
    "sort unsaid": ("its sort is not said", "le genre de l'œuvre n'est pas dit"),
}
#: Whether it is new, and one of several.
_NEWNESS: Final[Mapping[str, Phrase]] = {
    "new": ("it is called new, or nearly", "elle est dite nouvelle, ou presque"),
    "new!": ("it is called new", "elle est dite nouvelle"),
    "little said": ("hardly anything is said of it", "on n'en dit presque rien"),
    "whole statement": ("one sentence says everything", "une seule phrase dit tout"),
    "made elsewhere in the text": ("another sentence says that it is made", "une autre phrase dit qu'elle se fait"),
    "nothing new said": ("nothing says that it is new", "rien ne dit que c'est nouveau"),
    "front announces": ("headline or opening speak of making something", "le titre ou le début parlent de création"),
    "front makes a work": ("headline or opening speak of a work made", "le titre ou le début parlent d'une création"),
    "named further on": ("it is named further on", "elle est nommée plus loin"),
    "slate in front": ("the article lists several works", "l'article liste plusieurs œuvres"),
    "slate sentence": ("the sentence lists several works", "la phrase liste plusieurs œuvres"),
    "in a slate": ("it is one of several new works", "elle fait partie de plusieurs nouveautés"),
    "named in a slate": ("it is merely named among others", "elle est seulement citée parmi d'autres"),
}
#: Who shows it.
_SHOWN: Final[Mapping[str, Phrase]] = {
    "platform beside it": ("a channel or platform is named beside it", "une chaîne ou plateforme est nommée à côté"),
    "platform in the article": ("the article names a platform", "l'article nomme une plateforme"),
    "no platform": ("no channel or platform is named", "aucune chaîne ni plateforme n'est nommée"),
    "television named": ("the article is about television", "l'article parle bien de télévision"),
    "no television": ("nothing speaks of television", "rien ne parle de télévision"),
}
#: Where it is made.
_MADE: Final[Mapping[str, Phrase]] = {
    "origin unknown": ("nothing tells where it is made", "rien ne dit où elle est faite"),
    "said to be French": ("it is said to be French", "elle est dite française"),
    "said to be foreign": ("it is said to be foreign", "elle est dite étrangère"),
    "known french work": ("a known French work", "une œuvre française connue"),
    "known french topic": ("the article is about a known French work", "l'article parle d'une œuvre française connue"),
    "known foreign work": ("about a foreign series", "à propos d'une série étrangère"),
    "French broadcaster": ("a French channel is named with it", "une chaîne française est citée avec elle"),
    "French broadcaster elsewhere": ("elsewhere a French channel is named", "une chaîne française est citée ailleurs"),
    "ordered abroad": ("a foreign channel orders it", "une chaîne étrangère la commande"),
    "French context": ("the article speaks of French works", "l'article parle d'œuvres françaises"),
    "foreign context": ("the article speaks of foreign works", "l'article parle d'œuvres étrangères"),
    "French names": ("people with French names take part", "des gens aux noms français y participent"),
    "a French name": ("somebody with a French name takes part", "quelqu'un au nom français y participe"),
    "a French title": ("its title is in French", "son titre est en français"),
    "French version": ("a French version of it", "c'en est une version française"),
    "made elsewhere, too": ("a version made elsewhere", "c'en est une version étrangère"),
}
#: What sort of article says it.
_ARTICLE: Final[Mapping[str, Phrase]] = {
    "launch piece": ("the article accompanies a release", "l'article accompagne une sortie"),
    "it is shot": ("it is what is being shot", "c'est ce qui se tourne"),
    "the headline renews works": ("the headline says that works go on", "le titre dit que des œuvres continuent"),
    "the work goes on": ("the work itself is said to go on", "c'est l'œuvre même qui continue"),
    "somebody under a title": ("it is somebody who goes on", "c'est quelqu'un qui continue"),
    "numbered title": ("its title has the number of a sequel", "son titre porte le numéro d'une suite"),
    "said again": (
        "another sentence says so, too, or there is none",
        "une autre phrase le dit aussi, ou il n'y en a pas d'autre",
    ),
    "said again firmly": ("another sentence says so firmly", "une autre phrase l'affirme"),
    "headline dates it": ("the headline dates that very season", "le titre date cette saison même"),
    "called a sequel": ("it is called a sequel or an ending", "elle est appelée suite ou conclusion"),
    "a purchase in front": ("the article is about a purchase", "l'article parle d'un achat"),
    "a deal in front": ("the article is about a deal", "l'article parle d'un accord"),
    "a new post in front": ("the article is about a new post", "l'article parle d'une nomination"),
    "sport in the headline": ("the headline speaks of sport", "le titre parle de sport"),
    "cinema in front": ("headline or opening speak of cinemas", "le titre ou le début parlent de cinéma en salles"),
    "cinema further on": ("the text speaks of cinemas", "le texte parle de cinéma en salles"),
    "somebody presents it": ("a programme that somebody presents", "une émission que quelqu'un présente"),
    "a film for cinemas": ("a film for cinemas", "un film de cinéma"),
    "a film, cinemas further on": ("a film, likely one for cinemas", "un film, sans doute de cinéma"),
    "front of a film for cinemas": ("headline or opening tell of a cinema film", "l'article parle d'un film de cinéma"),
    "front of a film, cinemas further on": ("the article tells of a film", "l'article parle d'un film"),
    "untitled under a deal": ("a deal, and no work is named", "un accord, et aucune œuvre n'est nommée"),
    "untitled with a new post": ("a new post, and no work is named", "une nomination, et aucune œuvre n'est nommée"),
    "film without a platform": ("a film, and no platform beside it", "un film, sans plateforme à côté"),
    "an interview": ("the article is an interview", "l'article est un entretien"),
    "front tells how a work goes on": (
        "the article tells of a work that ends or returns",
        "l'article parle d'une œuvre qui s'arrête ou qui revient",
    ),
    "a film to a series": ("a film that ends or continues a series", "un film qui conclut ou prolonge une série"),
    "somebody's own plans": ("somebody's own plans, for no channel", "les projets de quelqu'un, sans chaîne"),
    "a review, and nothing is made": (
        "a review or a list of what exists",
        "une critique ou une liste de ce qui existe",
    ),
    "not serious": ("the article is not serious", "l'article n'est pas sérieux"),
    "review or list": ("the article is a review or a list", "l'article est une critique ou une liste"),
    "about a person": ("the article is about a person", "l'article parle d'une personne"),
    "about something else": ("the article is about something else", "l'article parle d'autre chose"),
    "headline asks": ("the headline asks", "le titre pose une question"),
    "answers the headline": ("it answers the headline's question", "elle répond à la question du titre"),
    "said in a few words": ("somebody says so in a few words", "quelqu'un le dit en peu de mots"),
    "roundup": ("headline or standfirst count works", "le titre ou le chapô comptent des œuvres"),
    "article undecided": ("the article says that nothing is decided", "l'article dit que rien n'est décidé"),
    "article wishes": ("the article tells a wish", "l'article exprime un souhait"),
}
#: All of them.
ALONE: Final[Mapping[str, Phrase]] = {
    **MOMENTS,
    **_PLACE,
    **_WEAKENS,
    **_HAPPENS,
    **_WORK,
    **_NEWNESS,
    **_SHOWN,
    **_MADE,
    **_ARTICLE,
}
