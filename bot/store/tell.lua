-- ARGV: chat, then story and what it was told of it in turn.
for i = 2, #ARGV, 2 do
  redis.call('HSET', 'told:' .. ARGV[1], ARGV[i], struct.pack('>d', clock()) .. ARGV[i + 1])
end
return 1
