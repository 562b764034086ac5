-- ARGV: key of a hold or '', then key, most, seconds of each limit. Takes one sending from every limit if all
-- allow it. Answers the seconds to wait, '0' if it was taken. Sendings are rates: the server's bare time.
local now, wait = bare(), 0
local hold = redis.call('GET', ARGV[1])
if hold then
  wait = tonumber(hold) - now
end
for i = 2, #ARGV, 3 do
  local oldest = redis.call('LINDEX', 'lim:' .. ARGV[i], tonumber(ARGV[i + 1]) - 1)
  if oldest then
    wait = math.max(wait, tonumber(oldest) + tonumber(ARGV[i + 2]) - now)
  end
end
if wait > 0 then
  return text(wait)
end
for i = 2, #ARGV, 3 do
  local key = 'lim:' .. ARGV[i]
  redis.call('LPUSH', key, text(now))
  redis.call('LTRIM', key, 0, tonumber(ARGV[i + 1]) - 1)
  redis.call('EXPIRE', key, math.ceil(tonumber(ARGV[i + 2])) + 1)
end
return '0'
