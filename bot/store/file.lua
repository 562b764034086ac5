--@ story
--@ postings
-- Files an article: one commit that answers new, joined, dup, retry or lost, then the story and the article (I7).
-- ARGV: 1 entry id, 2 token, 3 newest story and 4 newest article when the candidates were read, 5 story or 0,
-- 6 copy group or 0, 7 record, 8 text, 9 title, 10 published, 11 day of publication, 12 place of its URL or '',
-- 13 places of its terms, 14 places of its bands, 15 its observations or '', 16 the earlier story that a new one
-- takes up, or 0, 17 why, and 18 '1' where the article may not stay in the story it joins.
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
  due_ended('articles', entry, '')
  return {'dup', owner, before}
end

local counted = redis.call('MGET', 'id:story', 'id:article')

-- Whether anything was posted in these places since the candidates were read.
local function newer(kind, places, last, now)
  local found = false
  if last ~= (now or '0') then
    local known = tonumber(last)
    each_posted(kind, window(day), places, function(packed)
      local ids = unpack_ids(packed)
      for i = 1, #ids do
        found = found or ids[i] > known
      end
    end)
  end
  return found
end

local outcome, facts = 'new', {}
if story ~= 0 then
  outcome = 'joined'
  story, facts = story_known(ARGV[5], 'a', 'u', 'v', 'w')
end

-- Whether the story it joins grew since: it may be a copy of what came.
local grew = group == 0 and string.sub(facts[3] or '', -4) > struct.pack('>I4', ARGV[4])
if not story
  or grew
  or newer('b', bands, ARGV[4], counted[2])
  or (outcome == 'new' and newer('x', terms, ARGV[3], counted[1])) then
  return {'retry', 0, 0}
end

local article = redis.call('INCR', 'id:article')
if outcome == 'new' then
  story = story_new(ARGV[9], ARGV[10])
end
if group == 0 then
  group = article
end
redis.call('SET', 'art:' .. article, struct.pack('>I4I4I4', story, group, tonumber(entry)) .. ARGV[7])
redis.call('SET', 'txt:' .. article, ARGV[8])
if ARGV[15] ~= '' then
  redis.call('RPUSH', 'obs:' .. story, struct.pack('>I4I4', article, group) .. ARGV[15])
end

local _, born, articles, updated, version, witnesses = unpack(facts)
local fields = {
  'a', (articles or '') .. struct.pack('>I4', article),
  'v', (version or 0) + 1,
  'w', (witnesses or 0) + (group == article and 1 or 0),
}
if published < tonumber(born or '-inf') then
  table.insert(fields, 'c')
  table.insert(fields, ARGV[10])
  story_titled(story, ARGV[9])
end
if published > tonumber(updated or '-inf') then
  table.insert(fields, 'u')
  table.insert(fields, ARGV[10])
  redis.call('ZADD', 'recent', ARGV[10], story)
end
if ARGV[18] == '1' then
  table.insert(fields, 'd')
  table.insert(fields, 1)
end
redis.call('HSET', 'st:' .. story, unpack(fields))

local now = clock()
local today, week = day_of(now), week_of(now)
post('x', day, terms, story)
post('b', day, bands, article)
post('u', week, url, article)
redis.call('SADD', 'days:x', day)
if redis.call('HSETNX', 'first:article', today, article) == 1 then
  redis.call('HSETNX', 'first:story', today, story)
end
redis.call('SADD', 'weeks:u', week)
if outcome == 'new' then
  post('w', year_of(published), terms, story)
  redis.call('SADD', 'days:w', year_of(published))
end
if outcome == 'new' and ARGV[16] ~= '0' then
  story_revives(story, ARGV[16], ARGV[17])
end
story_announced(story)
story_unsettled(story, outcome == 'joined')
redis.call('DEL', 'ent:' .. entry)
due_ended('articles', entry, '')
return {outcome, story, article}
