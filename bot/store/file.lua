--@ story
--@ postings
-- Files an article: one commit that answers new, joined, dup, retry or lost, then the story and the article (I7).
-- ARGV: 1 entry id, 2 token, 3 newest story and 4 newest article when the candidates were read, 5 story or 0,
-- 6 copy group or 0, 7 record, 8 text, 9 title, 10 published, 11 day of publication, 12 place of its URL or '',
-- 13 places of its terms, 14 places of its bands, 15 its observations or '', 16 the earlier story that a new one
-- takes up, or 0, and 17 why.
local entry, token = ARGV[1], ARGV[2]
local story, group, published, day = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[10]), tonumber(ARGV[11])
local url, terms, bands = ARGV[12], ARGV[13], ARGV[14]

local before = url_find(url)
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

-- Whether anything was posted in these places since the candidates were read.
local function newer(kind, places, last, counter)
  local found = false
  if last ~= (redis.call('GET', counter) or '0') then
    each_posted(kind, day, places, function(ids)
      for _, id in ipairs(ids) do
        found = found or id > tonumber(last)
      end
    end)
  end
  return found
end

local outcome = story == 0 and 'new' or 'joined'
if story ~= 0 then
  story = story_follow(ARGV[5])
end
if not story
  or newer('b', bands, ARGV[4], 'id:article')
  or (story == 0 and newer('x', terms, ARGV[3], 'id:story')) then
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
story_touched(story, published)
if ARGV[15] ~= '' then
  redis.call('RPUSH', 'obs:' .. story, struct.pack('>I4I4', article, group) .. ARGV[15])
end

local today = day_of(clock())
post('x', day, terms, story)
if outcome == 'new' then
  local year = year_of(published)
  post('w', year, terms, story)
  redis.call('SADD', 'days:w', year)
end
post('b', day, bands, article)
post('u', today, url, article)
redis.call('SADD', 'days:x', day)
redis.call('SADD', 'days:u', today)
redis.call('HSETNX', 'first:article', today, article)
redis.call('HSETNX', 'first:story', today, story)
if outcome == 'new' and ARGV[16] ~= '0' then
  story_revives(story, ARGV[16], ARGV[17])
end
story_unsettled(story, outcome == 'joined')
story_changed(story)
redis.call('DEL', 'ent:' .. entry)
due_done('articles', entry, token, '')
return {outcome, story, article}
