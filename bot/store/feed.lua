-- Saves a feed that was not removed meanwhile; its URL may have changed, unless another feed has the new one.
local function feed_save(id, url, record)
  if redis.call('EXISTS', 'feed:' .. id) == 0 then
    return false
  end
  redis.call('SET', 'feed:' .. id, record)
  if redis.call('HGET', 'feeds', url) ~= id then
    local urls = redis.call('HGETALL', 'feeds')
    for i = 1, #urls, 2 do
      if urls[i + 1] == id then
        redis.call('HDEL', 'feeds', urls[i])
      end
    end
    redis.call('HSETNX', 'feeds', url, id)
  end
  return true
end
