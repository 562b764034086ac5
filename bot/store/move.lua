--@ story
--@ postings
--@ told
-- Articles go from a story to another one, to a new one, or by an editor to one that was merged, which is one again.
-- What an editor parts or made is not changed by ourselves.
-- ARGV: 1 story, 2 where they go, or 0 for a new one, 3 operation of an editor or '', 4 why, 5 and 6 the versions of
-- both that this was decided on, 7 title, first and last time and witnesses of the story as it will be, 11 the same of
-- where they go, then in turn an article, the day and the places of its terms, and its record, which says why it moved.
-- Answers both stories; 0 if none would leave or none would stay, -1 if either changed meanwhile or an editor forbids.
local story, part, editor = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] ~= ''
local done = operation_done(ARGV[3])
if done then
  return done
end
if story == 0 or #ARGV < 15 then
  return {0, 0}
end
local function version_of(id)
  return tonumber(redis.call('HGET', 'st:' .. id, 'v'))
end
local is_new = part == 0
local again = not is_new and redis.call('HEXISTS', 'st:' .. part, 'to') == 1
local changed = story_follow(story) ~= story or version_of(story) ~= tonumber(ARGV[5])
if not is_new and not (again and editor) then
  changed = changed or story_follow(part) ~= part or version_of(part) ~= tonumber(ARGV[6])
end
if changed or (not editor and (story_is_kept(story) or story_is_apart(story, part))) then
  return {-1, 0}
end

local staying, leaves = {}, {}
for i = 15, #ARGV, 4 do
  leaves[tonumber(ARGV[i])] = true
end
for _, article in ipairs(story_articles(story)) do
  if not leaves[article] then
    table.insert(staying, article)
  end
end
if is_new then
  local its = redis.call('HMGET', 'st:' .. story, 'c', 'u')
  part = story_new(story_title(story), its[1])
  story_described(part, story_title(story), its[1], its[2])
elseif again then
  redis.call('HDEL', 'st:' .. part, 'to')
end
local held, left = (is_new or again) and {} or story_articles(part), {}
local before, part_before = version_of(story), version_of(part)
for i = 15, #ARGV, 4 do
  local article, head = ARGV[i], redis.call('GETRANGE', 'art:' .. ARGV[i], 0, HEAD - 1)
  table.insert(held, tonumber(article))
  table.insert(left, '#' .. article)
  if #head == HEAD then
    redis.call('SET', 'art:' .. article, head .. ARGV[i + 3])
  end
  post('x', tonumber(ARGV[i + 1]), ARGV[i + 2], part)
  redis.call('SADD', 'days:x', ARGV[i + 1]) -- it may have been swept already, and is again
end
if is_new then
  post('w', year_of(tonumber(ARGV[12])), ARGV[17], part)
  redis.call('SADD', 'days:w', year_of(tonumber(ARGV[12])))
end

story_own(story, staying)
story_own(part, held)
story_described(story, ARGV[7], ARGV[8], ARGV[9])
story_described(part, ARGV[11], ARGV[12], ARGV[13])
redis.call('HSET', 'st:' .. story, 'd', 1)
redis.call('HSET', 'st:' .. part, 'd', 1)
local seen = redis.call('LRANGE', 'obs:' .. story, 0, -1)
redis.call('DEL', 'obs:' .. story)
for _, observed in ipairs(seen) do
  redis.call('RPUSH', 'obs:' .. (leaves[(struct.unpack('>I4', observed))] and part or story), observed)
end
if editor then
  story_keep_apart(story, part)
  redis.call('HSET', 'st:' .. story, 'k', 1)
  redis.call('HSET', 'st:' .. part, 'k', 1)
  story_told(part, ARGV[4])
  story_told(story, ARGV[4])
else
  story_told(story, 'parted: ' .. table.concat(left, ', ') .. ' went to story ' .. part)
end
if is_new and not editor then
  due_add('stories', part .. ' late', text(clock() + SOON))
end
told_parted(
  {id = story, version_known = before, version = story_changed(story), witnesses = tonumber(ARGV[10])},
  {
    id = part,
    version_known = not (is_new or again) and part_before,
    version = story_changed(part),
    witnesses = tonumber(ARGV[14]),
  }
)
return operation_did(ARGV[3], {story, part})
