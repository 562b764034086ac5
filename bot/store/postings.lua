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

-- Which of the shards that a set names are at most so far from one; as texts, which are not to be made of numbers anew.
local function shards_of(set, middle, reach)
  known_shards[set] = known_shards[set] or redis.call('SMEMBERS', set)
  local near = {}
  for _, shard in ipairs(known_shards[set]) do
    if math.abs(shard - middle) <= reach then
      near[#near + 1] = shard
    end
  end
  table.sort(near)
  return near
end

local names_of_buckets = {}

-- How the names of a shard's buckets begin, and how many bytes more they have.
local function buckets_of(kind, shard)
  local names = names_of_buckets[kind] or {}
  names_of_buckets[kind] = names
  names[shard] = names[shard] or kind .. ':' .. shard .. ':'
  return names[shard], kind == 'w' and 3 or 2
end

-- What is posted in a place, and in which field of which hash that is.
local function posted(buckets, size, places, at)
  local key, field = buckets .. string.sub(places, at, at + size - 1), string.sub(places, at + 3, at + PLACE - 1)
  local known = known_postings[key]
  if not known then
    known = {}
    known_postings[key] = known
  end
  local packed = known[field]
  if not packed then
    packed = redis.call('HGET', key, field) or ''
    known[field] = packed
  end
  return packed, key, field
end

-- Whether an id of four bytes is among others.
local function holds(packed, id)
  local at = string.find(packed, id, 1, true)
  while at and at % 4 ~= 1 do
    at = string.find(packed, id, at + 1, true)
  end
  return at
end

local function post(kind, shard, places, id)
  local new, buckets, size = struct.pack('>I4', id), buckets_of(kind, shard)
  for at = 1, #places, PLACE do
    local packed, key, field = posted(buckets, size, places, at)
    if not holds(packed, new) then
      packed = string.sub(packed .. new, -4 * CAP)
      known_postings[key][field] = packed
      redis.call('HSET', key, field, packed)
    end
  end
end

-- Calls `visit` with what is posted in each place in these shards: ids of four bytes.
local function each_posted(kind, shards, places, visit)
  for at = 1, #places, PLACE do
    local packed
    for i = 1, #shards do
      local buckets, size = buckets_of(kind, shards[i])
      local more = posted(buckets, size, places, at)
      packed = packed and packed .. more or more
    end
    if packed and packed ~= '' then
      visit(packed, at)
    end
  end
end

local windows = {}

-- The days around one that hold postings.
local function window(day)
  windows[day] = windows[day] or shards_of('days:x', day, WINDOW_DAYS)
  return windows[day]
end

-- The article filed under a URL in the last 35 days; our clock may have been set back meanwhile.
local function url_find(place)
  local found
  each_posted('u', shards_of('weeks:u', week_of(clock()), URL_WEEKS), place, function(packed)
    found = (struct.unpack('>I4', packed))
  end)
  return found
end
