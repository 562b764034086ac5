--@ story
--@ told
-- The older of two stories takes the younger's articles and observations (I8).
-- ARGV: two stories, why, operation of an editor or '', the witnesses of both together, and where we ourselves decide,
-- the versions that this was decided on.
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
if ARGV[6] then
  local changed = version_of(one) ~= tonumber(ARGV[6]) or version_of(other) ~= tonumber(ARGV[7])
  if changed or story_is_apart(one, other) then
    return {-1, 0}
  end
end

story_own(older, story_joined(story_articles(older), story_articles(younger)))
for _, seen in ipairs(redis.call('LRANGE', 'obs:' .. younger, 0, -1)) do
  redis.call('RPUSH', 'obs:' .. older, seen)
end
local facts, its = redis.call('HMGET', 'st:' .. younger, 'c', 'u'), redis.call('HMGET', 'st:' .. older, 'c', 'u')
local first = tonumber(facts[1]) < tonumber(its[1]) and younger or older
local updated = tonumber(facts[2]) > tonumber(its[2]) and facts[2] or its[2]
story_described(older, story_title(first), redis.call('HGET', 'st:' .. first, 'c'), updated)
if ARGV[4] ~= '' or story_is_kept(younger) then
  redis.call('HSET', 'st:' .. older, 'k', 1)
end
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
redis.call('HSET', 'st:' .. older, 'v', math.max(its_version, other_version), 'd', 1)
told_merged(older, its_version, younger, other_version, story_changed(older), tonumber(ARGV[5]))
redis.call('XADD', 'changes', 'MAXLEN', '~', 50000, '*', 's', younger)
return operation_did(ARGV[4], {older, younger})
