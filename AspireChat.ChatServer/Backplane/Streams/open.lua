-- Makes sure that a room has a stream that may go on, and tells where it stands. Where an epoch had to end, every instance is told.
--
-- KEYS[1] stream, KEYS[2] history, KEYS[3] sends, KEYS[4] order: see stream.lua
-- ARGV[1] the room's channel
-- ARGV[2] candidate: the epoch to begin where a new one is needed
-- ARGV[3] known: the highest position that the caller knows; see stream.lua
-- ARGV[4] broken: an epoch that must not go on, or ''
-- Returns {status, epoch, offset, mark}: status is 'open' (it stands as it was), 'begun' (it is new), or 'superseded' (it belongs to a later
-- switch of the mode; nothing was written).

local stream = present(ARGV[2], ARGV[3], ARGV[4])
if not stream then return { 'superseded' } end

if stream.begun then
  redis.call('HSET', KEYS[1], 'epoch', stream.epoch, 'top', '0', 'mark', NO_MARK, 'bytes', 0, 'touched', 0)
  if stream.replaced then redis.call('PUBLISH', ARGV[1], NOTICE) end
end
redis.call('EXPIRE', KEYS[1], STREAM_SECONDS)
return { stream.begun and 'begun' or 'open', stream.epoch, string.format('%.0f', stream.top), stream.mark }
