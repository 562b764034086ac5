--@ story
--@ postings
-- ARGV: time of publication, places of terms, how many of these a story shares at least.
-- Answers the stories of years that share most, most first: each with the places, from 0 on, of the terms it shares,
-- and the times of its first and last article, '' where only its terms are left.
local SAGA_YEARS, MOST = 5, 8
local year, places, shared = year_of(tonumber(ARGV[1])), ARGV[2], {}
each_posted('w', shards_of('days:w', year, SAGA_YEARS), places, function(packed, at)
  for _, id in ipairs(story_joined(unpack_ids(packed), {})) do
    shared[id] = (shared[id] or '') .. string.char((at - 1) / PLACE)
  end
end)

local found = {}
for id, terms in pairs(shared) do
  if #terms >= tonumber(ARGV[3]) then
    table.insert(found, {id, terms})
  end
end
table.sort(found, function(one, other)
  if #one[2] ~= #other[2] then
    return #one[2] > #other[2]
  end
  return one[1] > other[1]
end)

local answer = {}
for i = 1, math.min(#found, MOST) do
  local id, terms = unpack(found[i])
  local today, facts = story_known(id, 'u')
  for _, part in ipairs({today or id, terms, today and facts[2] or '', today and facts[3] or ''}) do
    table.insert(answer, part)
  end
end
return answer
