--@ story
--@ told
-- ARGV: a story that was merged, operation, why. Takes it out again with the articles it had. Answers the story that it
-- was in and itself; 0 if it was not merged, or nothing would be left of either.
local done = operation_done(ARGV[2])
if done then
  return done
end
local id, articles = tonumber(ARGV[1]), story_articles(ARGV[1])
local story = redis.call('HEXISTS', 'st:' .. id, 'to') == 1 and story_follow(id)
local back = story and story_part(story, articles, function()
  redis.call('HDEL', 'st:' .. id, 'to')
  return id
end)
if not back then
  return {0, 0}
end
story_told(story, ARGV[3])
story_told(id, ARGV[3])
return operation_did(ARGV[2], {story, id})
