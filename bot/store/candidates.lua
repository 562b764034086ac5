--@ story
--@ postings
-- ARGV: most stories, most members of each, place of a URL or '', time of publication, places of the terms by which
-- earlier stories are looked up or '', how many of these they share at least, then in turn a day of publication, the
-- places of terms and those of bands.
-- Answers the newest story and article, the article filed under the URL or 0, the earlier stories (id, terms shared,
-- first and last time in turn), then of each story its id, version, time of its first article, and the ids of those
-- members that share a band or are the newest.
local most_stories, most_members = tonumber(ARGV[1]), tonumber(ARGV[2])
local scores, members = {}, {}
local MOST_EARLIER = 8

local function score(story, points)
  scores[story] = (scores[story] or 0) + points
end

for i = 7, #ARGV, 3 do
  local day = tonumber(ARGV[i])
  each_posted('x', day, ARGV[i + 1], function(stories)
    local sharing, seen = {}, {}
    for _, story in ipairs(stories) do
      local today = story_follow(story)
      if today and not seen[today] then
        seen[today] = true
        table.insert(sharing, today)
      end
    end
    for _, story in ipairs(sharing) do
      score(story, 1 / (4 + #sharing))
    end
  end)
  each_posted('b', day, ARGV[i + 2], function(articles)
    for _, article in ipairs(articles) do
      local head = redis.call('GETRANGE', 'art:' .. article, 0, 3)
      if #head == 4 then
        local story = (struct.unpack('>I4', head))
        score(story, 1)
        members[story] = members[story] or {}
        members[story][article] = true
      end
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

local answer = {
  tonumber(redis.call('GET', 'id:story') or '0'),
  tonumber(redis.call('GET', 'id:article') or '0'),
  url_find(ARGV[3]) or 0,
  {},
}
for _, one in ipairs(earlier_stories(tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6]), MOST_EARLIER)) do
  local today = story_follow(one[1])
  local times = today and redis.call('HMGET', 'st:' .. today, 'c', 'u') or {'', ''}
  for _, part in ipairs({today or one[1], one[2], times[1], times[2]}) do
    table.insert(answer[4], part)
  end
end
for i = 1, math.min(#ranked, most_stories) do
  local story = ranked[i][1]
  local facts, shown = redis.call('HMGET', 'st:' .. story, 'v', 'c', 'a'), {}
  local articles = unpack_ids(facts[3] or '')
  for j, article in ipairs(articles) do
    if j > #articles - most_members or (members[story] and members[story][article]) then
      table.insert(shown, article)
    end
  end
  for _, part in ipairs({story, tonumber(facts[1]), facts[2], pack_ids(shown)}) do
    table.insert(answer, part)
  end
end
return answer
