-- ARGV: name, count, lease in seconds, token, '1' if this repeats a call whose answer was lost.
-- Answers member, time it was due, times taken, for each claim.
local name, count, lease, token, again = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local now, taken = bare(), {}

if again == '1' then
  local claims = redis.call('HGETALL', 'claim:' .. name)
  for i = 1, #claims, 2 do
    if due_held(name, claims[i], token) then
      table.insert(taken, claims[i])
      table.insert(taken, string.match(claims[i + 1], ' (.+)$'))
      table.insert(taken, redis.call('HGET', 'tries:' .. name, claims[i]))
    end
  end
  if #taken > 0 then
    return taken
  end
end

due_reap(name, now)
local due = redis.call('ZRANGEBYSCORE', 'due:' .. name, '-inf', now + offset(), 'WITHSCORES', 'LIMIT', 0, count)
for i = 1, #due, 2 do
  local member, at = due[i], due[i + 1]
  redis.call('ZREM', 'due:' .. name, member)
  redis.call('ZADD', 'leased:' .. name, now + lease, member)
  redis.call('HSET', 'claim:' .. name, member, token .. ' ' .. at)
  table.insert(taken, member)
  table.insert(taken, at)
  table.insert(taken, tostring(redis.call('HINCRBY', 'tries:' .. name, member, 1)))
end
return taken
