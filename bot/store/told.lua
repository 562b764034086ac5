-- What chats were told of stories (`told:CHAT`: story -> time, version and values): an editor's or our own change of
-- mind about which articles are one story is no news to them.

local function told_of(chat, story)
  local told = redis.call('HGET', 'told:' .. chat, story)
  if not told then
    return nil
  end
  return cmsgpack.unpack(string.sub(told, 9)), string.sub(told, 1, 8)
end

local function tell(chat, story, told, at)
  redis.call('HSET', 'told:' .. chat, story, at .. cmsgpack.pack(told))
end

-- Two stories became one: who knew both as they were knows the one as it is.
local function told_merged(older, its_version, younger, other_version, new_version)
  redis.call('SUNIONSTORE', 'carried:' .. older, 'carried:' .. older, 'carried:' .. younger)
  for _, chat in ipairs(redis.call('SMEMBERS', 'chats')) do
    local one, at = told_of(chat, older)
    local other = told_of(chat, younger)
    if one and other and one.version >= its_version and other.version >= other_version then
      for series, value in pairs(other.values or {}) do
        one.values = one.values or {}
        one.values[series] = value
      end
      one.version = new_version
      one.witnesses = (one.witnesses or 0) + (other.witnesses or 0)
      tell(chat, older, one, at)
      redis.call('HDEL', 'told:' .. chat, younger)
    end
  end
end

-- A story became two: who knew it knows both.
local function told_split(story, version, new_version, part, part_version)
  redis.call('SUNIONSTORE', 'carried:' .. part, 'carried:' .. part, 'carried:' .. story)
  for _, chat in ipairs(redis.call('SMEMBERS', 'chats')) do
    local told, at = told_of(chat, story)
    if told then
      local knew = told.version >= version
      told.version = knew and part_version or 0
      tell(chat, part, told, at)
      if knew then
        told.version = new_version
        tell(chat, story, told, at)
      end
    end
  end
end

-- Parts a story: the articles go to the one that `born` names, and both are kept apart. Answers it, or nil if none of
-- them is there or no other would stay.
local function story_part(story, articles, born)
  local leaving, staying, leaves = {}, {}, {}
  for _, article in ipairs(articles) do
    leaves[article] = true
  end
  for _, article in ipairs(story_articles(story)) do
    table.insert(leaves[article] and leaving or staying, article)
  end
  if #leaving == 0 or #staying == 0 then
    return nil
  end
  local version, updated = tonumber(redis.call('HGET', 'st:' .. story, 'v')), redis.call('HGET', 'st:' .. story, 'u')
  local part = born()
  story_own(part, leaving)
  story_own(story, staying)
  redis.call('ZADD', 'recent', updated, part)
  redis.call('HSET', 'st:' .. part, 'u', updated)
  local seen = redis.call('LRANGE', 'obs:' .. story, 0, -1)
  redis.call('DEL', 'obs:' .. story)
  for _, observed in ipairs(seen) do
    local home = leaves[(struct.unpack('>I4', observed))] and part or story
    redis.call('RPUSH', 'obs:' .. home, observed)
  end
  story_keep_apart(story, part)
  local new_version, part_version = story_changed(story), story_changed(part)
  told_split(story, version, new_version, part, part_version)
  return part
end
