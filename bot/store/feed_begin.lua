-- ARGV: feed id. Answers its record, or false, and our time.
return { redis.call('GET', 'feed:' .. ARGV[1]), text(clock()) }
