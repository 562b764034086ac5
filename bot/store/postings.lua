-- Postings in day shards: `x:DAY:BUCKET` term -> stories and `b:DAY:BUCKET` band -> articles by the day of
-- publication, `u:DAY:BUCKET` URL -> article by the day of filing. Buckets keep each hash small enough to be packed.

local CAP = 16
local WINDOW_DAYS = 4
local URL_DAYS = 35

local function day_of(seconds)
  return math.floor(seconds / 86400)
end

local function posted(kind, day, bucket, field)
  return redis.call('HGET', kind .. ':' .. day .. ':' .. bucket, field) or ''
end

local function post(kind, day, bucket, field, id)
  local ids = unpack_ids(posted(kind, day, bucket, field))
  for _, known in ipairs(ids) do
    if known == id then
      return
    end
  end
  table.insert(ids, id)
  if #ids > CAP then
    table.remove(ids, 1)
  end
  redis.call('HSET', kind .. ':' .. day .. ':' .. bucket, field, pack_ids(ids))
end

-- The days from one to another that hold postings, earliest first.
local function days_of(set, from, to)
  local days = {}
  for _, day in ipairs(redis.call('SMEMBERS', set)) do
    day = tonumber(day)
    if day >= from and day <= to then
      table.insert(days, day)
    end
  end
  table.sort(days)
  return days
end

-- Calls `visit` with the ids posted under each key (bucket and field in turn, from ARGV[from] on) around a day.
local function each_posted(kind, day, from, count, visit)
  local days = days_of('days:x', day - WINDOW_DAYS, day + WINDOW_DAYS)
  for i = from, from + 2 * count - 1, 2 do
    local ids, seen = {}, {}
    for _, around in ipairs(days) do
      for _, id in ipairs(unpack_ids(posted(kind, around, ARGV[i], ARGV[i + 1]))) do
        if not seen[id] then
          seen[id] = true
          table.insert(ids, id)
        end
      end
    end
    visit(ids)
  end
end

local function url_find(bucket, field)
  if field == '' then
    return nil
  end
  local today = day_of(clock())
  local days = days_of('days:u', today - URL_DAYS, math.huge)
  for i = #days, 1, -1 do
    local id = redis.call('HGET', 'u:' .. days[i] .. ':' .. bucket, field)
    if id then
      return tonumber(id)
    end
  end
  return nil
end
