-- ARGV: name, member, token, next time or ''.
return due_done(ARGV[1], ARGV[2], ARGV[3], ARGV[4]) and 1 or 0
