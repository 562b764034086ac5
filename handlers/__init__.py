"""Chat platforms: their events become commands, our replies become their messages."""
