-- ARGV: name, time. Makes due now what would be due until then.
local now = text(clock())
for _, member in ipairs(redis.call('ZRANGEBYSCORE', 'due:' .. ARGV[1], now, ARGV[2])) do
  due_put(ARGV[1], member, now)
end
return 1
