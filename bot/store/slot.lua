--@ outbox
-- A slot's whole result in one step. ARGV: chat, token, next slot or '', number of stories told, story and what
-- was told in turn, then the briefing as `out_enqueue` reads it, if there is one.
local chat, token, told = ARGV[1], ARGV[2], tonumber(ARGV[4])
if not due_held('subscriptions', chat, token) then
  return redis.call('HGET', 'chat:' .. chat, 'slot') == token and 1 or 0
end
local first = true
if ARGV[5 + 2 * told] then
  first = out_enqueue(5 + 2 * told)
end
if first then
  for i = 5, 4 + 2 * told, 2 do
    redis.call('HSET', 'told:' .. chat, ARGV[i], struct.pack('>d', clock()) .. ARGV[i + 1])
  end
end
due_done('subscriptions', chat, token, ARGV[3])
if redis.call('EXISTS', 'chat:' .. chat) == 1 then
  local next_at = redis.call('ZSCORE', 'due:subscriptions', chat)
  redis.call('HSET', 'chat:' .. chat, 'slot', token, 'n', next_at or '')
end
return 1
