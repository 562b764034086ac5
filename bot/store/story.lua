-- Stories: `st:ID` with v(ersion), t0 t1 … (title), c(reated), u(pdated), w(itnesses), a(rticle ids, four bytes
-- each), n (stories an editor keeps it apart from, likewise), k where an editor made it, d where it is doubtful that
-- all of its articles belong there, and `to` where it was merged.
-- Its title is that of the article published first. Most fields are no longer than the server keeps packed.
-- `log:ID` tells what became of it. Articles begin with story, copy group and entry, four bytes each.

local HEAD = 12
local FIELD, FIELDS = 64, 8
local AT_ONCE = 200 -- ids: a stack holds no more than thousands
local SOON, LATE = 20, 6 * 3600

local function story_titled(id, title)
  redis.call('HDEL', 'st:' .. id, 't0', 't1', 't2', 't3', 't4', 't5', 't6', 't7')
  for i = 0, math.min(FIELDS, math.ceil(#title / FIELD)) - 1 do
    redis.call('HSET', 'st:' .. id, 't' .. i, string.sub(title, i * FIELD + 1, (i + 1) * FIELD))
  end
end

local function story_new(title, created)
  local id = redis.call('INCR', 'id:story')
  redis.call('HSET', 'st:' .. id, 'c', created)
  story_titled(id, title)
  return id
end

local function story_title(id)
  local parts = redis.call('HMGET', 'st:' .. id, 't0', 't1', 't2', 't3', 't4', 't5', 't6', 't7')
  for i, part in ipairs(parts) do
    parts[i] = part or ''
  end
  return table.concat(parts)
end

local function pack_ids(ids)
  local packed = {}
  for i = 1, #ids, AT_ONCE do
    local last = math.min(#ids, i + AT_ONCE - 1)
    packed[#packed + 1] = struct.pack('>' .. string.rep('I4', last - i + 1), unpack(ids, i, last))
  end
  return table.concat(packed)
end

local function unpack_ids(packed)
  local ids = {}
  for i = 1, #packed, 4 * AT_ONCE do
    local count = math.min(AT_ONCE, (#packed - i + 1) / 4)
    local some = {struct.unpack('>' .. string.rep('I4', count), packed, i)}
    some[count + 1] = nil -- where it stopped reading
    if #packed <= 4 * AT_ONCE then
      return some
    end
    for _, id in ipairs(some) do
      ids[#ids + 1] = id
    end
  end
  return ids
end

-- What an editor's operation made of which stories, if it was carried out before.
local function operation_done(operation)
  local done = operation ~= '' and redis.call('HGET', 'ops', operation)
  return done and unpack_ids(done)
end

local function operation_did(operation, stories)
  if operation ~= '' then
    redis.call('HSET', 'ops', operation, pack_ids(stories))
    redis.call('ZADD', 'ops:at', clock(), operation)
  end
  return stories
end

-- The story an id stands for today, or nil; then where it was merged (nothing), when it began, and the fields named.
local function story_known(id, ...)
  local facts = redis.call('HMGET', 'st:' .. id, 'to', 'c', ...)
  while facts[1] do
    id = facts[1]
    facts = redis.call('HMGET', 'st:' .. id, 'to', 'c', ...)
  end
  return facts[2] and tonumber(id) or nil, facts
end

local function story_follow(id)
  return (story_known(id))
end

local function story_articles(id)
  return unpack_ids(redis.call('HGET', 'st:' .. id, 'a') or '')
end

-- Every index hears that a story is another one now; where messages told it, or its saga, its figures are held against
-- theirs.
local function story_announced(id)
  local told = redis.call('EXISTS', 'carried:' .. id) == 1 or redis.call('HEXISTS', 'sagas', id) == 1
  if told and not redis.call('ZSCORE', 'due:corrections', id) then
    due_add('corrections', tostring(id), text(clock() + SOON))
  end
  redis.call('XADD', 'changes', 'MAXLEN', '~', 50000, '*', 's', id)
end

-- Its version grows.
local function story_changed(id)
  local version = redis.call('HINCRBY', 'st:' .. id, 'v', 1)
  story_announced(id)
  return version
end

-- Writes down what became of a story and why, for those who ask.
local function story_told(id, words)
  if words and words ~= '' then
    redis.call('RPUSH', 'log:' .. id, struct.pack('>d', clock()) .. words)
  end
end

-- A story's title and times by the articles it holds now; as they were, where none of these is kept any more.
local function story_described(id, title, created, updated)
  if tonumber(created) == 0 then
    return
  end
  story_titled(id, title)
  redis.call('HSET', 'st:' .. id, 'c', created, 'u', updated)
  redis.call('ZADD', 'recent', updated, id)
end

-- What waits to be settled soon is settled at once where no article comes any more for now.
local function stories_hastened()
  local now = clock()
  local busy = redis.call('ZCARD', 'leased:articles') > 1 or redis.call('ZCOUNT', 'due:articles', '-inf', now) > 0
  for _, member in ipairs(busy and {} or redis.call('ZRANGEBYSCORE', 'due:stories', text(now), text(now + SOON))) do
    due_put('stories', member, text(now))
  end
end

-- A story is settled soon after it grew, and again once hours have shown what it is about.
local function story_unsettled(id, grew)
  local late = id .. ' late'
  local waits = redis.call('ZMSCORE', 'due:stories', id, late)
  if grew and not waits[1] then
    due_add('stories', id, text(clock() + SOON))
  end
  if not waits[2] then
    due_add('stories', late, text(clock() + LATE))
  end
  stories_hastened()
end

local function story_joined(one, other)
  local all, seen = {}, {}
  for _, ids in ipairs({one, other}) do
    for _, id in ipairs(ids) do
      if not seen[id] then
        seen[id] = true
        all[#all + 1] = id
      end
    end
  end
  return all
end

-- The stories, as they are called today, that an editor keeps this one apart from.
local function story_strangers(id)
  local strangers = {}
  for _, stranger in ipairs(unpack_ids(redis.call('HGET', 'st:' .. id, 'n') or '')) do
    table.insert(strangers, story_follow(stranger))
  end
  return strangers
end

local function story_is_kept(id)
  return redis.call('HEXISTS', 'st:' .. id, 'k') == 1
end

local function story_is_apart(one, other)
  for _, stranger in ipairs(story_strangers(one)) do
    if stranger == other then
      return true
    end
  end
  return false
end

-- What one of two stories is kept apart from, the one that takes it in is too, but no longer from the other.
local function story_apart(older, younger)
  local kept = {}
  for _, stranger in ipairs(story_joined(story_strangers(older), story_strangers(younger))) do
    if stranger ~= older and stranger ~= younger then
      table.insert(kept, stranger)
    end
  end
  redis.call('HDEL', 'st:' .. older, 'n')
  redis.call('HDEL', 'st:' .. younger, 'n')
  if #kept > 0 then
    redis.call('HSET', 'st:' .. older, 'n', pack_ids(kept))
  end
end

local function story_keep_apart(one, other)
  redis.call('HSET', 'st:' .. one, 'n', pack_ids(story_joined(story_strangers(one), {other})))
  redis.call('HSET', 'st:' .. other, 'n', pack_ids(story_joined(story_strangers(other), {one})))
end

-- Puts a story into the saga of another one; sagas that meet so become one.
local function story_follow_saga(id, other)
  local saga, its = redis.call('HGET', 'sagas', other), redis.call('HGET', 'sagas', id)
  if not saga or saga == its then
    return
  end
  for _, member in ipairs(its and redis.call('SMEMBERS', 'sg:' .. its) or {id}) do
    redis.call('HSET', 'sagas', member, saga)
    redis.call('SADD', 'sg:' .. saga, member)
  end
  if its then
    redis.call('DEL', 'sg:' .. its)
  end
end

-- Links a story to an earlier one, which may be gone but for its observations.
local function story_revives(id, earlier, why)
  earlier = story_follow(earlier) or earlier
  if not redis.call('HGET', 'sagas', earlier) then
    local saga = redis.call('HGET', 'sagas', id) or redis.call('INCR', 'id:saga')
    redis.call('HSET', 'sagas', earlier, saga)
    redis.call('SADD', 'sg:' .. saga, earlier)
  end
  story_follow_saga(id, earlier)
  story_told(id, why)
  if redis.call('EXISTS', 'st:' .. earlier) == 1 then
    story_changed(earlier)
  end
end

-- Gives the articles to a story and counts again what depends on them.
local function story_own(id, articles)
  local groups, witnesses = {}, 0
  table.sort(articles)
  for _, article in ipairs(articles) do
    local record = redis.call('GET', 'art:' .. article)
    if record then
      local story, group = struct.unpack('>I4I4', record)
      if story ~= id then
        redis.call('SETRANGE', 'art:' .. article, 0, struct.pack('>I4', id))
      end
      if not groups[group] then
        groups[group] = true
        witnesses = witnesses + 1
      end
    end
  end
  redis.call('HSET', 'st:' .. id, 'a', pack_ids(articles), 'w', witnesses)
end

-- Each story as it is called today, 0 if it is gone, then its title and fields.
local function stories_told(ids)
  local answer = {}
  for _, id in ipairs(ids) do
    local today, facts = story_known(id, 'v', 'u', 'w', 'a', 'd', 't0', 't1', 't2', 't3', 't4', 't5', 't6', 't7')
    local fields = {}
    if today then
      local title = {}
      for i = 8, 7 + FIELDS do
        title[#title + 1] = facts[i] or nil
      end
      local saga = redis.call('HGET', 'sagas', today) or ''
      fields = {table.concat(title), facts[3], facts[2], facts[4], facts[5], facts[6], saga, facts[7] or ''}
    end
    answer[#answer + 1] = today or 0
    answer[#answer + 1] = fields
  end
  return answer
end
