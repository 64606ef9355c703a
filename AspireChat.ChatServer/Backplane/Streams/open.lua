-- Makes sure that a room has a stream that may go on, and tells where it stands. Where an epoch had to end, every instance is told.
--
-- KEYS stream, history, sends, order: see stream.lua
-- ARGV[1] the room's channel
-- ARGV[2] candidate: the epoch to begin where a new one is needed
-- ARGV[3] known: the highest position that the caller knows; see stream.lua
-- ARGV[4] broken: an epoch that must not go on, or ''
-- ARGV[5] the command that publishes: PUBLISH, or SPUBLISH where channels belong to shards
-- Returns where the stream stands (see stream.lua); or 'l', later: it belongs to a later switch of the mode, nothing was written.

local epoch, top, mark, _, _, begun, replaced = present(KEYS, ARGV[2], ARGV[3], ARGV[4])
if not epoch then return 'l' end

if begun then
  call('HSET', KEYS[1], 'epoch', epoch, 'top', '0', 'mark', NO_MARK, 'bytes', 0, 'touched', 0)
  if replaced then call(ARGV[5], ARGV[1], NOTICE) end
end
call('EXPIRE', KEYS[1], STREAM_SECONDS)
return stands(pack_offset(top), mark, epoch)
