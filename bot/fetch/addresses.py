"""Which addresses may be fetched: the URL as typed (rule S1), and every address its host resolves to (S2, S3)."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from bot.errors import UsageError

Network = IPv4Network | IPv6Network

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2048

# IANA's special-purpose registries, multicast and reserved space. What these registries call globally reachable
# is let through again below; tunnels, whose far end may be anywhere, and cloud metadata are not.
_DENIED_V4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's own metadata address, outside every registry
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_REACHABLE_V4 = (IPv4Network("192.0.0.9/32"), IPv4Network("192.0.0.10/32"))
_GLOBAL_V6 = IPv6Network("2000::/3")  # all other IPv6 space is special or unassigned
_DENIED_V6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_REACHABLE_V6 = tuple(
    IPv6Network(each)
    for each in (
        "2001:1::1/128",
        "2001:1::2/128",
        "2001:1::3/128",
        "2001:3::/32",
        "2001:4:112::/48",
        "2001:20::/28",
        "2001:30::/28",
    )
)


class Refused(Exception):
    """A connection to an address that may not be fetched was about to be made."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Says which addresses may be connected to. The operator's own `allowed_networks` are exempt, on any port."""

    allowed_networks: tuple[Network, ...] = ()

    def check(self, host: str, port: int) -> None:
        """Pass silently, or raise Refused before any socket is opened."""
        address = ip_address(host.partition("%")[0])
        if self.exempt(address):
            return
        if not is_public(address):
            raise Refused(
                f"it is at {address}, which is not a public address. If this is a feed on your own network, name "
                f"that network in NUTGRAF_ALLOWED_NETWORKS"
            )
        if port not in PORTS:
            raise Refused(f"port {port} is not fetched from; give an address on port 80, 443, 8080 or 8443")

    def exempt(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether an address lies in a network that the operator allowed."""
        plain = unpacked(address)
        return any(plain in network for network in self.allowed_networks if network.version == plain.version)


def unpacked(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address within a v4-mapped one, or the address itself."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is a public unicast address by IANA's registries."""
    plain = unpacked(address)
    if isinstance(plain, IPv4Address):
        return _is_free(plain, _DENIED_V4, _REACHABLE_V4)
    return plain in _GLOBAL_V6 and _is_free(plain, _DENIED_V6, _REACHABLE_V6)


def _is_free(
    address: IPv4Address | IPv6Address, denied: tuple[Network, ...], reachable: tuple[Network, ...]
) -> bool:
    return any(address in network for network in reachable) or not any(address in network for network in denied)


def networks(words: str) -> tuple[Network, ...]:
    """Return the networks of a list such as `10.0.0.0/8, 192.168.1.7`."""
    return tuple(ip_network(word, strict=False) for word in words.replace(",", " ").split())


def url(typed: str) -> URL:
    """Return a typed address as we request it: its bytes kept where they are fit to send, its host in IDNA.

    Raises:
        UsageError: It is not an address we fetch; the sentence says why.

    """
    typed = typed.strip()
    if len(typed) > LONGEST_URL:
        raise UsageError(f"That address is longer than {LONGEST_URL} characters; give a shorter one.")
    if not typed.isprintable() or " " in typed or "\\" in typed:
        raise UsageError("That address has spaces or other characters no address has; copy it again.")
    try:
        parsed = URL(typed, encoded=typed.isascii())
        host, port = parsed.raw_host, parsed.port
    except ValueError as error:
        raise UsageError("That is not a web address; give one like https://example.org/feed.xml.") from error
    if parsed.scheme not in {"http", "https"} or not host or port is None:
        raise UsageError("Only web addresses can be fetched; give one that starts with https:// or http://.")
    if parsed.raw_user is not None or parsed.raw_password is not None:
        raise UsageError("Addresses with a user name or password in them are not fetched; give one without.")
    return _canonical_host(parsed, host)


def _canonical_host(parsed: URL, host: str) -> URL:
    try:
        return parsed if ":" in host else parsed.with_host(host.rstrip(".") or host)
    except ValueError as error:
        raise UsageError(f"“{host}” is not the name of a host; check the spelling of the address.") from error
