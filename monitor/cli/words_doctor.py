"""What `cocorico doctor` says, in English and French."""

from __future__ import annotations

from typing import Final

DOCTOR: Final = {
    "doctor.config": (
        "{file}; sources: {sources}, subscriptions: {subscriptions}",
        "{file} ; sources : {sources}, abonnements : {subscriptions}",
    ),
    "doctor.shipped": ("shipped defaults", "réglages d'origine"),
    "doctor.note": ("; note: {warning}", " ; à noter : {warning}"),
    "doctor.mistakes": (
        "{mistakes}; correct it, then run `cocorico config check`",
        "{mistakes} ; corrigez, puis lancez `cocorico config check`",
    ),
    "doctor.database": ("{url}, healthy, stories: {count}", "{url}, saine, histoires : {count}"),
    "doctor.clock_wrong": ("shows {day}; set it, or switch NTP on", "indique {day} ; réglez-la, ou activez NTP"),
    "doctor.crawler": ("starts and answers", "démarre et répond"),
    "doctor.crawler_wrong": ("{error}; install Cocorico again", "{error} ; réinstallez Cocorico"),
    "doctor.network": ("{reached} of {asked} sources answer", "{reached} sources sur {asked} répondent"),
    "doctor.network_none": (
        "none of {names} could be reached ({error}); check the connection, a proxy or a firewall",
        "de {names}, aucune source n'est joignable ({error}) ; vérifiez la connexion, un proxy ou un pare-feu",
    ),
    "doctor.network_busy": (
        "none of the sources tried was free: the daemon visits them",
        "aucune des sources essayées n'était libre : le démon les visite",
    ),
    "doctor.network_off": ("no source is on, so none was asked", "aucune source n'est active, aucune n'a été demandée"),
    "doctor.target": (
        "target {name}: `cocorico alerts test {name}` tries it",
        "cible {name} : `cocorico alerts test {name}` l'essaie",
    ),
    "doctor.disk": ("{free} MiB free for {folder}", "{free} Mio libres pour {folder}"),
    "doctor.disk_full": (
        "only {free} MiB free for {folder}; make room, or choose another folder with --data",
        "seulement {free} Mio libres pour {folder} ; faites de la place, ou choisissez un autre dossier avec --data",
    ),
}
