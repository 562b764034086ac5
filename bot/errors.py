"""Every error of the program, split by what the caller does next.

NutgrafError
├── UsageError      a person can mend it; its text is a sentence for the reader that says what to do
├── RetryLater      certainly not done; do it again after `after_seconds`
│   └── StoreAway   the store does not answer; wait for it (`store.back()`), then do it again
├── MaybeSent       a send was cut off; nobody knows whether it arrived; do not repeat it by itself
├── GaveUp          will not work however often it is tried; record it and go on
└── ChatGone        the chat blocked, removed or archived us; pause what it ordered and keep it
    └── ChatMoved   the chat lives on under `new_chat_id`
"""


class NutgrafError(Exception):
    """Whatever Nutgraf raises by intent."""


class UsageError(NutgrafError):
    """A person can mend this; `str(error)` is shown to them as it stands."""


class RetryLater(NutgrafError):
    """Certainly not done; may be done again after `after_seconds`."""

    def __init__(self, message: str, after_seconds: float) -> None:
        super().__init__(message)
        self.after_seconds = after_seconds


class StoreAway(RetryLater):
    """The store does not answer. Whether the write was done is not known, but every one may be repeated."""

    def __init__(self, message: str, after_seconds: float = 1.0) -> None:
        super().__init__(message, after_seconds)


class MaybeSent(NutgrafError):
    """A send whose answer was lost."""


class GaveUp(NutgrafError):
    """Will not work however often it is tried."""


class ChatGone(NutgrafError):
    """The chat can no longer be written to; the text says why."""


class ChatMoved(ChatGone):
    """The chat has a new id on the same platform."""

    def __init__(self, message: str, new_chat_id: str) -> None:
        super().__init__(message)
        self.new_chat_id = new_chat_id
