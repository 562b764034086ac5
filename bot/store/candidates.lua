--@ story
--@ postings
-- ARGV: most stories, most members of each, then in turn a day of publication, the places of terms and those of bands.
-- Answers the newest story and article, then of each story its id, version, time of its first article, and the ids of
-- those members that share a band or are the newest.
local most_stories, most_members = tonumber(ARGV[1]), tonumber(ARGV[2])
local sharers, stories, ranked = {}, {}, {}

-- What a story is today, or false; the same under each of its names.
local function known(name)
  local story = stories[name]
  if story == nil then
    local id, facts = story_known(name, 'v', 'a')
    story = id and stories[id] or false
    if id and not story then
      story = {id = id, born = facts[2], version = tonumber(facts[3]), articles = facts[4] or '', score = 0}
      stories[id], ranked[#ranked + 1] = story, story
    end
    stories[name] = story
  end
  return story
end

local sharing_of, story_of = {}, {}

-- The stories of which one is posted there.
local function sharing(packed)
  local found, seen = {}, {}
  for _, id in ipairs(unpack_ids(packed)) do
    local story = known(id)
    if story and not seen[story] then
      seen[story] = true
      found[#found + 1] = story
    end
  end
  return found
end

-- A story's articles name the same words: what is posted there is read once.
local function shares_terms(packed)
  local found = sharing_of[packed] or sharing(packed)
  sharing_of[packed] = found
  for i = 1, #found do
    found[i].score = found[i].score + 1 / (4 + #found)
  end
end

-- The story of an article, or false.
local function home(article)
  local story = story_of[article]
  if story == nil then
    local head = redis.call('GETRANGE', 'art:' .. struct.unpack('>I4', article), 0, 3)
    story = #head == 4 and known((struct.unpack('>I4', head)))
    story_of[article] = story
  end
  return story
end

local function shares_a_band(packed)
  for at = 1, #packed, 4 do
    local article = string.sub(packed, at, at + 3)
    local story = home(article)
    if story then
      story.score = story.score + 1
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

table.sort(ranked, function(one, other)
  if one.score ~= other.score then
    return one.score > other.score
  end
  return one.id > other.id
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
  local story, at = ranked[i], #answer
  local articles = sharers[story.id] and shown(story) or string.sub(story.articles, -4 * most_members)
  answer[at + 1], answer[at + 2], answer[at + 3], answer[at + 4] = story.id, story.version, story.born, articles
end
return answer
