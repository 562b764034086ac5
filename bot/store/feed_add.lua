-- ARGV: url, record, next poll or '' for now. Answers the feed's id; the same URL is the same feed.
local id = redis.call('HGET', 'feeds', ARGV[1])
if not id then
  id = tostring(redis.call('INCR', 'id:feed'))
  redis.call('HSET', 'feeds', ARGV[1], id)
  redis.call('SET', 'feed:' .. id, ARGV[2])
  due_add('feeds', id, ARGV[3] ~= '' and ARGV[3] or text(clock()))
end
return tonumber(id)
