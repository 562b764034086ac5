--@ outbox
--@ story
-- Ends what a list orders by time. ARGV: list, time before which it ends, most in one step. Answers how many ended.
local ends = {
  recent = function()
    return true
  end,
  ['briefs:at'] = function(member)
    local id, key = string.match(member, '^(%S+) (.+)$')
    redis.call('UNLINK', 'brief:' .. id)
    if redis.call('HGET', 'briefs', key) == id then
      redis.call('HDEL', 'briefs', key)
    end
    return true
  end,
  carries = function(member)
    redis.call('UNLINK', 'carried:' .. member)
    return true
  end,
  ['ops:at'] = function(member)
    redis.call('HDEL', 'ops', member)
    return true
  end,
  ords = function(member)
    local waits = redis.call('HEXISTS', 'ord:' .. member, 'r') == 1
    if not waits then
      redis.call('UNLINK', 'ord:' .. member)
    end
    return not waits
  end,
  outs = function(member)
    local fields = redis.call('HMGET', 'out:' .. member, 'r', 's')
    if string.find(fields[2], '[pg]') then
      return false
    end
    local record = cmsgpack.unpack(fields[1])
    for _, part in ipairs(record.parts or {}) do
      for token in pairs(part.buttons or {}) do
        redis.call('UNLINK', 'btn:' .. token)
      end
    end
    for _, told in ipairs(record.told or {}) do
      redis.call('SREM', 'carried:' .. (story_follow(told[1]) or told[1]), member)
    end
    redis.call('UNLINK', 'out:' .. member)
    redis.call('ZREM', 'trouble', member)
    return true
  end,
}
local ended = 0
for _, member in ipairs(redis.call('ZRANGEBYSCORE', ARGV[1], '-inf', ARGV[2])) do
  if ended < tonumber(ARGV[3]) and ends[ARGV[1]](member) then
    redis.call('ZREM', ARGV[1], member)
    ended = ended + 1
  end
end
return ended
