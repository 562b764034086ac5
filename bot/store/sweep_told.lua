-- Forgets what a chat was told before a time. ARGV: chat, time. Answers how much.
local key, ended = 'told:' .. ARGV[1], 0
local told = redis.call('HGETALL', key)
for i = 1, #told, 2 do
  if struct.unpack('>d', told[i + 1]) < tonumber(ARGV[2]) then
    ended = ended + redis.call('HDEL', key, told[i])
  end
end
return ended
