--@ story
-- ARGV: story, title of the new one, operation, articles that leave. Answers the new story, or 0 if none would
-- leave or none would stay.
local story = story_follow(ARGV[1])
local done = redis.call('HGET', 'ops', ARGV[3])
if done then
  return tonumber(done)
end
local leaving, staying, is_leaving = {}, {}, {}
for i = 4, #ARGV do
  is_leaving[tonumber(ARGV[i])] = true
end
for _, article in ipairs(story and story_articles(story) or {}) do
  table.insert(is_leaving[article] and leaving or staying, article)
end
if #leaving == 0 or #staying == 0 then
  return 0
end

local facts = redis.call('HMGET', 'st:' .. story, 'c', 'u')
local new = story_new(ARGV[2], facts[1])
story_own(new, leaving)
story_own(story, staying)
story_touched(new, tonumber(facts[2]))
local seen = redis.call('LRANGE', 'obs:' .. story, 0, -1)
redis.call('DEL', 'obs:' .. story)
for _, observation in ipairs(seen) do
  local home = is_leaving[(struct.unpack('>I4', observation))] and new or story
  redis.call('RPUSH', 'obs:' .. home, observation)
end
redis.call('HSET', 'ops', ARGV[3], new)
redis.call('ZADD', 'ops:at', clock(), ARGV[3])
story_changed(story)
story_changed(new)
return new
