-- Ends the postings of one shard. ARGV: set of shards, first one to keep, number of buckets, into how many each is
-- divided or 0, kinds of postings. Answers 1 if there was such a shard.
local function names_of(bucket)
  local name, names = struct.pack('>I2', bucket), {}
  for finer = 0, tonumber(ARGV[4]) - 1 do
    table.insert(names, name .. string.char(finer))
  end
  return #names > 0 and names or {name}
end

for _, day in ipairs(redis.call('SMEMBERS', ARGV[1])) do
  if tonumber(day) < tonumber(ARGV[2]) then
    for i = 5, #ARGV do
      for bucket = 0, tonumber(ARGV[3]) - 1 do
        for _, name in ipairs(names_of(bucket)) do
          redis.call('UNLINK', ARGV[i] .. ':' .. day .. ':' .. name)
        end
      end
    end
    redis.call('SREM', ARGV[1], day)
    return 1
  end
end
return 0
