"""Two sentences that tell of one denial, and others that only sound alike."""

import pytest

from summarizer.denial import denies_again, denies_link

DENIED = "The defence ministry in Veltland denied that the levy had anything to do with the war."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "A defence ministry statement ruled out any connection with the campaign.", True, id="ruled out"
        ),
        pytest.param("The levy, the Defence Ministry says, is unrelated to the fighting.", True, id="unrelated"),
        pytest.param("The levy is not linked to the war, said the defence ministry.", True, id="not linked"),
        pytest.param("The defence ministry denied that 300 men had died.", False, id="another denial of its"),
        pytest.param("The bank of Ostmark has no connection to the firm.", False, id="another party"),
        pytest.param("The defence ministry opened a new rail connection.", False, id="no denial at all"),
    ],
)
def test_whether_a_denial_is_told_again(text: str, expected: bool) -> None:
    assert denies_again(DENIED, text) is denies_again(text, DENIED) is expected


def test_a_long_text_is_read_in_one_pass() -> None:
    assert not denies_link("no thing at all to do, any, no, nothing " * 20_000)
