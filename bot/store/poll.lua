--@ feed
-- A poll's whole result in one step (I6).
-- ARGV: feed id, token or '' for a poll outside the queue, next poll, url, record, number of marks, marks,
-- then each new entry. Answers the ids of the new entries, or false if the claim is no longer ours.
local id, token, next_at = ARGV[1], ARGV[2], ARGV[3]
local marks, ids = tonumber(ARGV[6]), {}

if token ~= '' and not due_held('feeds', id, token) then
  local last = redis.call('HGET', 'polls', id)
  if last and string.sub(last, 1, #token) == token then
    for entry in string.gmatch(string.sub(last, #token + 1), '%d+') do
      table.insert(ids, tonumber(entry))
    end
    return ids
  end
  return false
end
if not feed_save(id, ARGV[4], ARGV[5]) then
  due_done('feeds', id, token, '')
  return ids
end

local now = clock()
local day = string.format('%d', math.floor(now / 86400))
for i = 7, 6 + marks do
  redis.call('HSET', 'seen:' .. id, ARGV[i], day)
end
for i = 7 + marks, #ARGV do
  local entry = redis.call('INCR', 'id:entry')
  redis.call('SET', 'ent:' .. entry, ARGV[i])
  due_put('articles', tostring(entry), text(now))
  table.insert(ids, entry)
end
redis.call('HSET', 'polls', id, token .. ' ' .. table.concat(ids, ' '))
if token == '' then
  due_add('feeds', id, next_at)
else
  due_done('feeds', id, token, next_at)
end
return ids
