-- ARGV: id. What it brought stays; entries not filed yet are dropped when their turn comes.
local urls, here = redis.call('HGETALL', 'feeds'), 0
for i = 1, #urls, 2 do
  if urls[i + 1] == ARGV[1] then
    redis.call('HDEL', 'feeds', urls[i])
  end
end
here = redis.call('DEL', 'feed:' .. ARGV[1])
redis.call('UNLINK', 'seen:' .. ARGV[1])
redis.call('HDEL', 'polls', ARGV[1])
redis.call('HDEL', 'asked', ARGV[1])
redis.call('HDEL', 'pushes', ARGV[1])
due_drop('feeds', ARGV[1])
return here
