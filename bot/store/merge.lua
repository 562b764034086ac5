--@ story
-- ARGV: two stories, why. The older takes the younger's articles and observations (I8). Answers it, or 0.
local one, other = story_follow(ARGV[1]), story_follow(ARGV[2])
if not one or not other then
  return 0
end
local older, younger = math.min(one, other), math.max(one, other)
if older == younger then
  return older
end
local articles = story_articles(older)
for _, article in ipairs(story_articles(younger)) do
  table.insert(articles, article)
end
story_own(older, articles)
for _, seen in ipairs(redis.call('LRANGE', 'obs:' .. younger, 0, -1)) do
  redis.call('RPUSH', 'obs:' .. older, seen)
end
local facts = redis.call('HMGET', 'st:' .. younger, 'u', 'g')
story_touched(older, tonumber(facts[1]))
if facts[2] then
  redis.call('HSETNX', 'st:' .. older, 'g', facts[2])
end
redis.call('DEL', 'obs:' .. younger, 'st:' .. younger)
redis.call('HSET', 'st:' .. younger, 'to', older)
redis.call('ZREM', 'recent', younger)
for _, line in ipairs(redis.call('LRANGE', 'log:' .. younger, 0, -1)) do
  redis.call('RPUSH', 'log:' .. older, line)
end
redis.call('DEL', 'log:' .. younger)
story_told(older, ARGV[3])
story_changed(older)
redis.call('XADD', 'changes', '*', 's', younger)
return older
