-- Ends the postings of one day. ARGV: set of days, first day to keep, number of buckets, kinds of postings.
-- Answers 1 if there was such a day.
for _, day in ipairs(redis.call('SMEMBERS', ARGV[1])) do
  if tonumber(day) < tonumber(ARGV[2]) then
    for i = 4, #ARGV do
      for bucket = 0, tonumber(ARGV[3]) - 1 do
        redis.call('UNLINK', ARGV[i] .. ':' .. day .. ':' .. bucket)
      end
    end
    redis.call('SREM', ARGV[1], day)
    return 1
  end
end
return 0
