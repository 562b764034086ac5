-- ARGV: name, member, token, next time or '', '1' if the work failed and its tries are to be counted on.
if ARGV[5] == '1' then
  if not due_held(ARGV[1], ARGV[2], ARGV[3]) then
    return 0
  end
  due_return(ARGV[1], ARGV[2], ARGV[4])
  return 1
end
return due_done(ARGV[1], ARGV[2], ARGV[3], ARGV[4]) and 1 or 0
