-- Ends what is numbered in the order of filing. ARGV: kind (art txt st log obs), what its ids count (article story),
-- first day to keep, most in one step. Answers how many ids were passed.
local kind, counted, day, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local last = tonumber(redis.call('GET', 'id:' .. counted) or '0')
local firsts = redis.call('HGETALL', 'first:' .. counted)
for i = 1, #firsts, 2 do
  if tonumber(firsts[i]) >= day then
    last = math.min(last, tonumber(firsts[i + 1]) - 1)
  end
end
local from = tonumber(redis.call('GET', 'swept:' .. kind) or '0') + 1
local to = math.min(last, from + most - 1)
for id = from, to do
  local ended = redis.call('UNLINK', kind .. ':' .. id)
  local saga = kind == 'obs' and redis.call('HGET', 'sagas', id)
  if saga then
    redis.call('HDEL', 'sagas', id)
    redis.call('SREM', 'sg:' .. saga, id)
  end
  if kind == 'st' and ended == 1 then
    redis.call('UNLINK', 'carried:' .. id)
    redis.call('ZREM', 'carries', id)
    redis.call('ZREM', 'recent', id)
    redis.call('XADD', 'changes', 'MAXLEN', '~', 50000, '*', 's', id)
  end
end
if to >= from then
  redis.call('SET', 'swept:' .. kind, to)
end
return math.max(0, to - from + 1)
