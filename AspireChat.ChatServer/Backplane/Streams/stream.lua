-- What publish.lua and open.lua begin with: reads a room's stream, and begins a new epoch where the old one cannot go on.
-- Put before them when they are loaded, after one line that declares the bounds in capitals (StreamOptions).
--
-- KEYS[1] stream   hash: epoch, top (offset of the newest message), mark (of that message), bytes (of the history), touched (when expiry was set last)
-- KEYS[2] history  list: the newest messages; the last one has offset top, so the first has top - length + 1
-- KEYS[3] sends    hash: send key -> its result
-- KEYS[4] order    list: send keys, oldest first
--
-- Invariants. All four are written in one step, never apart. Whoever writes an epoch deletes the other three keys in the same step, so what they
-- hold is always of the present epoch. An epoch reads "<version>.<random>": the version is that of the mode switch that brought it, the random
-- part comes from the caller, for Lua's own randomness repeats after a restart.
--
-- No clock of a caller counts, only Redis's own. Garnet's struct cannot pack 8 bytes at once: two halves can.

local NO_MARK = string.rep('\0', 12)
local MESSAGE, NOTICE = '\19', '\20'

local function pack_offset(offset)
  local high = math.floor(offset / 4294967296)
  return struct.pack('>I4I4', high, offset - high * 4294967296)
end

local function unpack_offset(bytes, at)
  local high, low = struct.unpack('>I4I4', string.sub(bytes, at, at + 7))
  return high * 4294967296 + low
end

local function version_of(epoch)
  return tonumber(string.match(epoch, '^%d+')) or 0
end

-- The stream as it stands, in an epoch that may go on. A new one is begun with the candidate where there is none, where it is of an earlier
-- switch, where the caller has proof that it is broken, and where Redis was rolled back: the caller knows a message that this stream no longer
-- holds at its place, so its offset was or would be given twice.
-- known: '' or mark (12 bytes), offset (8 bytes), epoch. Gives nil where the stream is of a later switch than the caller.
local function present(candidate, known, broken)
  local stored = redis.call('HMGET', KEYS[1], 'epoch', 'top', 'mark', 'bytes', 'touched')
  local stream = {
    epoch = stored[1], top = tonumber(stored[2] or 0), mark = stored[3] or NO_MARK,
    bytes = tonumber(stored[4] or 0), touched = tonumber(stored[5] or 0), begun = false }

  if stream.epoch then
    if version_of(stream.epoch) > version_of(candidate) then return nil end
    if version_of(stream.epoch) == version_of(candidate) and stream.epoch ~= broken then
      if string.sub(known, 21) ~= stream.epoch then return stream end
      local offset = unpack_offset(known, 13)
      if stream.top > offset or (stream.top == offset and stream.mark == string.sub(known, 1, 12)) then return stream end
    end
  end

  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  return { epoch = candidate, top = 0, mark = NO_MARK, bytes = 0, touched = 0, begun = true, replaced = stream.epoch }
end
