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
  told.values = told.values and next(told.values) and told.values or nil -- an empty table would be packed as a list
  redis.call('HSET', 'told:' .. chat, story, at .. cmsgpack.pack(told))
end

-- What was told of one story counts as told of another one that now tells it.
local function told_values(one, other)
  for series, value in pairs(other.values or {}) do
    one.values = one.values or {}
    one.values[series] = one.values[series] or value
  end
end

-- What told a story told another one that holds some of its articles now.
local function told_in_both(one, other)
  redis.call('SUNIONSTORE', 'carried:' .. one, 'carried:' .. one, 'carried:' .. other)
  local newest = redis.call('ZSCORE', 'carries', other)
  if newest then
    redis.call('ZADD', 'carries', 'GT', newest, one)
  end
end

-- Two stories became one: who knew both as they were knows the one as it is.
local function told_merged(older, its_version, younger, other_version, new_version, witnesses)
  told_in_both(older, younger)
  redis.call('UNLINK', 'carried:' .. younger)
  redis.call('ZREM', 'carries', younger)
  for _, chat in ipairs(redis.call('SMEMBERS', 'chats')) do
    local one, at = told_of(chat, older)
    local other = told_of(chat, younger)
    if one and other and one.version >= its_version and other.version >= other_version then
      told_values(one, other)
      one.version, one.witnesses = new_version, witnesses
      tell(chat, older, one, at)
      redis.call('HDEL', 'told:' .. chat, younger)
    end
  end
end

-- Articles went from a story to another one. Each has its id, the version it had, none where it is new, the
-- one it has now, and its witnesses. Who knew both knows both; who knew the one where they were knows a new one too,
-- and what they told is no news to him elsewhere.
local function told_parted(story, part)
  told_in_both(part.id, story.id)
  for _, chat in ipairs(redis.call('SMEMBERS', 'chats')) do
    local told, at = told_of(chat, story.id)
    local other, other_at = told_of(chat, part.id)
    local knew = told and told.version >= story.version_known
    if told and not part.version_known then
      local both = {values = told.values, version = knew and part.version or 0}
      both.witnesses = knew and part.witnesses or told.witnesses
      tell(chat, part.id, both, at)
    elseif knew and other then
      told_values(other, told)
      if other.version >= part.version_known then
        other.version, other.witnesses = part.version, part.witnesses
      end
      tell(chat, part.id, other, other_at)
    end
    if knew then
      told.version, told.witnesses = story.version, story.witnesses
      tell(chat, story.id, told, at)
    end
  end
end
