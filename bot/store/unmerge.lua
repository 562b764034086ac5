--@ story
--@ told
-- ARGV: a story that was merged, why. Takes it out again with the articles it had. Answers it; 0 if there is no such
-- story, or nothing would be left of either.
local id, articles = tonumber(ARGV[1]), story_articles(ARGV[1])
if redis.call('HEXISTS', 'st:' .. id, 'to') == 0 then
  return story_follow(id) and id or 0
end
local story = story_follow(id)
local back = story and story_part(story, articles, function()
  redis.call('HDEL', 'st:' .. id, 'to')
  return id
end)
if not back then
  return 0
end
story_told(story, ARGV[2])
story_told(id, ARGV[2])
return id
