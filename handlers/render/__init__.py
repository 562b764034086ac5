"""From a reply or briefing to what a platform shows.

`document.of` gives platform-neutral pieces; `telegram.parts`, `slack.parts` and `plain.text` set them.
"""
