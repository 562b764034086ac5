-- ARGV: key, seconds. A longer hold stays.
local until_ = bare() + tonumber(ARGV[2])
if until_ > tonumber(redis.call('GET', ARGV[1]) or '0') then
  redis.call('SET', ARGV[1], text(until_), 'EX', math.ceil(tonumber(ARGV[2])) + 1)
end
return 1
