-- ARGV: the time our clock shall show, or '' for the server's own; then the due-sets to wake. Answers our time.
if ARGV[1] == '' then
  redis.call('DEL', 'clock')
else
  redis.call('SET', 'clock', text(tonumber(ARGV[1]) - bare()))
end
for i = 2, #ARGV do
  redis.call('PUBLISH', 'wake', ARGV[i])
end
return text(clock())
