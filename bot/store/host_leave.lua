-- ARGV: host, seconds until the next request may be sent. A wait that is already longer stays.
local key, at = 'host:' .. ARGV[1], clock() + tonumber(ARGV[2])
redis.call('HDEL', key, 'token', 'until')
if at > tonumber(redis.call('HGET', key, 'next') or '0') then
  redis.call('HSET', key, 'next', at)
end
redis.call('EXPIRE', key, 35 * 86400)
return 1
