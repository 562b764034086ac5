-- ARGV: name, member, token, lease in seconds.
if not due_held(ARGV[1], ARGV[2], ARGV[3]) then
  return 0
end
redis.call('ZADD', 'leased:' .. ARGV[1], bare() + tonumber(ARGV[4]), ARGV[2])
return 1
