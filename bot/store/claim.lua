-- ARGV: code, user. Answers 1 if the user is the owner now.
local owner = redis.call('GET', 'access:owner')
if not owner and redis.call('GET', 'access:code') == ARGV[1] then
  redis.call('SET', 'access:owner', ARGV[2])
  redis.call('DEL', 'access:code')
  owner = ARGV[2]
end
return owner == ARGV[2] and 1 or 0
