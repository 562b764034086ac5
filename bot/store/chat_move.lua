--@ outbox
-- A chat has a new id on its platform: everything of it moves, threads too, in one step (T8).
-- ARGV: old platform:id, new platform:id. Answers how many chats moved.
local old, new = ARGV[1], ARGV[2]

local function renamed(chat)
  local rest = string.sub(chat, #old + 1)
  if string.sub(chat, 1, #old) == old and (rest == '' or string.sub(rest, 1, 1) == '#') then
    return new .. rest
  end
  return nil
end

local function move(kind, from, to)
  if redis.call('EXISTS', kind .. from) == 1 and redis.call('EXISTS', kind .. to) == 0 then
    redis.call('RENAME', kind .. from, kind .. to)
  end
end

local function move_queue(from, to)
  local was_empty = redis.call('EXISTS', 'outq:' .. to) == 0
  for i, key in ipairs(redis.call('LRANGE', 'outq:' .. from, 0, -1)) do
    if i == 1 and not was_empty then
      due_drop('deliveries', key)
    end
    redis.call('HSET', 'out:' .. key, 'c', to)
    redis.call('RPUSH', 'outq:' .. to, key)
  end
  redis.call('DEL', 'outq:' .. from)
end

local moved, seen = 0, {[old] = true}
for _, chat in ipairs(redis.call('SMEMBERS', 'chats')) do
  if renamed(chat) then
    seen[chat] = true
  end
end
for chat in pairs(seen) do
  local to = renamed(chat)
  if redis.call('SREM', 'chats', chat) == 1 then
    moved = moved + 1
    redis.call('SADD', 'chats', to)
    local slot = redis.call('HGET', 'chat:' .. chat, 'n')
    due_drop('subscriptions', chat)
    if redis.call('EXISTS', 'chat:' .. to) == 0 and slot and slot ~= '' then
      due_add('subscriptions', to, slot)
    end
  end
  move('chat:', chat, to)
  move('told:', chat, to)
  redis.call('DEL', 'chat:' .. chat)
  move_queue(chat, to)
  if redis.call('SREM', 'access', chat) == 1 then
    redis.call('SADD', 'access', to)
  end
end
return moved
