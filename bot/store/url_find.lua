--@ story
--@ postings
-- ARGV: place of a URL. Answers the article filed under it, or 0.
return url_find(ARGV[1]) or 0
