--@ story
--@ postings
-- ARGV: most stories, most members of each, then in turn a day of publication, the places of terms and those of bands.
-- Answers the newest story and article, then of each story its id, version, time of its first article, and the ids of
-- those members that share a band or are the newest.
local most_stories, most_members = tonumber(ARGV[1]), tonumber(ARGV[2])
local scores, sharers, stories = {}, {}, {}

local function score(story, points)
  scores[story] = (scores[story] or 0) + points
end

-- What a story is called today, with its facts, or false.
local function known(id)
  if stories[id] == nil then
    local today, facts = story_known(id, 'v', 'a')
    stories[id] = today and {id = today, born = facts[2], version = tonumber(facts[3]), articles = facts[4] or ''}
  end
  return stories[id]
end

local function shares_a_band(article)
  local head = redis.call('GETRANGE', 'art:' .. article, 0, 3)
  local story = #head == 4 and known((struct.unpack('>I4', head)))
  if story then
    score(story.id, 1)
    sharers[story.id] = sharers[story.id] or {}
    table.insert(sharers[story.id], article)
  end
end

for i = 3, #ARGV, 3 do
  local days = window(tonumber(ARGV[i]))
  each_posted('x', days, ARGV[i + 1], function(ids)
    local sharing, seen = {}, {}
    for _, id in ipairs(ids) do
      local story = known(id)
      if story and not seen[story.id] then
        seen[story.id] = true
        sharing[#sharing + 1] = story.id
      end
    end
    for _, story in ipairs(sharing) do
      score(story, 1 / (4 + #sharing))
    end
  end)
  each_posted('b', days, ARGV[i + 2], function(articles)
    for _, article in ipairs(articles) do
      shares_a_band(article)
    end
  end)
end

local ranked = {}
for story, points in pairs(scores) do
  table.insert(ranked, {story, points})
end
table.sort(ranked, function(one, other)
  if one[2] ~= other[2] then
    return one[2] > other[2]
  end
  return one[1] > other[1]
end)

local counted = redis.call('MGET', 'id:story', 'id:article')
local answer = {tonumber(counted[1] or '0'), tonumber(counted[2] or '0')}
for i = 1, math.min(#ranked, most_stories) do
  local story = known(ranked[i][1])
  local newest = string.sub(story.articles, -4 * most_members)
  local shown = story_joined(sharers[story.id] or {}, unpack_ids(newest))
  table.sort(shown)
  for _, part in ipairs({story.id, story.version, story.born, pack_ids(shown)}) do
    answer[#answer + 1] = part
  end
end
return answer
