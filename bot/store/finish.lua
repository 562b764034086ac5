--@ outbox
-- ARGV: order, token, then the answer as `out_enqueue` reads it, if there is one. The answer enters the outbox
-- and the order is done, in one step. Answers 1, or 0 if the claim is no longer ours.
local key = 'ord:' .. ARGV[1]
if not due_held('orders', ARGV[1], ARGV[2]) then
  return redis.call('HGET', key, 'd') == ARGV[2] and 1 or 0
end
if ARGV[3] then
  out_enqueue(3)
end
redis.call('HDEL', key, 'r')
redis.call('HSET', key, 'd', ARGV[2])
due_done('orders', ARGV[1], ARGV[2], '')
return 1
