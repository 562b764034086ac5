--@ story
-- ARGV: a story, an earlier one, why. Puts both into one saga, the earlier's if it has one. Answers the saga, or 0.
local story, earlier = story_follow(ARGV[1]), story_follow(ARGV[2])
if not story or not earlier then
  return 0
end
story_revives(story, earlier, ARGV[3])
story_changed(story)
return tonumber(redis.call('HGET', 'sagas', story))
