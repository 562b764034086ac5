-- ARGV: key, and a record to store if there is none. Answers the id and record stored under the key, or false.
local DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
local FACTORS = {[4] = 666893, [5] = 20641053, [6] = 664420213}

local id = redis.call('HGET', 'briefs', ARGV[1])
if id then
  local record = redis.call('GET', 'brief:' .. id)
  if record then
    return {id, record}
  end
end

if not ARGV[2] then
  return false
end

-- Counting times an odd number, modulo a power of two, meets each value once, in no order a reader would see.
local count, places = redis.call('INCR', 'id:brief'), 4
while count >= 32 ^ places do
  places = places + 1
end
local left = (count * FACTORS[places] + 12345) % 32 ^ places
id = ''
for _ = 1, places do
  local digit = left % 32
  id = string.sub(DIGITS, digit + 1, digit + 1) .. id
  left = (left - digit) / 32
end
redis.call('SET', 'brief:' .. id, ARGV[2])
redis.call('HSET', 'briefs', ARGV[1], id)
redis.call('ZADD', 'briefs:at', clock(), id .. ' ' .. ARGV[1])
return {id, ARGV[2]}
