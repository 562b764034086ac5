-- Postings in shards: `x:DAY:BUCKET` term -> stories and `b:DAY:BUCKET` band -> articles by the day of publication,
-- `u:WEEK:BUCKET` URL -> article by the week of filing. Buckets keep each hash small enough to be packed.
-- `w:YEAR:BUCKET` keeps the terms of each story's first article -> stories for years, in more buckets.
-- A place is two bytes of bucket, one that divides it further, and four of field; places come as one string.

local CAP = 16
local WINDOW_DAYS = 4
local URL_WEEKS = 5
local PLACE = 7
local YEAR_SECONDS = 365.25 * 86400

local function day_of(seconds)
  return math.floor(seconds / 86400)
end

local function week_of(seconds)
  return math.floor(seconds / (7 * 86400))
end

local function year_of(seconds)
  return math.floor(seconds / YEAR_SECONDS)
end

local known_shards, known_postings = {}, {}

-- Which shards from one to another, of those that a set names, hold postings; earliest first.
local function shards_of(set, from, to)
  local name = set .. from
  if not known_shards[name] then
    local asked, held = {}, {}
    for shard = from, to do
      asked[#asked + 1] = shard
    end
    for i, holds in ipairs(redis.call('SMISMEMBER', set, unpack(asked))) do
      held[#held + 1] = holds == 1 and asked[i] or nil
    end
    known_shards[name] = held
  end
  return known_shards[name]
end

-- Where the buckets of a shard begin, and how many bytes name one.
local function buckets_of(kind, shard)
  return kind .. ':' .. shard .. ':', kind == 'w' and 3 or 2
end

-- What is posted in a place.
local function posted(buckets, size, places, at)
  local name = buckets .. string.sub(places, at, at + PLACE - 1)
  local packed = known_postings[name]
  if not packed then
    local key, field = buckets .. string.sub(places, at, at + size - 1), string.sub(places, at + 3, at + PLACE - 1)
    packed = redis.call('HGET', key, field) or ''
    known_postings[name] = packed
  end
  return packed
end

local function post(kind, shard, places, id)
  local new, buckets, size = struct.pack('>I4', id), buckets_of(kind, shard)
  for at = 1, #places, PLACE do
    local packed = posted(buckets, size, places, at)
    local known = false
    for i = 1, #packed, 4 do
      known = known or string.sub(packed, i, i + 3) == new
    end
    if not known then
      packed = string.sub(packed .. new, -4 * CAP)
      known_postings[buckets .. string.sub(places, at, at + PLACE - 1)] = packed
      local key, field = buckets .. string.sub(places, at, at + size - 1), string.sub(places, at + 3, at + PLACE - 1)
      redis.call('HSET', key, field, packed)
    end
  end
end

-- Calls `visit` with the ids posted in each place in these shards.
local function each_posted(kind, shards, places, visit)
  local gathered = {}
  for _, shard in ipairs(shards) do
    local buckets, size = buckets_of(kind, shard)
    for at = 1, #places, PLACE do
      local packed = posted(buckets, size, places, at)
      gathered[at] = gathered[at] and gathered[at] .. packed or packed
    end
  end
  for at = 1, #places, PLACE do
    local packed = gathered[at] or ''
    if packed ~= '' then
      visit(unpack_ids(packed), at)
    end
  end
end

-- The days around one that hold postings.
local function window(day)
  return shards_of('days:x', day - WINDOW_DAYS, day + WINDOW_DAYS)
end

-- The article filed under a URL in the last 35 days; our clock may have been set back meanwhile.
local function url_find(place)
  local found
  local week = week_of(clock())
  each_posted('u', shards_of('weeks:u', week - URL_WEEKS, week + URL_WEEKS), place, function(ids)
    found = ids[1]
  end)
  return found
end
