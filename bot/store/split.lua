--@ story
--@ postings
--@ told
-- An editor takes articles out of a story; what was parted so is not put together again by itself.
-- ARGV: story, title of the new one, operation, why, number of articles that leave, they, then in turn a day and the
-- places of their terms. Answers both stories, or 0 if none would leave or none would stay.
local story = story_follow(ARGV[1])
local done = operation_done(ARGV[3])
if done then
  return done
end
local count, leaving = tonumber(ARGV[5]), {}
for i = 6, 5 + count do
  table.insert(leaving, tonumber(ARGV[i]))
end
local new = story and story_part(story, leaving, function()
  return story_new(ARGV[2], redis.call('HGET', 'st:' .. story, 'c'))
end)
if not new then
  return {0, 0}
end
for i = 6 + count, #ARGV, 2 do
  post('x', tonumber(ARGV[i]), ARGV[i + 1], new)
  redis.call('SADD', 'days:x', ARGV[i]) -- it may have been swept already, and is again
end
story_told(story, ARGV[4])
story_told(new, ARGV[4])
return operation_did(ARGV[3], {story, new})
