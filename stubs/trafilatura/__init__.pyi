from typing import Any

def load_html(htmlobject: bytes | str) -> Any: ...
def bare_extraction(
    filecontent: Any,
    url: str | None = None,
    *,
    fast: bool = False,
    include_comments: bool = True,
    with_metadata: bool = False,
) -> Any: ...
