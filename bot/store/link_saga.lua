--@ story
-- ARGV: a story and an earlier one. Puts both into one saga, the earlier's if it has one. Answers the saga, or 0.
local story, earlier = story_follow(ARGV[1]), story_follow(ARGV[2])
if not story or not earlier then
  return 0
end
local saga = redis.call('HGET', 'st:' .. earlier, 'g') or redis.call('HGET', 'st:' .. story, 'g')
  or redis.call('INCR', 'id:saga')
for _, id in ipairs({earlier, story}) do
  redis.call('HSET', 'st:' .. id, 'g', saga)
  redis.call('SADD', 'sg:' .. saga, id)
  story_changed(id)
end
return tonumber(saga)
