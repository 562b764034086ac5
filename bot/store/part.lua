--@ outbox
-- ARGV: delivery, token, part, its new state (g s u f p), message id, error, next time for a retry, '1' if what
-- comes after it shares its state. Answers 1, or 0 if the claim is no longer ours or the part is settled.
local key, token, part, state = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local held, now_is = due_held('deliveries', key, token), out_state(key, part)

-- What was sent is sent, whoever holds the claim by now; all else is for the holder.
if now_is == '' or (not held and state ~= 's') then
  return 0
end
if now_is == state and state ~= 'g' then
  return 1
end
if now_is ~= 'p' and now_is ~= 'g' then
  return 0
end

out_set(key, part, state)
if ARGV[5] ~= '' then
  redis.call('HSET', 'out:' .. key, 'm' .. part, ARGV[5])
end
if ARGV[6] ~= '' then
  redis.call('HSET', 'out:' .. key, 'e' .. part, ARGV[6])
end
if ARGV[8] == '1' then
  local parts = #redis.call('HGET', 'out:' .. key, 's')
  for later = part + 1, parts - 1 do
    if out_state(key, later) == 'p' then
      out_set(key, later, state)
    end
  end
end

if state == 'p' then
  due_done('deliveries', key, token, ARGV[7])
elseif state ~= 'g' and out_close(key) then
  if not due_done('deliveries', key, token, '') then
    due_drop('deliveries', key)
  end
end
return 1
