--@ story
--@ postings
-- ARGV: day of publication, most stories, most members of each, URL bucket, URL field, number of terms, terms as
-- bucket and field, number of bands, bands likewise.
-- Answers the newest story and article, the article filed under the URL or 0, then story, article, record in turn.
local day, most_stories, most_members = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local terms = tonumber(ARGV[6])
local bands = tonumber(ARGV[7 + 2 * terms])
local scores, members = {}, {}

local function score(story, points)
  scores[story] = (scores[story] or 0) + points
end

each_posted('x', day, 7, terms, function(stories)
  for _, story in ipairs(stories) do
    local today = story_follow(story)
    if today then
      score(today, 1 / (4 + #stories))
    end
  end
end)

each_posted('b', day, 8 + 2 * terms, bands, function(articles)
  for _, article in ipairs(articles) do
    local record = redis.call('GETRANGE', 'art:' .. article, 0, 3)
    if #record == 4 then
      local story = (struct.unpack('>I4', record))
      score(story, 1)
      members[story] = members[story] or {}
      members[story][article] = true
    end
  end
end)

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
  url_find(ARGV[4], ARGV[5]) or 0,
}
for i = 1, math.min(#ranked, most_stories) do
  local story = ranked[i][1]
  local articles, shown = story_articles(story), members[story] or {}
  for j = math.max(1, #articles - most_members + 1), #articles do
    shown[articles[j]] = true
  end
  for _, article in ipairs(articles) do
    local record = shown[article] and redis.call('GET', 'art:' .. article)
    if record then
      table.insert(answer, story)
      table.insert(answer, article)
      table.insert(answer, record)
    end
  end
end
return answer
