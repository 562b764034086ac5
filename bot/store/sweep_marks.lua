-- Forgets what a feed showed last before a day. ARGV: feed, first day to keep. Answers how much.
local key, old = 'seen:' .. ARGV[1], {}
local marks = redis.call('HGETALL', key)
for i = 1, #marks, 2 do
  if tonumber(marks[i + 1]) < tonumber(ARGV[2]) then
    table.insert(old, marks[i])
  end
end
for _, mark in ipairs(old) do
  redis.call('HDEL', key, mark)
end
return #old
