--@ story
--@ postings
-- ARGV: most stories, most members of each, then in turn a day of publication, the places of terms and those of bands.
-- Answers the newest story and article, then of each story its id, version, time of its first article, and the ids of
-- those members that share a band or are the newest.
local most_stories, most_members = tonumber(ARGV[1]), tonumber(ARGV[2])
local scores, sharers, stories = {}, {}, {}

-- What a story of these four bytes is today, or false.
local function known(packed)
  if stories[packed] == nil then
    local id, facts = story_known(struct.unpack('>I4', packed), 'v', 'a')
    stories[packed] = id and {id = id, born = facts[2], version = tonumber(facts[3]), articles = facts[4] or ''}
  end
  return stories[packed]
end

local function score(story, points)
  scores[story.id] = (scores[story.id] or 0) + points
end

local function shares_terms(packed)
  local sharing, seen = {}, {}
  for at = 1, #packed, 4 do
    local story = known(string.sub(packed, at, at + 3))
    if story and not seen[story.id] then
      seen[story.id] = true
      sharing[#sharing + 1] = story
    end
  end
  for _, story in ipairs(sharing) do
    score(story, 1 / (4 + #sharing))
  end
end

local function shares_a_band(packed)
  for at = 1, #packed, 4 do
    local article = string.sub(packed, at, at + 3)
    local head = redis.call('GETRANGE', 'art:' .. struct.unpack('>I4', article), 0, 3)
    local story = #head == 4 and known(head)
    if story then
      score(story, 1)
      sharers[story.id] = sharers[story.id] or {}
      table.insert(sharers[story.id], article)
    end
  end
end

for i = 3, #ARGV, 3 do
  local days = window(ARGV[i])
  each_posted('x', days, ARGV[i + 1], shares_terms)
  each_posted('b', days, ARGV[i + 2], shares_a_band)
end

local ranked = {}
for _, story in pairs(stories) do
  if story and scores[story.id] then
    ranked[#ranked + 1] = {story, scores[story.id]}
    scores[story.id] = nil -- it may be known by several names
  end
end
table.sort(ranked, function(one, other)
  if one[2] ~= other[2] then
    return one[2] > other[2]
  end
  return one[1].id > other[1].id
end)

-- The newest of a story's articles, and before them those that share a band.
local function shown(story)
  local newest = string.sub(story.articles, -4 * most_members)
  local ids, seen = {}, {}
  for at = 1, #newest, 4 do
    seen[string.sub(newest, at, at + 3)] = true
  end
  for _, article in ipairs(sharers[story.id]) do
    if not seen[article] then
      seen[article] = true
      ids[#ids + 1] = article
    end
  end
  table.sort(ids)
  return table.concat(ids) .. newest
end

local counted = redis.call('MGET', 'id:story', 'id:article')
local answer = {tonumber(counted[1] or '0'), tonumber(counted[2] or '0')}
for i = 1, math.min(#ranked, most_stories) do
  local story = ranked[i][1]
  local articles = sharers[story.id] and shown(story) or string.sub(story.articles, -4 * most_members)
  for _, part in ipairs({story.id, story.version, story.born, articles}) do
    answer[#answer + 1] = part
  end
end
return answer
