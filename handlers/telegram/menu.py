"""The commands that Telegram offers while one types: for each kind of chat, and a chat's own topics (T4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from handlers.telegram.read import menu_word

MENU_LIMIT = 100
DESCRIPTION_LIMIT = 256


@dataclass(frozen=True, slots=True)
class Verb:
    """A command as a menu names it, if it is `listed`.

    What `changes` a chat's settings is for administrators alone in a group.
    """

    word: str
    description: str
    changes: bool = False
    listed: bool = True


def menus(verbs: Sequence[Verb]) -> Iterator[tuple[BotCommandScope, list[BotCommand]]]:
    """Yield each scope with its commands: in groups, only administrators are offered what changes settings."""
    everything = _commands(verbs)
    yield BotCommandScopeAllPrivateChats(), everything
    yield BotCommandScopeAllChatAdministrators(), everything
    yield BotCommandScopeAllGroupChats(), _commands(verb for verb in verbs if not verb.changes)


def own_menu(verbs: Sequence[Verb], topics: Iterable[str]) -> list[BotCommand]:
    """Return the commands of a chat that follows topics: each topic first, then the verbs."""
    taken = {verb.word for verb in verbs}
    followed = []
    for topic in topics:
        word = menu_word(topic)
        if word and word not in taken:
            taken.add(word)
            followed.append(BotCommand(word, f"What is new on {topic}"[:DESCRIPTION_LIMIT]))
    commands = _commands(verbs)
    return followed[: max(MENU_LIMIT - len(commands), 0)] + commands


def _commands(verbs: Iterable[Verb]) -> list[BotCommand]:
    return [BotCommand(verb.word, verb.description[:DESCRIPTION_LIMIT]) for verb in verbs if verb.listed]
