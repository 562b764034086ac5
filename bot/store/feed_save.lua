--@ feed
-- ARGV: id, url, record. Answers 0 if the feed was removed.
return feed_save(ARGV[1], ARGV[2], ARGV[3]) and 1 or 0
