-- Postings in day shards: `x:DAY:BUCKET` term -> stories and `b:DAY:BUCKET` band -> articles by the day of
-- publication, `u:DAY:BUCKET` URL -> article by the day of filing. Buckets keep each hash small enough to be packed.
-- `w:YEAR:BUCKET` keeps the terms of each story's first article -> stories for years, in more buckets.
-- A place is a bucket and a field there, six bytes; places come as one string.

local CAP = 16
local WINDOW_DAYS = 4
local URL_DAYS = 35
local PLACE = 6
local FINER = 8
local SAGA_YEARS = 5
local YEAR_SECONDS = 365.25 * 86400

local function day_of(seconds)
  return math.floor(seconds / 86400)
end

local function shard(kind, day, places, at)
  local bucket, field = struct.unpack('>I2c4', places, at)
  if kind == 'w' then
    bucket = bucket * FINER + string.byte(field) % FINER
  end
  return kind .. ':' .. day .. ':' .. bucket, field
end

local function posted(kind, day, places, at)
  local key, field = shard(kind, day, places, at)
  return redis.call('HGET', key, field) or ''
end

local function post(kind, day, places, id)
  for at = 1, #places, PLACE do
    local key, field = shard(kind, day, places, at)
    local packed, new, known = redis.call('HGET', key, field) or '', struct.pack('>I4', id), false
    for i = 1, #packed, 4 do
      known = known or string.sub(packed, i, i + 3) == new
    end
    if not known then
      redis.call('HSET', key, field, string.sub(packed .. new, -4 * CAP))
    end
  end
end

local known_days = {}

-- The days from one to another that hold postings, earliest first.
local function days_of(set, from, to)
  local days = {}
  known_days[set] = known_days[set] or redis.call('SMEMBERS', set)
  for _, day in ipairs(known_days[set]) do
    day = tonumber(day)
    if day >= from and day <= to then
      table.insert(days, day)
    end
  end
  table.sort(days)
  return days
end

-- Calls `visit` with the ids posted in each place around a day.
local function each_posted(kind, day, places, visit)
  local days = days_of('days:x', day - WINDOW_DAYS, day + WINDOW_DAYS)
  for at = 1, #places, PLACE do
    local packed = ''
    for _, around in ipairs(days) do
      packed = packed .. posted(kind, around, places, at)
    end
    if packed ~= '' then
      visit(unpack_ids(packed))
    end
  end
end

local function year_of(seconds)
  return math.floor(seconds / YEAR_SECONDS)
end

-- The stories of years that posted at least so many of these terms, those that posted most first; each with the
-- places, from 0 on, of the terms it posted.
local function earlier_stories(published, places, least, most)
  local year, shared = year_of(published), {}
  local years = days_of('days:w', year - SAGA_YEARS, year + SAGA_YEARS)
  for at = 1, #places, PLACE do
    local seen = {}
    for _, around in ipairs(years) do
      local packed = posted('w', around, places, at)
      for i = 1, #packed, 4 do
        local id = (struct.unpack('>I4', packed, i))
        if not seen[id] then
          seen[id] = true
          shared[id] = (shared[id] or '') .. string.char((at - 1) / PLACE)
        end
      end
    end
  end
  local found = {}
  for id, terms in pairs(shared) do
    if #terms >= least then
      table.insert(found, {id, terms})
    end
  end
  table.sort(found, function(one, other)
    if #one[2] ~= #other[2] then
      return #one[2] > #other[2]
    end
    return one[1] > other[1]
  end)
  while #found > most do
    table.remove(found)
  end
  return found
end

local function url_find(place)
  if place == '' then
    return nil
  end
  local today = day_of(clock())
  local days = days_of('days:u', today - URL_DAYS, math.huge)
  for i = #days, 1, -1 do
    local id = posted('u', days[i], place, 1)
    if id ~= '' then
      return (struct.unpack('>I4', id))
    end
  end
  return nil
end
