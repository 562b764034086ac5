"""One address for one article, however it was linked to. Pure; feeds and stories know articles by it."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

TRACKING_PREFIXES = ("utm_", "at_", "hsa_", "mc_", "mtm_", "pk_", "piwik_", "guce_", "ns_", "oly_", "wt_", "wt.")
TRACKING_NAMES = """
_ga _gl _hsenc _hsmi amp amp_gsa amp_js_v campaign_id cid cmp cmp_id cmpid dclid ef_id embedded-checkout
epik fbclid feature ftag ftcamid gaa_at gaa_n gaa_sig gaa_ts gbraid gclid gclsrc guccounter icid igsh igshid
ito li_fat_id mbid mkt_tok msclkid ncid ocid output outputtype partner rb_clickid ref ref_src ref_url
referrer rss s_cid s_kwcid sh share smid smtyp spm sr_share srsltid taid trk trkcampaign ttclid twclid usqp
vero_conv vero_id via wbraid wtmc xtor yclid ysclid __twitter_impression
"""
TRACKING = frozenset(TRACKING_NAMES.split())
SIDE_HOSTS = frozenset({"www", "m", "mobile", "amp", "touch", "wap"})
AMP_CACHE = re.compile(r"^/[civ]/(?:s/)?(?=[^/]+\.[^/]+)", re.ASCII)
AMP_VIEWER = re.compile(r"^/amp/(?:s/)?(?=[^/]+\.[^/]+)", re.ASCII)
AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=\.html?$|$)", re.ASCII | re.IGNORECASE)
HOST_AND_PORT = re.compile(r"^(?P<host>[^:\[\]]+|\[[^\]]*\])(?::(?P<port>\d*))?$", re.ASCII)
PLAIN_PATH = re.compile(r"[/:@!$&'()*+,;=~\w.-]*", re.ASCII)
MAX_HOPS = 3


def canonical_url(url: str) -> str:
    """Return the address that all links to one article share; equal for equal articles, not meant to be fetched.

    Scheme, `www`, mobile and AMP variants, caches of AMP pages, tracking parameters (rule S13), fragment, order of
    parameters and closing slash are folded away. What is no http address comes back stripped, else as it was.
    """
    address = url.strip()
    for _ in range(MAX_HOPS):
        original = _behind_cache(address)
        if original == address:
            break
        address = original
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return address
    query = _query(parts.query) if parts.query else ""
    return f"https://{_host(parts.netloc)}{_path(parts.path)}" + (f"?{query}" if query else "")


def _behind_cache(url: str) -> str:
    """The publisher's address behind a copy that an AMP cache or viewer serves."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower()
    if host.endswith(".cdn.ampproject.org") or host == "cdn.ampproject.org":
        path, found = AMP_CACHE.subn("", parts.path)
    elif host.removeprefix("www.").startswith("google."):
        path, found = AMP_VIEWER.subn("", parts.path)
    else:
        return url
    return f"https://{path}" + (f"?{parts.query}" if parts.query else "") if found else url


def _host(netloc: str) -> str:
    """The host without user, usual port, and the labels of its mobile and AMP twins."""
    match = HOST_AND_PORT.match(netloc.rpartition("@")[2].lower().rstrip("."))
    if match is None:
        return netloc.lower()
    labels = match["host"].strip(".").split(".")
    while len(labels) > 2 and labels[0] in SIDE_HOSTS:
        labels = labels[1:]
    if len(labels) > 3 and labels[1] in SIDE_HOSTS:
        labels = [labels[0], *labels[2:]]
    port = match["port"]
    return ".".join(labels) + (f":{port}" if port not in (None, "", "80", "443") else "")


def _path(path: str) -> str:
    """The path with one spelling of its escapes, without AMP's marks and a closing slash."""
    folded = re.sub(r"/{2,}", "/", path).rstrip("/")
    folded = AMP_PATH.sub("", folded)
    if folded.lower().startswith("/amp/"):
        folded = folded[4:]
    if PLAIN_PATH.fullmatch(folded):
        return folded
    return quote(unquote(folded, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")


def _query(query: str) -> str:
    """The parameters that choose an article, sorted."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=None)
    kept = sorted((name, value) for name, value in pairs if not _tracks(name.lower()))
    return urlencode(kept, errors="surrogateescape")


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
