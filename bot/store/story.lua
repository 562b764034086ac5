-- Stories: `st:ID` with v(ersion), t0 t1 … (title), c(reated), u(pdated), w(itnesses), a(rticle ids, four bytes
-- each), g (its saga), or `to` alone where it was merged. No field is longer than the server keeps packed.
-- `log:ID` tells what became of it. Articles begin with story, copy group and entry, four bytes each.

local HEAD = 12
local FIELD, FIELDS = 64, 8

local function story_new(title, created)
  local id = redis.call('INCR', 'id:story')
  redis.call('HSET', 'st:' .. id, 'c', created)
  for i = 0, math.min(FIELDS, math.ceil(#title / FIELD)) - 1 do
    redis.call('HSET', 'st:' .. id, 't' .. i, string.sub(title, i * FIELD + 1, (i + 1) * FIELD))
  end
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
  for i, id in ipairs(ids) do
    packed[i] = struct.pack('>I4', id)
  end
  return table.concat(packed)
end

local function unpack_ids(packed)
  local ids = {}
  for i = 1, #packed, 4 do
    table.insert(ids, (struct.unpack('>I4', packed, i)))
  end
  return ids
end

-- The story an id stands for today, or nil.
local function story_follow(id)
  local to = redis.call('HGET', 'st:' .. id, 'to')
  while to do
    id = to
    to = redis.call('HGET', 'st:' .. id, 'to')
  end
  return redis.call('EXISTS', 'st:' .. id) == 1 and tonumber(id) or nil
end

local function story_articles(id)
  return unpack_ids(redis.call('HGET', 'st:' .. id, 'a') or '')
end

-- Says that a story is another one now: its version grows, and every index hears of it.
local function story_changed(id)
  local version = redis.call('HINCRBY', 'st:' .. id, 'v', 1)
  redis.call('XADD', 'changes', 'MAXLEN', '~', 50000, '*', 's', id)
  return version
end

-- Writes down what became of a story and why, for those who ask.
local function story_told(id, words)
  if words and words ~= '' then
    redis.call('RPUSH', 'log:' .. id, struct.pack('>d', clock()) .. words)
  end
end

local function story_touched(id, updated)
  if updated > tonumber(redis.call('HGET', 'st:' .. id, 'u') or '-inf') then
    redis.call('HSET', 'st:' .. id, 'u', updated)
    redis.call('ZADD', 'recent', updated, id)
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
