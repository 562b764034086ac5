--@ story
-- ARGV: story ids. Answers our time, the id of the newest change, and the stories as `follow` does.
local newest = redis.call('XREVRANGE', 'changes', '+', '-', 'COUNT', 1)
return {text(clock()), newest[1] and newest[1][1] or '0-0', stories_told(ARGV)}
