-- ARGV: entry id, token, and where there is something to remember: how many drops are kept, and this one.
if not due_held('articles', ARGV[1], ARGV[2]) then
  return 0
end
if ARGV[4] then
  redis.call('LPUSH', 'drops', ARGV[4])
  redis.call('LTRIM', 'drops', 0, tonumber(ARGV[3]) - 1)
end
redis.call('DEL', 'ent:' .. ARGV[1])
due_done('articles', ARGV[1], ARGV[2], '')
return 1
