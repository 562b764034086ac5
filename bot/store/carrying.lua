--@ story
-- ARGV: story. Answers the deliveries that told it, or another story of its saga.
local id = story_follow(ARGV[1]) or ARGV[1]
local saga = redis.call('HGET', 'sagas', id)
local kept = {}
for _, member in ipairs(saga and redis.call('SMEMBERS', 'sg:' .. saga) or {id}) do
  table.insert(kept, 'carried:' .. member)
end
return redis.call('SUNION', unpack(kept))
