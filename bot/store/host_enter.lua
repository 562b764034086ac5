-- One request in flight to a host, at least so far apart, whoever sends it (P15).
-- ARGV: host, lease in seconds, spacing in seconds, token, and maybe the id of the feed to be asked. Answers the seconds to wait, '0' if we are in.
local key = 'host:' .. ARGV[1]
local busy = redis.call('HMGET', key, 'token', 'until', 'next')
local now, ours = bare(), clock()
if busy[1] and busy[1] ~= ARGV[4] and tonumber(busy[2]) > now then
  return text(math.min(tonumber(busy[2]) - now, math.max(tonumber(ARGV[3]), 0.05)))
end
if busy[3] and tonumber(busy[3]) > ours and busy[1] ~= ARGV[4] then
  return text(tonumber(busy[3]) - ours)
end
redis.call('HSET', key, 'token', ARGV[4], 'until', now + tonumber(ARGV[2]), 'next', ours + tonumber(ARGV[3]))
redis.call('EXPIRE', key, 35 * 86400)
if ARGV[5] then
  redis.call('HSET', 'asked', ARGV[5], text(ours))
end
return '0'
