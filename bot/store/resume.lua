--@ outbox
-- ARGV: delivery, token. What the last holder left in the middle of sending is to be sent again (D4).
-- Answers 1, or 0 if the claim is no longer ours; ends the claim if there is nothing left to send.
if not due_held('deliveries', ARGV[1], ARGV[2]) then
  return 0
end
local states = redis.call('HGET', 'out:' .. ARGV[1], 's')
if not states or not string.find(states, '[pg]') then
  due_done('deliveries', ARGV[1], ARGV[2], '')
  if states then
    out_close(ARGV[1])
  end
  return 0
end
redis.call('HSET', 'out:' .. ARGV[1], 's', (string.gsub(states, 'g', 'p')))
return 1
