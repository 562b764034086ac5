-- ARGV: name. Answers our time and when to look again: the next time something is due or a lease ends, or ''.
local name, at = ARGV[1], nil
local due = redis.call('ZRANGE', 'due:' .. name, 0, 0, 'WITHSCORES')
local leased = redis.call('ZRANGE', 'leased:' .. name, 0, 0, 'WITHSCORES')
if due[2] then
  at = tonumber(due[2])
end
if leased[2] then
  at = math.min(at or math.huge, tonumber(leased[2]) + offset())
end
return {text(clock()), at and text(at) or ''}
