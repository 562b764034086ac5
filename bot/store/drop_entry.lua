-- ARGV: entry id, token.
if not due_held('articles', ARGV[1], ARGV[2]) then
  return 0
end
redis.call('DEL', 'ent:' .. ARGV[1])
due_done('articles', ARGV[1], ARGV[2], '')
return 1
