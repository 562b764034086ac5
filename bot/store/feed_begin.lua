-- ARGV: feed id. Answers its record, or false, when it was asked last, or false, and our time.
return { redis.call('GET', 'feed:' .. ARGV[1]), redis.call('HGET', 'asked', ARGV[1]), text(clock()) }
