"""Who may talk to the bot (S15), on the real server."""

from bot.model import ChatRef
from bot.store import Store
from tests.bot.store.examples import CHAT


async def test_S15_the_first_with_the_code_is_the_owner_and_the_code_is_used_up(store: Store) -> None:
    code = await store.access.claim_code()
    assert await store.access.claim_code() == code
    assert await store.access.owner() == ""
    assert not await store.access.claim("WRONG", "7")
    assert await store.access.claim(f" {code.lower()} ", "7")
    assert await store.access.claim(code, "7"), "asked again by the owner, it is no mistake"
    assert not await store.access.claim(code, "8")
    assert await store.access.owner() == "7"
    assert await store.access.claim_code() != code


async def test_S15_only_the_owner_and_his_guests_are_let_in(store: Store) -> None:
    await store.access.claim(await store.access.claim_code(), "7")
    assert await store.access.allowed("7", CHAT)
    assert not await store.access.allowed("8", CHAT)
    await store.access.allow("telegram:8")
    assert await store.access.allowed("8", CHAT)
    assert not await store.access.allowed("8", ChatRef("slack", "T1/C1"))
    await store.access.disallow("telegram:8")
    assert not await store.access.allowed("8", CHAT)
    await store.access.allow(CHAT)
    assert await store.access.allowed("9", ChatRef("telegram", CHAT.id, "5")), (
        "a chat's threads are let in with it"
    )
    await store.access.disallow(CHAT)
    assert not await store.access.allowed("9", CHAT)
