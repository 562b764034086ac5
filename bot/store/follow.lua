--@ story
-- ARGV: story ids. Answers each as it is called today, 0 if it is gone, then its title and fields.
local answer = {}
for _, id in ipairs(ARGV) do
  local today = story_follow(id)
  table.insert(answer, today or 0)
  local fields = today and redis.call('HMGET', 'st:' .. today, 'v', 'c', 'u', 'w', 'a') or {}
  if today then
    table.insert(fields, 1, story_title(today))
    table.insert(fields, redis.call('HGET', 'sagas', today) or '')
  end
  table.insert(answer, fields)
end
return answer
