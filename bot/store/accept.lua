-- ARGV: order, record. Stores it and makes it due; answers 0 if it was seen before (T10, K6).
local key = 'ord:' .. ARGV[1]
if redis.call('EXISTS', key) == 1 then
  return 0
end
local now = clock()
redis.call('HSET', key, 'r', ARGV[2])
redis.call('ZADD', 'ords', now, ARGV[1])
due_put('orders', ARGV[1], text(now))
return 1
