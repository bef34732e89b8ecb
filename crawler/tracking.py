"""Parameters of addresses that say where a reader came from, not which page it is. Pure.

Tracking parameters are those of Google, Meta, Microsoft, AT Internet (xtor, at_*), Comscore (ns_*),
Mailchimp (mc_*), Matomo (pk_*, mtm_*) and the share buttons seen in outlets' feeds.
"""

from __future__ import annotations

import re

_TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mc_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "_hs", "oly_", "vero_")
_TRACKING = re.compile(
    r"""_ga|_gl|__twitter_impression|cmp|cmpid|dclid|epik|fbclid|fb_(?:action_ids|action_types|source)|ftag|gbraid|gclid
    |gclsrc|guccounter|guce_referrer(?:_sig)?|icid|igsh|igshid|ito|jsessionid|li_fat_id|m_bt|mkt_tok|mbid|mod_source
    |msclkid|ncid|ocid|phpsessid|rss|s_cid|sfns|smid|spm|sr_share|srsltid|trk|ttclid|twclid|usqp|wbraid|wt_?mc
    |xtcr|xtmc|xtnp|xtor|xtref|xts|yclid""",
    re.VERBOSE,
)
_AMP_VALUES = {"amp": ("", "1", "true"), "outputtype": ("amp",), "output": ("amp",), "view": ("amp",), "mode": ("amp",)}
# These keys carry identity on some sites; only with these values are they certainly tracking.
_REFERRER_KEYS = frozenset({"from", "origin", "origine", "ref", "source", "src", "via"})
_REFERRERS = re.compile(r"facebook|feed|googlenews|home|homepage|newsletter|rss|rss_feed|share|twitter|whatsapp")


def is_tracking(key: str, value: str) -> bool:
    """Whether a parameter, encoded as in a canonical URL, is certainly tracking."""
    name, lowered = key.lower(), value.lower()
    if _TRACKING.fullmatch(name) or name.startswith(_TRACKING_PREFIXES):
        return True
    return lowered in _AMP_VALUES.get(name, ()) or (
        name in _REFERRER_KEYS and _REFERRERS.fullmatch(lowered) is not None
    )
