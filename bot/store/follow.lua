--@ story
-- ARGV: story ids. Answers each as it is called today, 0 if it is gone, then its fields.
local answer = {}
for _, id in ipairs(ARGV) do
  local today = story_follow(id)
  table.insert(answer, today or 0)
  table.insert(answer, today and redis.call('HMGET', 'st:' .. today, 'v', 't', 'c', 'u', 'w', 'a', 'g') or {})
end
return answer
