--@ story
--@ postings
-- ARGV: bucket and field of a URL. Answers the article filed under it, or 0.
return url_find(ARGV[1], ARGV[2]) or 0
