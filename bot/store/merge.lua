--@ story
--@ told
-- The older of two stories takes the younger's articles and observations (I8).
-- ARGV: two stories, why, operation or '', and where we ourselves decide, the versions that this was decided on.
-- Answers the older and the younger; 0 if either is gone, -1 if either changed meanwhile or an editor keeps them apart.
local done = operation_done(ARGV[4])
if done then
  return done
end
local one, other = story_follow(ARGV[1]), story_follow(ARGV[2])
if not one or not other then
  return {0, 0}
end
local older, younger = math.min(one, other), math.max(one, other)
if older == younger then
  return {older, 0}
end
local function version_of(id)
  return tonumber(redis.call('HGET', 'st:' .. id, 'v'))
end
if ARGV[5] then
  local changed = version_of(one) ~= tonumber(ARGV[5]) or version_of(other) ~= tonumber(ARGV[6])
  if changed or story_is_apart(one, other) then
    return {-1, 0}
  end
end

story_own(older, story_joined(story_articles(older), story_articles(younger)))
for _, seen in ipairs(redis.call('LRANGE', 'obs:' .. younger, 0, -1)) do
  redis.call('RPUSH', 'obs:' .. older, seen)
end
local facts = redis.call('HMGET', 'st:' .. younger, 'c', 'u')
story_touched(older, tonumber(facts[1]))
story_touched(older, tonumber(facts[2]))
story_apart(older, younger)
story_follow_saga(older, younger)
for _, line in ipairs(redis.call('LRANGE', 'log:' .. younger, 0, -1)) do
  redis.call('RPUSH', 'log:' .. older, line)
end
story_told(older, ARGV[3])

-- The younger's own fields stay: by them it can be taken out again.
redis.call('DEL', 'obs:' .. younger, 'log:' .. younger)
redis.call('HSET', 'st:' .. younger, 'to', older)
redis.call('ZREM', 'recent', younger)
local its_version, other_version = version_of(older), version_of(younger)
redis.call('HSET', 'st:' .. older, 'v', math.max(its_version, other_version))
told_merged(older, its_version, younger, other_version, story_changed(older))
redis.call('XADD', 'changes', 'MAXLEN', '~', 50000, '*', 's', younger)
return operation_did(ARGV[4], {older, younger})
