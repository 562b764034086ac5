--@ story
--@ postings
-- Files an article: one commit that answers new, joined, dup, retry or lost, then the story and the article (I7).
-- ARGV: 1 entry id, 2 token, 3 newest story and 4 newest article when the candidates were read, 5 story or 0,
-- 6 copy group or 0, 7 record, 8 text, 9 title, 10 published, 11 day of publication, 12 URL bucket, 13 URL field,
-- 14 number of observations, them, number of terms, them as bucket and field, number of bands, them likewise.
local entry, token = ARGV[1], ARGV[2]
local story, group, day = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[11])
local observations = tonumber(ARGV[14])
local terms_at = 15 + observations
local terms = tonumber(ARGV[terms_at])
local bands_at = terms_at + 1 + 2 * terms
local bands = tonumber(ARGV[bands_at])

local before = url_find(ARGV[12], ARGV[13])
local head = before and redis.call('GETRANGE', 'art:' .. before, 0, HEAD - 1) or ''
local owner, _, source = 0, 0, 0
if #head == HEAD then
  owner, _, source = struct.unpack('>I4I4I4', head)
end

if not due_held('articles', entry, token) then
  if source == tonumber(entry) then
    return {story_articles(owner)[1] == before and 'new' or 'joined', owner, before}
  end
  return {'lost', 0, 0}
end
if before then
  redis.call('DEL', 'ent:' .. entry)
  due_done('articles', entry, token, '')
  return {'dup', owner, before}
end

local function newer(kind, from, count, than)
  local found = false
  each_posted(kind, day, from, count, function(ids)
    for _, id in ipairs(ids) do
      found = found or id > than
    end
  end)
  return found
end

local outcome = story == 0 and 'new' or 'joined'
if story ~= 0 then
  story = story_follow(ARGV[5])
end
if not story
  or newer('b', bands_at + 1, bands, tonumber(ARGV[4]))
  or (story == 0 and newer('x', terms_at + 1, terms, tonumber(ARGV[3]))) then
  return {'retry', 0, 0}
end

local article = redis.call('INCR', 'id:article')
if story == 0 then
  story = story_new(ARGV[9], ARGV[10])
end
if group == 0 then
  group = article
end
redis.call('SET', 'art:' .. article, struct.pack('>I4I4I4', story, group, tonumber(entry)) .. ARGV[7])
redis.call('SET', 'txt:' .. article, ARGV[8])
local articles = story_articles(story)
table.insert(articles, article)
redis.call('HSET', 'st:' .. story, 'a', pack_ids(articles))
if group == article then
  redis.call('HINCRBY', 'st:' .. story, 'w', 1)
end
story_touched(story, tonumber(ARGV[10]))
for i = 15, 14 + observations do
  redis.call('RPUSH', 'obs:' .. story, struct.pack('>I4I4', article, group) .. ARGV[i])
end

local today = day_of(clock())
for i = terms_at + 1, terms_at + 2 * terms, 2 do
  post('x', day, ARGV[i], ARGV[i + 1], story)
end
for i = bands_at + 1, bands_at + 2 * bands, 2 do
  post('b', day, ARGV[i], ARGV[i + 1], article)
end
if ARGV[13] ~= '' then
  redis.call('HSET', 'u:' .. today .. ':' .. ARGV[12], ARGV[13], article)
end
redis.call('SADD', 'days:x', day)
redis.call('SADD', 'days:u', today)
redis.call('HSETNX', 'first:article', today, article)
redis.call('HSETNX', 'first:story', today, story)
story_changed(story)
redis.call('DEL', 'ent:' .. entry)
due_done('articles', entry, token, '')
return {outcome, story, article}
