"""The whole program as its users run it: processes, signals, both platforms, and what is left after a kill."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.bot import origin
from tests.bot.origin import Answer
from tests.handlers import slack_server, telegram_server
from tests.handlers.slack_server import SlackServer
from tests.handlers.telegram_server import TelegramServer

pytestmark = pytest.mark.timeout(120)

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 45
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title><link>http://{host}/</link>
<item><guid>1</guid><title>{title}</title><link>http://{host}/news/1</link>
<pubDate>Tue, 01 Apr 2025 18:00:00 GMT</pubDate><description>{text}</description></item></channel></rss>"""
TEXT = (
    "The rail union called a strike of 5,200 train drivers for the coming Friday, it said on Tuesday. "
    "The railway said that nine trains in ten would stand still on that day. It had offered the drivers 3 percent "
    "more pay, which the union refused. Commuters are to take the bus, and the buses are to run until midnight. "
    "The last strike of the train drivers was in 2019, and it took two days. The railway had 4,900 train drivers "
    "in 2023 and 5,100 in 2024. The drivers draft their rosters themselves, and the union wants that to stay so. "
    "The railway would rather let a computer do it."
)


@dataclass
class Program:
    """The settings that every process of one test shares."""

    data: Path
    settings: dict[str, str]

    async def start(self, *words: str, **more: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=ROOT,
            env={**os.environ, **self.settings, **more},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )

    async def run(self, *words: str, typed: str = "", **more: str) -> tuple[int, str]:
        """Return the exit status of a command and all that it printed."""
        process = await self.start(*words, **more)
        shown, _ = await asyncio.wait_for(process.communicate(typed.encode("latin-1")), PATIENCE_SECONDS)
        assert process.returncode is not None
        return process.returncode, shown.decode()

    @asynccontextmanager
    async def running(self, **more: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
        """Yield a bot that has said that it is ready, and all it said until then; it is killed in the end."""
        process = await self.start("run", **more)
        said = ""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while "is ready" not in said:
                    assert process.stdout
                    line = (await process.stdout.readline()).decode()
                    assert line, said
                    said += line
            yield process, said
        finally:
            if process.returncode is None:
                await kill_group(process)


async def kill_group(process: asyncio.subprocess.Process) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()


async def end(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Ask the process to end, and return its exit status and what it still said."""
    process.send_signal(signal.SIGTERM)
    shown, _ = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode is not None
    return process.returncode, shown.decode()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    settings = {
        "NUTGRAF_DATA": str(tmp_path / "data"),
        "NUTGRAF_CONFIG": str(tmp_path / "nutgraf.toml"),
        "NUTGRAF_ALLOWED_NETWORKS": "127.0.0.0/8",
        "BOT_HTTP_PORT": "0",
    }
    return Program(tmp_path / "data", settings)


@asynccontextmanager
async def two_feeds() -> AsyncIterator[list[str]]:
    """Yield the addresses of two feeds that tell one story each in its own words."""
    async with origin.serving() as web:
        told = {"/gull": ("Gull Gazette", "Train drivers to strike on Friday", TEXT)}
        told["/rail"] = ("Rail News", "Strike of 5,200 drivers", f"On Friday no train will run. {TEXT}")
        for path, (outlet, title, text) in told.items():
            body = FEED.format(outlet=outlet, host=f"127.0.0.1:{web.port}{path}", title=title, text=text)
            web.pages[path] = Answer(body=body.encode(), headers=(("Content-Type", "application/rss+xml"),))
        yield [web.url(path) for path in told]


async def health(said: str) -> int:
    address = said.rsplit("; ", 1)[1].strip()
    async with ClientSession() as session, session.get(address) as answer:
        return answer.status


# ---------------------------------------------------------------- without a platform


async def test_without_a_platform_it_says_which_lines_to_add_and_runs_until_told_to_end(
    program: Program,
) -> None:
    async with program.running() as (process, said):
        assert "TELEGRAM_BOT_TOKEN=" in said
        assert "SLACK_BOT_TOKEN=" in said
        assert await health(said) == 200
        assert await end(process) == (0, "")


async def test_what_is_piped_in_is_answered_line_by_line_until_it_ends(program: Program) -> None:
    async with two_feeds() as feeds:
        program.settings["NUTGRAF_CLOCK"] = "2025-04-02T08:00:00+00:00"
        status, said = await program.run("run", typed=f"add {feeds[0]}\nstrike\nsources")
        assert (status, "Added Gull Gazette as feed 1." in said) == (0, True)
        assert said.index("5,200 train drivers") < said.index("1. Gull Gazette: read 08:00 UTC")


async def test_however_much_is_piped_in_little_waits_in_memory(program: Program) -> None:
    status, said = await program.run("chat", typed="help\n" * 60 + "x" * 30_000 + "\nexit\n")
    assert (status, said.count("What you can say")) == (0, 60)


async def test_an_input_that_says_nothing_ends_nothing(program: Program) -> None:
    async with program.running() as (process, said):
        assert process.stdin
        process.stdin.close()
        await asyncio.sleep(0.2)
        assert await health(said) == 200
        assert await end(process) == (0, "")


async def test_feeds_are_added_listed_asked_and_removed_from_the_shell(program: Program) -> None:
    async with two_feeds() as feeds:
        program.settings["NUTGRAF_CLOCK"] = "2025-04-02T08:00:00+00:00"
        status, said = await program.run("add", *feeds)
        assert (status, said) == (0, "Added Gull Gazette as feed 1.\nAdded Rail News as feed 2.\n")
        status, said = await program.run("brief", "strike")
        assert "5,200 train drivers" in said
        assert "2 outlets, 1 independent" in said
        status, said = await program.run("chat", typed="strike\nsources\nexit\n")
        assert said.count("5,200 train drivers") >= 1
        assert "2. Rail News: read 08:00 UTC" in said
        assert (await program.run("remove", "2"))[1].startswith("Removed Rail News.")
        status, said = await program.run("remove", "2")
        assert (status, said.startswith("nutgraf: There is no feed “2”.")) == (2, True)
        status, said = await program.run("add", "seeds/no-such.opml")
        assert (status, said.startswith("nutgraf: There is no file “seeds/no-such.opml”.")) == (2, True)


async def test_the_owner_of_the_store_may_leave_while_a_chat_goes_on(program: Program) -> None:
    async with program.running() as (process, _):
        chat = await program.start("chat")
        assert chat.stdin
        assert chat.stdout
        chat.stdin.write(b"following\n")
        assert b"is sent no briefings" in await chat.stdout.readline()
        assert (await end(process))[0] == 0
        chat.stdin.write(b"following\nexit\n")
        shown, _ = await asyncio.wait_for(chat.communicate(), 20)
        assert b"is sent no briefings" in shown
        assert chat.returncode == 0


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        pytest.param(("add", "http://127.0.0.1:9/x"), {}, "127.0.0.1", id="a feed nobody serves"),
        pytest.param(
            ("add", "http://10.0.0.1/feed"),
            {},
            "name that network in NUTGRAF_ALLOWED_NETWORKS",
            id="a private address",
        ),
        pytest.param(("add", "ftp://gull.example/x"), {}, "http", id="an address of another kind"),
        pytest.param(("brief",), {"NUTGRAF_ZONE": "Mars"}, "NUTGRAF_ZONE is not usable", id="an unknown zone"),
        pytest.param(("brief",), {"NUTGRAF_CLOCK": "noon"}, "NUTGRAF_CLOCK", id="a clock that shows nothing"),
        pytest.param(("run",), {"REDIS_URL": "redis://127.0.0.1:9"}, "REDIS_URL", id="a store nobody serves"),
        pytest.param(("remove", "9"), {}, "There is no feed “9”", id="a feed there is not"),
    ],
)
async def test_a_mistake_ends_in_a_sentence(
    program: Program, words: tuple[str, ...], settings: dict[str, str], sentence: str
) -> None:
    status, said = await program.run(*words, **settings)
    assert sentence in said
    assert "Traceback" not in said
    assert status in {0, 1, 2}


async def test_bytes_that_are_no_text_are_a_question_like_any_other(program: Program) -> None:
    status, said = await program.run("chat", typed="strike \xff\nbrief\nexit\n")
    assert (status, said.count("I read no feeds yet")) == (0, 2)
    status, said = await program.run("brief", "strike \udcff")
    assert (status, "Traceback" in said) == (0, False)


async def test_a_wrong_token_ends_in_a_sentence(program: Program) -> None:
    async with TelegramServer() as telegram, SlackServer() as slack:
        wrong = {"TELEGRAM_API_BASE_URL": telegram.base_url, "TELEGRAM_BOT_TOKEN": "1:wrong"}
        status, said = await program.run("run", **wrong)
        assert (status, "TELEGRAM_BOT_TOKEN" in said, "Traceback" in said) == (2, True, False)
        wrong = {
            "SLACK_API_BASE_URL": slack.api_base_url,
            "SLACK_BOT_TOKEN": "xoxb-no",
            "SLACK_APP_TOKEN": "xapp-no",
        }
        status, said = await program.run("run", **wrong)
        assert (status, "SLACK_BOT_TOKEN" in said, "Traceback" in said) == (2, True, False)


# ---------------------------------------------------------------- both platforms


async def charts_of_strike(telegram: TelegramServer, slack: SlackServer) -> tuple[bytes, bytes]:
    """Ask for a chart on both platforms, and return the pictures that they get."""
    await telegram.say("chart strike")
    await slack.push("slash_commands", slack.command("/brief", "chart strike", channel="D1"))
    (photo,) = await telegram.wait_for("sendPhoto", 1, PATIENCE_SECONDS)
    await slack.wait_for("files.completeUploadExternal")
    return photo["photo"][1], next(iter(slack.files.values()))


async def test_D2_D4_the_briefing_comes_once_on_each_platform_whatever_is_killed(program: Program) -> None:
    async with TelegramServer() as telegram, SlackServer() as slack, two_feeds() as feeds:
        program.settings |= {
            "NUTGRAF_ACCESS": "open",
            "TELEGRAM_API_BASE_URL": telegram.base_url,
            "TELEGRAM_BOT_TOKEN": telegram_server.TOKEN,
            "SLACK_API_BASE_URL": slack.api_base_url,
            "SLACK_BOT_TOKEN": slack_server.BOT_TOKEN,
            "SLACK_APP_TOKEN": slack_server.APP_TOKEN,
        }
        before, clock = (
            {"NUTGRAF_CLOCK": "2025-04-02T05:00:00+00:00"},
            {"NUTGRAF_CLOCK": "2025-04-02T05:59:57+00:00"},
        )
        assert (await program.run("add", *feeds, **before))[0] == 0
        async with program.running(**before) as (process, said):
            assert "slack, telegram; 2 feeds" in said
            for number, words in enumerate(("follow strike", "schedule 07:00 Europe/London"), start=1):
                await telegram.say(words)
                await telegram.wait_for("sendMessage", number)
                await slack.push("slash_commands", slack.command("/brief", words))
                await slack.wait_for("response_url", number)
            await kill_group(process)
        async with program.running(**clock) as (process, _):
            briefed = await telegram.wait_for("sendMessage", 3, PATIENCE_SECONDS)
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not slack.sent("chat.postMessage"):
                    await asyncio.sleep(0.1)
            assert "5,200" in briefed[2]["text"]
            await asyncio.sleep(1)
            await kill_group(process)
        async with program.running(**clock) as (process, _):
            await asyncio.sleep(4)
            photo, shared = await charts_of_strike(telegram, slack)
            assert photo == shared
            assert (await end(process))[0] == 0
        assert len(telegram.called("sendMessage")) == 3
        assert len([sent for sent in slack.sent("chat.postMessage") if not sent.get("thread_ts")]) == 1
        shown: Any = slack.sent("chat.postMessage")[0]
        telegram_id, slack_id = (str(text).split("brief ")[1][:4] for text in (briefed[2]["text"], shown))
        assert telegram_id == slack_id


# ---------------------------------------------------------------- doors and manifest


async def test_a_door_answers_line_by_line_and_says_by_its_status_whether_all_went_well(program: Program) -> None:
    asked = '{"id": 1, "text": "The union called 5,200 drivers out."}\n{"id": 2}\n'
    status, said = await program.run("inspect", "figures", "--jsonl", typed=asked)
    good, bad = map(json.loads, said.splitlines())
    assert (status, good["figures"][0]["value"], bad["id"], "error" in bad) == (1, 5200, 2, True)
    text = program.data.with_name("text.txt")
    text.write_text("The union called 5,200 drivers out. Nobody drove.")
    assert await program.run("inspect", "sentences", str(text)) == (
        0,
        "     0  The union called 5,200 drivers out.\n    36  Nobody drove.\n",
    )
    assert "5,200 drivers" in (await program.run("inspect", "bullets", "--topic", "union", str(text)))[1]
    assert (await program.run("inspect", "stories", "--jsonl", typed='{"id": "a", "title": "A", "text": "B"}\n'))[
        1
    ] == ('{"id": "a", "story": 1, "copy_group": 1}\n')
    status, said = await program.run("inspect", "figures", str(text.with_name("none.txt")))
    assert (status, "Give a file of text." in said) == (2, True)


async def test_the_slack_manifest_is_printed_with_its_topics(program: Program) -> None:
    status, said = await program.run("slack", "manifest", SLACK_TOPICS="draft, climate")
    commands = [command["command"] for command in json.loads(said)["features"]["slash_commands"]]
    assert (status, commands) == (0, ["/brief", "/draft", "/climate"])


async def test_a_worker_listens_to_nobody_and_ends_when_told(program: Program) -> None:
    process = await program.start("work")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (program.data / "store").exists():
            await asyncio.sleep(0.05)
    assert await end(process) == (0, "")
