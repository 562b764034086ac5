-- Deliveries: `out:KEY` with r(ecord), c(hat), t(ime), s(tates, one letter a part), mN (message id), eN (error).
-- `outq:CHAT` holds a chat's open deliveries in order; only its head is in the due-set, so that one chat's wait
-- is nobody else's. `outs` orders all deliveries by time, `trouble` holds those with unknown or failed parts.
-- `carried:STORY` holds the deliveries that told a story, `carries` those stories by the time of the newest one.

local function outq_head(chat)
  local head = redis.call('LINDEX', 'outq:' .. chat, 0)
  if head then
    due_add('deliveries', head, text(clock()))
  end
end

-- Remembers that a delivery tells a story; one that changed since is looked at again.
local function out_carries(key, story, version)
  local facts = redis.call('HMGET', 'st:' .. story, 'v', 'to')
  local changed = facts[1] and (facts[1] ~= version or facts[2])
  while facts[2] do
    story = facts[2]
    facts = redis.call('HMGET', 'st:' .. story, 'v', 'to')
  end
  redis.call('SADD', 'carried:' .. story, key)
  redis.call('ZADD', 'carries', clock(), story)
  if changed then
    due_add('corrections', story, text(clock()))
  end
end

-- packed: key, chat, record, number of parts, number of buttons, tokens and actions, number of stories,
-- each with the version it was told in.
local function out_enqueue(from)
  local key, chat, parts = ARGV[from], ARGV[from + 1], tonumber(ARGV[from + 3])
  if redis.call('EXISTS', 'out:' .. key) == 1 then
    return false
  end
  local now = clock()
  redis.call('HSET', 'out:' .. key, 'r', ARGV[from + 2], 'c', chat, 't', now, 's', string.rep('p', parts))
  redis.call('ZADD', 'outs', now, key)
  local stories = from + 5 + 2 * tonumber(ARGV[from + 4])
  for i = from + 5, stories - 1, 2 do
    redis.call('SET', 'btn:' .. ARGV[i], cmsgpack.pack({key, ARGV[i + 1]}))
  end
  for i = stories + 1, stories + 2 * tonumber(ARGV[stories]) - 1, 2 do
    out_carries(key, ARGV[i], ARGV[i + 1])
  end
  redis.call('SADD', 'chats', chat)
  if parts > 0 and redis.call('RPUSH', 'outq:' .. chat, key) == 1 then
    outq_head(chat)
  end
  return true
end

-- Takes a delivery without open parts out of its chat's queue and lets the next one in.
local function out_close(key)
  local states = redis.call('HGET', 'out:' .. key, 's')
  if string.find(states, '[pg]') then
    return false
  end
  local chat = redis.call('HGET', 'out:' .. key, 'c')
  local queue = 'outq:' .. chat
  local was_head = redis.call('LINDEX', queue, 0) == key
  redis.call('LREM', queue, 1, key)
  if was_head then
    outq_head(chat)
  end
  return true
end

local function out_state(key, part)
  local states = redis.call('HGET', 'out:' .. key, 's') or ''
  return string.sub(states, part + 1, part + 1)
end

local function out_set(key, part, state)
  local states = redis.call('HGET', 'out:' .. key, 's')
  redis.call('HSET', 'out:' .. key, 's', string.sub(states, 1, part) .. state .. string.sub(states, part + 2))
  if state == 'u' or state == 'f' then
    redis.call('ZADD', 'trouble', redis.call('HGET', 'out:' .. key, 't'), key)
  end
end
