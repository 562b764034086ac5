-- ARGV: chat, record, next slot or '' (none, paused or not scheduled), operation or '', version read or ''.
-- Answers 1; 0 if the operation was done before; -1 if the chat changed since that version.
local key = 'chat:' .. ARGV[1]
if ARGV[4] ~= '' and redis.call('HEXISTS', 'ops', ARGV[4]) == 1 then
  return 0
end
if ARGV[5] ~= '' and (redis.call('HGET', key, 'v') or '0') ~= ARGV[5] then
  return -1
end
if ARGV[4] ~= '' then
  redis.call('HSET', 'ops', ARGV[4], 1)
  redis.call('ZADD', 'ops:at', clock(), ARGV[4])
end
redis.call('HSET', key, 'r', ARGV[2], 'n', ARGV[3])
redis.call('HINCRBY', key, 'v', 1)
redis.call('SADD', 'chats', ARGV[1])
if ARGV[3] ~= '' then
  due_add('subscriptions', ARGV[1], ARGV[3])
else
  due_drop('subscriptions', ARGV[1])
end
return 1
