"""The only file that calls Slack; its failures leave here as errors of our own tree."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatGone, GaveUp, MaybeSent, NutgrafError, RetryLater, UsageError

QUIET = logging.Logger("slack", logging.CRITICAL + 1)
"""What the Slack libraries log to: nothing, because they log payloads, response URLs and tracebacks (S14)."""

TIMEOUT_SECONDS = 20.0
RETRY_SECONDS = 2.0
"""How long to wait at first after a refused connection."""

LIMITED_SECONDS = 30.0
"""How long to wait after a 429 that names no time."""

LOST_ACCESS = "Slack no longer accepts the bot in this workspace. Install the app again; then its briefings go on."

_ABSENT = (
    "The bot is not in this channel. Type `/invite` and its name there (a private channel needs that), "
    "then order the briefing again."
)
_FORBIDDEN = "This workspace does not let the bot write here. Ask an admin, or order the briefing elsewhere."

GONE = {
    "channel_not_found": _ABSENT,
    "not_in_channel": _ABSENT,
    "is_archived": "This channel is archived. Unarchive it and order the briefing again, or order it elsewhere.",
    "user_not_found": "Slack no longer knows this person.",
    "user_disabled": "This person's Slack account is closed.",
    "cannot_dm_bot": "This is a bot, and bots cannot be written to.",
    "messages_tab_disabled": "The app's Messages tab is off. Turn it on under App Home in the app's settings.",
    "restricted_action": _FORBIDDEN,
    "restricted_action_read_only_channel": _FORBIDDEN,
    "restricted_action_thread_only_channel": _FORBIDDEN,
    "restricted_action_non_threadable_channel": _FORBIDDEN,
    "no_permission": _FORBIDDEN,
    "access_denied": LOST_ACCESS,
    "account_inactive": LOST_ACCESS,
    "invalid_auth": LOST_ACCESS,
    "not_authed": LOST_ACCESS,
    "org_login_required": LOST_ACCESS,
    "team_access_not_granted": LOST_ACCESS,
    "team_not_found": LOST_ACCESS,
    "token_expired": LOST_ACCESS,
    "token_revoked": LOST_ACCESS,
}
"""Slack's words for a chat that can no longer be written to, and the way out."""

_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_BROKEN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


class Refused(GaveUp):
    """Slack understood the call and said no; `reason` is its word for it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Upload:
    """A file with what is said beside it, and of a picture to those who cannot see it (`alt`)."""

    name: str
    content: bytes
    comment: str
    alt: str = ""


class Api:
    """Slack's Web API and response URLs, each call sent once: whether it is repeated is the caller's business."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.client = AsyncWebClient(base_url=base_url, logger=QUIET, retry_handlers=[])
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one HTTP session; a kept-alive connection that dies unnoticed would make a send uncertain."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS, sock_connect=TIMEOUT_SECONDS / 2)
            self._session = aiohttp.ClientSession(
                timeout=timeout, connector=aiohttp.TCPConnector(force_close=True)
            )
        return self._session

    async def call(self, method: str, token: str, **arguments: object) -> Mapping[str, Any]:
        """Return Slack's answer to a method.

        Raises:
            RetryLater: It was certainly not done.
            MaybeSent: Its answer was lost.
            ChatGone: The chat or the workspace is closed to the bot; the text says the way out.
            Refused: Slack will not do it.

        """
        known = {name: value for name, value in arguments.items() if value not in (None, "")} | {"token": token}
        if method.endswith((".info", ".test")):
            return await self._asked(method, http_verb="GET", params=known)
        return await self._asked(method, json=known)

    async def exchange(
        self, code: str, client_id: str, client_secret: str, redirect_url: str
    ) -> Mapping[str, Any]:
        """Return what Slack gives for the code of an installation; errors as `call`."""
        asked = {
            "code": code,
            "redirect_uri": redirect_url,
            "client_id": client_id,
            "client_secret": client_secret,
        }
        return await self._asked("oauth.v2.access", data=asked)

    async def _asked(self, method: str, **how: Any) -> Mapping[str, Any]:
        self.client.session = self.session
        try:
            answer = await self.client.api_call(method, **how)
        except SlackApiError as error:
            raise _refusal(method, error) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(error) from error
        data: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return data

    async def upload(self, token: str, file: Upload, channel: str, thread: str) -> None:
        """Share a file in a channel; errors as `call`. Nothing is seen of it before the last of its steps."""
        try:
            facts = {"filename": file.name, "length": len(file.content), "token": token}
            facts |= {"alt_txt": file.alt} if file.alt else {}
            place = await self._asked("files.getUploadURLExternal", params=facts)
            await self._carry(str(place["upload_url"]), file.content)
        except MaybeSent as error:
            raise RetryLater(str(error), RETRY_SECONDS) from error
        shared = {"channel_id": channel, "initial_comment": file.comment} | (
            {"thread_ts": thread} if thread else {}
        )
        named = json.dumps([{"id": place["file_id"], "title": file.name}])
        await self._asked("files.completeUploadExternal", params={"files": named, "token": token, **shared})

    async def _carry(self, url: str, content: bytes) -> None:
        try:
            async with self.session.post(url, data=content) as response:
                status, retry_after = response.status, response.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(error) from error
        if status != 200:
            raise error_of("upload", status, "", retry_after)

    async def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Post to a response URL; errors as `call`."""
        try:
            async with self.session.post(url, json=body) as response:
                text = await response.text()
                status, retry_after = response.status, response.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(error) from error
        if status != 200:
            raise error_of("response_url", status, _reason(text), retry_after)

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()


def error_of(method: str, status: int, reason: str, retry_after: str | None = None) -> NutgrafError:
    """Return what an unsuccessful answer means for whoever asked."""
    if status == 429 or reason in _LIMITED:
        seconds = float(retry_after) if retry_after and retry_after.isdecimal() else LIMITED_SECONDS
        return RetryLater(f"Slack asks to wait before another {method}.", seconds)
    if reason in GONE:
        return ChatGone(GONE[reason])
    if status >= 500 or reason in _BROKEN:
        return MaybeSent(f"Slack failed with {reason or status} on {method}.")
    if reason == "missing_scope":
        return Refused(reason, f"The Slack app may not {method}. Update it from `nutgraf slack manifest`.")
    return Refused(reason, f"Slack refused {method}: {reason or status}.")


def wrong_token(error: NutgrafError, name: str) -> NutgrafError:
    """Return the sentence for the operator when a token is not accepted at the start, else the error itself."""
    if not isinstance(error, ChatGone | Refused):
        return error
    why = f"Slack says {error.reason}" if isinstance(error, Refused) else "it is wrong, or was revoked"
    return UsageError(f"Slack does not accept {name}: {why}. Copy it again from the app's settings.")


def _refusal(method: str, error: SlackApiError) -> NutgrafError:
    response = error.response
    data = getattr(response, "data", None)
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    reason = str(data.get("error") or "") if isinstance(data, dict) else ""
    headers = getattr(response, "headers", None) or {}
    return error_of(method, status, reason, headers.get("Retry-After"))


def _failure(error: Exception) -> NutgrafError:
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return RetryLater("Slack cannot be reached.", RETRY_SECONDS)
    return MaybeSent("The connection to Slack was lost before it answered.")


def _reason(text: str) -> str:
    """Return Slack's word in the body of a refused response URL: an error in JSON, or the bare word."""
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return text.strip()[:60]
