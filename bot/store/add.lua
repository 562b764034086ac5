-- ARGV: name, member, time or '' for now, '1' only if it is not there yet.
local at = ARGV[3] ~= '' and ARGV[3] or text(clock())
local here = redis.call('ZSCORE', 'due:' .. ARGV[1], ARGV[2]) or redis.call('ZSCORE', 'leased:' .. ARGV[1], ARGV[2])
if ARGV[4] == '1' and here then
  return 0
end
due_add(ARGV[1], ARGV[2], at)
return 1
