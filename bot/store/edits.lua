--@ story
-- ARGV: story, then its neighbours. Answers the stories that an editor keeps the first one apart from, and those of all
-- of them that an editor made: of these no article is moved but by an editor.
local kept = {}
for _, id in ipairs(ARGV) do
  if redis.call('HEXISTS', 'st:' .. id, 'k') == 1 then
    table.insert(kept, tonumber(id))
  end
end
return {story_strangers(ARGV[1]), kept}
