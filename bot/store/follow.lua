--@ story
-- ARGV: story ids. Answers each as it is called today, 0 if it is gone, then its title and fields.
return stories_told(ARGV)
