"""Fetching from a scripted origin on this machine; addresses are judged without any origin."""

import asyncio
import contextlib
import gzip
import socket
import zlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import fetch
from bot.errors import GaveUp, NutgrafError, RetryLater, UsageError
from bot.fetch import FEED_TYPES, Fetcher, Policy, Validators, addresses, answers, bodies
from bot.fetch.addresses import Guard, Refused
from bot.model import Feed
from bot.store import records
from tests.bot.origin import Answer, Origin, serving

LOOPBACK = addresses.networks("127.0.0.0/8, ::1")


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving() as started:
        yield started


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(
        Policy(LOOPBACK, contact="https://example.org/bot; desk@example.org", version="1.2")
    ) as started:
        yield started


# ---------------------------------------------------------------- what is sent


async def test_P18_P20_a_request_says_who_we_are_and_nothing_else(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed?b=2&a=%7Ex"] = Answer(b"<rss/>")
    found = await fetcher.fetch(origin.url("/feed?b=2&a=%7Ex"), subscribers=3)
    assert (found.status, found.body) == (200, b"<rss/>")
    (request,) = origin.requests
    assert request.method == "GET"
    assert request.headers == {
        "host": f"127.0.0.1:{origin.port}",
        "user-agent": "Nutgraf/1.2 (+https://example.org/bot; desk@example.org; 3 subscribers)",
        "accept": FEED_TYPES,
        "accept-encoding": "gzip, deflate",
        "a-im": "feed",
    }


async def test_P19_cookies_are_neither_kept_nor_sent_and_pages_are_asked_without_feed_headers(
    fetcher: Fetcher, origin: Origin
) -> None:
    origin.pages["/feed"] = Answer(b"x", headers=(("Set-Cookie", "a=b; Path=/"),))
    await fetcher.fetch(origin.url())
    await fetcher.fetch(origin.url(), accept=fetch.PAGE_TYPES)
    assert not {"cookie", "referer", "a-im"} & origin.requests[1].headers.keys()


@pytest.mark.parametrize(
    "etag",
    ['"plain"', 'W/"weak"', "unquoted", '"a\\b,c;d"', '"héllo"', '""', '"' + "x" * 4000 + '"'],
    ids=["quoted", "weak", "unquoted", "odd", "not ascii", "empty", "long"],
)
async def test_P2_validators_come_back_byte_for_byte(fetcher: Fetcher, origin: Origin, etag: str) -> None:
    stamp = "mon, 1 Jan 2026  00:00:00 gmt"
    origin.pages["/feed"] = Answer(b"x", headers=(("ETag", etag), ("Last-Modified", stamp)))
    found = await fetcher.fetch(origin.url())
    assert (found.etag, found.last_modified) == (etag, stamp)
    await fetcher.fetch(origin.url(), validators=Validators(origin.url(), found.etag, found.last_modified))
    assert f"\r\nIf-None-Match: {etag}\r\n".encode() in origin.requests[1].raw
    assert f"\r\nIf-Modified-Since: {stamp}\r\n".encode() in origin.requests[1].raw


@pytest.mark.parametrize("etag", [b'"\xe9"', b'"\xff\xfe\xc3\xa9\x80"'], ids=["Latin-1", "no text at all"])
async def test_P2_validators_that_are_no_text_come_back_byte_for_byte_too(
    fetcher: Fetcher, origin: Origin, etag: bytes
) -> None:
    origin.pages["/feed"] = Answer(b"x", headers=(("ETag", etag), ("Last-Modified", b"\xa0now")))
    found = await fetcher.fetch(origin.url())
    kept = records.unpack(
        Feed, records.pack(Feed(1, found.url, etag=found.etag, last_modified=found.last_modified))
    )
    await fetcher.fetch(origin.url(), validators=Validators(origin.url(), kept.etag, kept.last_modified))
    assert b"\r\nIf-None-Match: " + etag + b"\r\n" in origin.requests[1].raw
    assert b"\r\nIf-Modified-Since: \xa0now\r\n" in origin.requests[1].raw


async def test_P2_a_validator_that_is_no_text_is_sent_over_a_kept_connection_too(fetcher: Fetcher) -> None:
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                asked.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "\xe9"\r\n\r\n')
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
        for _ in range(2):
            await fetcher.fetch(url, validators=Validators(url, '"\udce9"'))
    assert [b'If-None-Match: "\xe9"\r\n' in request for request in asked] == [True, True]


async def test_P3_validators_are_never_carried_to_another_address(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages |= {"/feed": Answer(status=302, headers=(("Location", "/new"),)), "/new": Answer(b"x")}
    await fetcher.fetch(origin.url(), validators=Validators(origin.url(), '"a"'))
    assert [request.headers.get("if-none-match") for request in origin.requests] == ['"a"', None]
    await fetcher.fetch(origin.url(), validators=Validators(origin.url("/new"), '"b"'))
    assert [request.headers.get("if-none-match") for request in origin.requests[2:]] == [None, '"b"']


async def test_P5_a_304_has_no_body(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed"] = Answer(status=304, headers=(("ETag", '"b"'), ("Content-Length", "0")))
    found = await fetcher.fetch(origin.url(), validators=Validators(origin.url(), '"a"'))
    assert (found.status, found.body, found.etag) == (304, b"", '"b"')


async def test_S2_proxy_variables_are_ignored(
    fetcher: Fetcher, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    origin.pages["/feed"] = Answer(b"x")
    assert (await fetcher.fetch(origin.url())).body == b"x"


# ---------------------------------------------------------------- redirects


async def test_P14_five_redirects_are_followed_and_a_host_is_entered_once(
    fetcher: Fetcher, origin: Origin
) -> None:
    for step in range(5):
        origin.pages[f"/{step}"] = Answer(status=302, headers=(("Location", f"/{step + 1}"),))
    origin.pages["/5"] = Answer(b"there")
    entered: list[str] = []

    async def enter(host: str) -> None:
        entered.append(host)

    assert (await fetcher.fetch(origin.url("/0"), enter=enter)).body == b"there"
    assert entered == ["127.0.0.1"]
    origin.pages["/start"] = Answer(status=302, headers=(("Location", "/0"),))
    with pytest.raises(GaveUp, match="redirects more than 5 times"):
        await fetcher.fetch(origin.url("/start"))


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((307, 301), False), ((303,), False)],
    ids=["301", "308 then 301", "302", "307 then 301", "303"],
)
async def test_P13_only_redirects_for_good_from_the_first_on_say_where_a_feed_moved(
    fetcher: Fetcher, origin: Origin, statuses: tuple[int, ...], moved: bool
) -> None:
    for step, status in enumerate(statuses):
        origin.pages[f"/{step}"] = Answer(status=status, headers=(("Location", f"/{step + 1}"),))
    origin.pages[f"/{len(statuses)}"] = Answer(b"x")
    found = await fetcher.fetch(origin.url("/0"))
    assert found.url == origin.url(f"/{len(statuses)}")
    assert found.moved_to == (found.url if moved else "")


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/feed", "file:///etc/passwd", "http://u:p@127.0.0.1/", "http://[::1", "ftp://example.org/"],
)
async def test_P14_S2_every_hop_is_checked_like_a_first_address(
    fetcher: Fetcher, origin: Origin, location: str
) -> None:
    origin.pages["/feed"] = Answer(status=301, headers=(("Location", location),))
    with pytest.raises(UsageError):
        await fetcher.fetch(origin.url())


async def test_P22_denied_hosts_and_their_domains_are_not_asked(origin: Origin) -> None:
    origin.pages["/feed"] = Answer(status=302, headers=(("Location", "http://www.Denied.example/"),))
    async with Fetcher(Policy(LOOPBACK, denied_hosts=frozenset({"denied.example"}))) as fetcher:
        for url in ("https://denied.example/", "https://a.b.denied.example/", origin.url()):
            with pytest.raises(UsageError, match="NUTGRAF_DENIED_HOSTS"):
                await fetcher.fetch(url)
    assert len(origin.requests) == 1


async def test_a_form_is_posted_and_its_redirects_are_not_followed(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/hub"] = Answer(status=307, headers=(("Location", "/elsewhere"),))
    assert await fetcher.post(origin.url("/hub"), {"hub.mode": "subscribe", "a": "ü&"}) == 307
    (request,) = origin.requests
    assert (request.method, request.body) == ("POST", b"hub.mode=subscribe&a=%C3%BC%26")
    with pytest.raises(UsageError, match="not a public address"):
        await fetcher.post("http://10.0.0.1/", {})


async def test_a_redirect_to_nowhere_is_an_answer_like_another(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed"] = Answer(status=301)
    assert (await fetcher.fetch(origin.url())).status == 301


# ---------------------------------------------------------------- addresses

IANA_NOT_GLOBAL = """
0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.0 127.0.0.1
127.255.255.255 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.7 192.0.0.8
192.0.0.11 192.0.0.170 192.0.0.171 192.0.0.192 192.0.0.255 192.0.2.0 192.0.2.255 192.88.99.0 192.88.99.2
192.88.99.255 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0
203.0.113.255 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.254 255.255.255.255 168.63.129.16
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:a9fe:a9fe 64:ff9b::1 64:ff9b::7f00:1 64:ff9b:1::
64:ff9b:1:ffff:: 100:: 100::ffff 100:0:0:1:: 2001:: 2001::1 2001:0:ffff:ffff:: 2001:1:: 2001:1::4 2001:2::
2001:2:0:ffff:: 2001:5:: 2001:10:: 2001:1f:ffff:: 2001:1ff:ffff:: 2001:db8:: 2001:db8:ffff:: 2002::
2002:7f00:1:: 2002:ffff:: 3fff:: 3fff:fff:: 5f00:: 5f00:ffff:: fc00:: fd00:ec2::254 fdff:ffff:: fe80:: fe80::1
febf:ffff:: fec0:: feff:ffff:: ff00:: ff02::1 ffff:ffff:: 4000::1 1000::1 e000::1
"""

IANA_GLOBAL = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.0.9 192.0.0.10 192.0.1.0 192.0.3.0 192.31.196.1
192.52.193.1 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 192.175.48.1 198.17.255.255 198.20.0.0
198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255 168.63.129.17 ::ffff:8.8.8.8
2000::1 2001:1::1 2001:1::2 2001:1::3 2001:3::1 2001:4:112::1 2001:20::1 2001:2f:ffff:: 2001:30::1 2001:3f:ffff::
2001:200::1 2001:4860:4860::8888 2001:db7:ffff:: 2001:db9:: 2003:: 2400:: 2606:4700:: 2620:4f:8000::1 2a00::
3ffe::1
"""


@pytest.mark.parametrize("address", IANA_NOT_GLOBAL.split())
def test_S3_no_address_of_the_special_registries_is_let_through(address: str) -> None:
    with pytest.raises(Refused, match="not a public address"):
        Guard().check(address, 443)


@pytest.mark.parametrize("address", IANA_GLOBAL.split())
def test_S3_no_public_address_is_refused(address: str) -> None:
    Guard().check(address, 443)


def test_S3_zones_and_networks_of_the_operator() -> None:
    with pytest.raises(Refused):
        Guard().check("fe80::1%eth0", 80)
    allowed = Guard(addresses.networks("10.0.0.0/8, fd00::/8 192.168.1.7"))
    for address in ("10.9.8.7", "fd12::1", "192.168.1.7", "::ffff:10.0.0.1"):
        allowed.check(address, 12345)
    for address in ("192.168.1.8", "127.0.0.1"):
        with pytest.raises(Refused, match="NUTGRAF_ALLOWED_NETWORKS"):
            allowed.check(address, 80)


def test_S1_ports() -> None:
    for port in (80, 443, 8080, 8443):
        Guard().check("8.8.8.8", port)
    with pytest.raises(Refused, match="port 25"):
        Guard().check("8.8.8.8", 25)


PRIVATE_URLS = """
http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f000001/ http://0177.0.0.1/ http://localhost/
http://[::1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:0:0:1]/ http://127.0.0.1./
http://169.254.169.254/latest/meta-data/ http://[fd00:ec2::254]/ http://0/ http://[::]/ http://10.0.0.1:8080/
http://①②⑦.⓪.⓪.①/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/
"""


@pytest.mark.parametrize("url", PRIVATE_URLS.split())
async def test_S2_a_private_address_is_refused_before_a_socket_is_opened(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    async with Fetcher() as fetcher:
        create = socket.socket.__init__

        def watched(self: socket.socket, *args: int, **options: int) -> None:
            opened.append(args)
            create(self, *args, **options)

        monkeypatch.setattr(socket.socket, "__init__", watched)
        with pytest.raises(NutgrafError):
            await fetcher.fetch(url)
        monkeypatch.undo()
    assert [args for args in opened if args[:1] != (socket.AF_UNIX,)] == []  # type: ignore[index]  # a tuple


async def test_S2_one_private_address_among_several_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(*_: object) -> list[dict[str, object]]:
        return [
            {"hostname": "h", "host": host, "port": 80, "family": socket.AF_INET, "proto": 0, "flags": 0}
            for host in ("8.8.8.8", "10.0.0.1")
        ]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    async with Fetcher() as fetcher:
        with pytest.raises(UsageError, match=r"10\.0\.0\.1, which is not a public address"):
            await fetcher.fetch("http://mixed.example/")


async def test_S2_a_name_is_resolved_and_its_addresses_checked(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed"] = Answer(b"x")
    assert (await fetcher.fetch(origin.url(host="localhost"))).body == b"x"
    async with Fetcher() as strict:
        with pytest.raises(UsageError, match="not a public address"):
            await strict.fetch(origin.url(host="localhost"))


async def test_S2_the_peer_is_checked_after_connecting(
    fetcher: Fetcher, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def check(_: Guard, host: str, port: int) -> None:
        checked.append(host)
        if len(checked) > 1:
            raise Refused("the peer is another one")

    monkeypatch.setattr(Guard, "check", check)
    with pytest.raises(UsageError, match="the peer is another one"):
        await fetcher.fetch(origin.url())
    assert origin.requests == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ftp://example.org/", "starts with https"),
        ("example.org", "starts with https"),
        ("javascript:alert(1)", "starts with https"),
        ("http://user@example.org/", "user name"),
        ("http://user:pass@example.org/", "user name"),
        ("http://example.org/a b", "spaces"),
        ("http://example.org\\@10.0.0.1/", "spaces or other"),
        ("http://exa\u200bmple.org/", "spaces or other"),
        ("http://example.org/" + "x" * 2048, "longer than 2048"),
        ("http://example.org:99999/", "not a web address"),
        ("http:///path", "starts with https"),
        ("http://" + "a" * 70 + "ü.example/", "not"),
        ("", "starts with https"),
    ],
)
def test_S1_what_is_no_address_of_ours_says_so(typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        addresses.url(typed)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://example.org/%7ea?x=%2f+&y", "https://example.org/%7ea?x=%2f+&y"),
        (" https://Example.ORG./a ", "https://example.org/a"),
        ("https://bücher.example/für", "https://xn--bcher-kva.example/f%C3%BCr"),
        ("http://[2001:4860::1]:8080/", "http://[2001:4860::1]:8080/"),
    ],
)
def test_S1_addresses_are_requested_as_they_are(typed: str, sent: str) -> None:
    assert str(addresses.url(typed)) == sent


@settings(max_examples=50)
@given(st.text())
def test_S1_whatever_is_typed_is_an_address_or_a_sentence(typed: str) -> None:
    with contextlib.suppress(UsageError):
        assert addresses.url(typed).scheme in {"http", "https"}


async def test_hosts_of_the_operators_networks_are_exempt(fetcher: Fetcher) -> None:
    assert await fetcher.is_exempt("http://127.0.0.1:99/")
    assert await fetcher.is_exempt("http://[::1]/")
    assert not await fetcher.is_exempt("http://8.8.8.8/")
    assert not await fetcher.is_exempt("http://no.such.host.invalid/")
    assert not await Fetcher().is_exempt("http://127.0.0.1/")


async def test_whether_a_host_needs_spacing_is_remembered_for_a_moment(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MOST_EXEMPT", 1)
    assert await fetcher.is_exempt("http://127.0.0.1:99/")
    assert await fetcher.is_exempt("http://127.0.0.1:98/other")
    assert not await fetcher.is_exempt("http://8.8.8.8/")
    assert list(fetcher._exempt) == ["8.8.8.8"]


# ---------------------------------------------------------------- limits


async def test_S4_a_gzip_bomb_is_dropped_early(fetcher: Fetcher, origin: Origin) -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    origin.pages["/feed"] = Answer(bomb, headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(GaveUp, match="unpacks to far more"):
        await fetcher.fetch(origin.url())


async def test_S4_an_endless_body_ends_at_8_megabytes(fetcher: Fetcher, origin: Origin) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield bytes(100_000)

    origin.pages["/feed"] = Answer(chunks=endless)
    with pytest.raises(GaveUp, match="more than 8 MB"):
        await fetcher.fetch(origin.url())


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"feed" * 1000)),
        ("x-gzip", gzip.compress(b"feed" * 500) + gzip.compress(b"feed" * 500)),
        ("deflate", zlib.compress(b"feed" * 1000)),
        ("deflate", zlib.compress(b"feed" * 1000)[2:-4]),
        ("identity", b"feed" * 1000),
    ],
    ids=["gzip", "two members", "deflate", "raw deflate", "identity"],
)
async def test_S4_one_layer_of_packing_is_read(
    fetcher: Fetcher, origin: Origin, encoding: str, packed: bytes
) -> None:
    origin.pages["/feed"] = Answer(packed, headers=(("Content-Encoding", encoding),))
    assert (await fetcher.fetch(origin.url())).body == b"feed" * 1000


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip,deflate", "zstd"])
async def test_S4_more_layers_or_other_packing_are_not_read(
    fetcher: Fetcher, origin: Origin, encoding: str
) -> None:
    origin.pages["/feed"] = Answer(b"x", headers=(("Content-Encoding", encoding),))
    with pytest.raises(GaveUp, match="packed its answer in a way"):
        await fetcher.fetch(origin.url())


async def test_P3_a_body_cut_off_is_no_body(fetcher: Fetcher, origin: Origin) -> None:
    packed = gzip.compress(b"feed" * 1000)
    origin.pages |= {
        "/gzip": Answer(packed[:-9], headers=(("Content-Encoding", "gzip"),)),
        "/length": Answer(b"short", headers=(("Content-Length", "5000"),)),
        "/bad": Answer(b"no gzip at all", headers=(("Content-Encoding", "gzip"),)),
    }
    for path in ("/gzip", "/length"):
        with pytest.raises(RetryLater, match="broke off"):
            await fetcher.fetch(origin.url(path))
    with pytest.raises(GaveUp, match="cannot be unpacked"):
        await fetcher.fetch(origin.url("/bad"))


async def test_S4_headers_are_limited(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages |= {
        "/many": Answer(b"x", headers=tuple((f"X-{i}", "y" * 800) for i in range(60))),
        "/long": Answer(b"x", headers=(("X-Long", "y" * 40_000),)),
    }
    with pytest.raises(GaveUp, match="32 KB of headers"):
        await fetcher.fetch(origin.url("/many"))
    with pytest.raises(NutgrafError):
        await fetcher.fetch(origin.url("/long"))


async def test_S4_slow_servers_are_left(fetcher: Fetcher, origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip() -> AsyncIterator[bytes]:
        for _ in range(100):
            await asyncio.sleep(0.05)
            yield b"x"

    origin.pages |= {"/drip": Answer(chunks=drip), "/silent": Answer(before=lambda: asyncio.sleep(3))}
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.3)
    with pytest.raises(RetryLater, match="too slow"):
        await fetcher.fetch(origin.url("/drip"))
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 30)
    monkeypatch.setattr(fetch, "FIRST_BYTE_SECONDS", 0.2)
    with pytest.raises(RetryLater, match="too slow"):
        await fetcher.fetch(origin.url("/silent"))


async def test_S4_redirects_share_one_time(
    fetcher: Fetcher, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin.pages["/feed"] = Answer(
        status=302, headers=(("Location", "/feed"),), before=lambda: asyncio.sleep(0.15)
    )
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.4)
    with pytest.raises(RetryLater, match="too slow"):
        await fetcher.fetch(origin.url())


async def test_what_cannot_be_reached_says_so(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed"] = b"this is no HTTP\r\n\r\n"
    with pytest.raises(RetryLater, match="no HTTP"):
        await fetcher.fetch(origin.url())
    with pytest.raises(RetryLater, match="is not known"):
        await fetcher.fetch("http://no.such.host.invalid/")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(RetryLater, match="cannot be reached"):
            await fetcher.fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    with pytest.raises(RetryLater):
        await Fetcher(Policy(LOOPBACK)).fetch(origin.url())


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(["", "gzip", "deflate"]))
def test_S4_no_bytes_break_the_unpacking(chunks: list[bytes], encoding: str) -> None:
    body = bodies.Body([encoding], "h")
    try:
        for chunk in chunks:
            body.add(chunk)
        assert encoding or body.end() == b"".join(chunks)
    except NutgrafError:
        pass


# ---------------------------------------------------------------- what headers say

DATE = ("Date", "Thu, 01 Jan 2026 00:00:00 GMT")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("Cache-Control", "max-age=7200"),), 7200),
        ((("Cache-Control", 'public, Max-Age="7200"'), ("Age", "200")), 7000),
        ((("Cache-Control", "max-age=100"), ("Age", "200")), 0),
        ((("Cache-Control", "no-store, max-age=7200"),), 0),
        ((("Cache-Control", "no-cache"), ("Expires", "Fri, 02 Jan 2026 00:00:00 GMT"), DATE), 0),
        ((("Expires", "Fri, 02 Jan 2026 00:00:00 GMT"), DATE), 86400),
        ((("Expires", "Fri, 02 Jan 2020 00:00:00 GMT"), DATE), 0),
        ((("Expires", "0"), DATE), 0),
        ((("Expires", "Fri, 02 Jan 2026 00:00:00 GMT"),), 0),
        ((("Cache-Control", "max-age=-5"),), 0),
        ((("Cache-Control", "max-age=" + "9" * 40),), 0),
        ((), 0),
    ],
)
async def test_P9_freshness(
    fetcher: Fetcher, origin: Origin, headers: tuple[tuple[str, str], ...], seconds: float
) -> None:
    origin.pages["/feed"] = Answer(b"x", headers=headers)
    assert (await fetcher.fetch(origin.url())).fresh_seconds == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("Retry-After", "120"),), 120),
        ((("Retry-After", "Thu, 01 Jan 2026 01:00:00 GMT"), DATE), 3600),
        ((("Retry-After", "Thu, 01 Jan 2026 01:00:00 GMT"),), None),
        ((("Retry-After", "Thu, 01 Jan 2020 01:00:00 GMT"), DATE), None),
        ((("Retry-After", "99999999"),), 31 * 86400),
        ((("Retry-After", "-5"),), None),
        ((("Retry-After", "soon"),), None),
        ((("Retry-After", "0"),), None),
        ((), None),
    ],
)
async def test_P10_retry_after(
    fetcher: Fetcher, origin: Origin, headers: tuple[tuple[str, str], ...], seconds: float | None
) -> None:
    origin.pages["/feed"] = Answer(status=429, headers=headers)
    assert (await fetcher.fetch(origin.url())).retry_after_seconds == seconds


async def test_P23_links_of_the_headers(fetcher: Fetcher, origin: Origin) -> None:
    origin.pages["/feed"] = Answer(
        b"x",
        headers=(
            ("Link", '<https://hub.example/>; rel="hub", </self?a=1,2>; title="x, y"; rel=self'),
            ("Link", "<http://other.example/>; rel=hub, <x>"),
        ),
    )
    found = await fetcher.fetch(origin.url())
    assert found.link("hub") == "https://hub.example/"
    assert found.link("self") == origin.url("/self?a=1,2")
    assert found.link("next") == ""


def test_the_user_agent_without_a_contact() -> None:
    assert Policy(version="2").user_agent() == "Nutgraf/2 (self-hosted; 1 subscriber)"
    assert answers.retry_after_seconds is not None


async def test_when_host_after_host_is_unknown_it_is_our_own_network() -> None:
    async with Fetcher() as fetcher:
        for number in range(fetch.MANY_MISSED):
            with pytest.raises(RetryLater) as told:
                await fetcher.fetch(f"https://host-{number}.invalid/")
            assert ("the network seems to be down" in str(told.value)) == (number == fetch.MANY_MISSED - 1)


async def test_a_host_that_answers_shows_that_the_network_is_up(fetcher: Fetcher, origin: Origin) -> None:
    for number in range(2 * fetch.MANY_MISSED):
        with pytest.raises(RetryLater, match="not known"):
            await fetcher.fetch(f"https://host-{number}.invalid/")
        await fetcher.fetch(origin.url())
