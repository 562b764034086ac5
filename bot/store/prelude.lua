-- Stands before every script. Work that is due has a time on our clock (the server's own plus an offset);
-- leases and rates are durations and run on the server's bare time, so that a clock set back cannot stall them.

local function bare()
  local t = redis.call('TIME')
  return tonumber(t[1]) + tonumber(t[2]) / 1e6
end

local function offset()
  return tonumber(redis.call('GET', 'clock') or '0')
end

local time_now

local function clock()
  time_now = time_now or bare() + offset()
  return time_now
end

local function text(number)
  return string.format('%.6f', number)
end

-- Due-sets: `due:NAME` by time, `leased:NAME` by end of lease, `claim:NAME` member -> "token due-time",
-- `tries:NAME` member -> how often taken, `next:NAME` member -> when it was asked for while somebody held it.

local function due_put(name, member, at)
  redis.call('ZADD', 'due:' .. name, at, member)
  if redis.call('ZRANK', 'due:' .. name, member) == 0 then
    redis.call('PUBLISH', 'wake', name)
  end
end

local function due_add(name, member, at)
  if redis.call('ZSCORE', 'leased:' .. name, member) then
    redis.call('HSET', 'next:' .. name, member, at)
  else
    due_put(name, member, at)
  end
end

local function due_drop(name, member)
  redis.call('ZREM', 'due:' .. name, member)
  if redis.call('ZSCORE', 'leased:' .. name, member) then
    redis.call('HSET', 'next:' .. name, member, '')
  end
end

local function due_held(name, member, token)
  local claim = redis.call('HGET', 'claim:' .. name, member)
  return claim and string.sub(claim, 1, #token + 1) == token .. ' '
end

-- Puts back what nobody holds any more: at the time it was asked for meanwhile, else at `at`.
local function due_return(name, member, at)
  redis.call('ZREM', 'leased:' .. name, member)
  redis.call('HDEL', 'claim:' .. name, member)
  local asked = redis.call('HGET', 'next:' .. name, member)
  if asked then
    redis.call('HDEL', 'next:' .. name, member)
    at = asked
  end
  if at ~= '' then
    due_put(name, member, at)
  end
end

-- Ends a claim that is ours.
local function due_ended(name, member, at)
  redis.call('HDEL', 'tries:' .. name, member)
  due_return(name, member, at)
end

local function due_done(name, member, token, at)
  if not due_held(name, member, token) then
    return false
  end
  due_ended(name, member, at)
  return true
end

local function due_reap(name, before)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', 'leased:' .. name, '-inf', before)) do
    local claim = redis.call('HGET', 'claim:' .. name, member)
    due_return(name, member, string.match(claim, ' (.+)$'))
  end
end
