from typing import Any

def parse(
    source: str | bytes,
    *,
    include_content: bool = True,
    include_tags: bool = True,
    include_media: bool = True,
    include_enclosures: bool = True,
) -> dict[str, Any]: ...
