--@ story
-- ARGV: story. Answers the stories that an editor keeps it apart from.
return story_strangers(ARGV[1])
