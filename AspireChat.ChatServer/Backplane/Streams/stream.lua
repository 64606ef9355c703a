-- What publish.lua and open.lua begin with: reads a room's stream, and begins a new epoch where the old one cannot go on.
-- Put before them when they are loaded, after one line that declares the bounds in capitals (StreamOptions).
--
-- A room's four keys, which go together in this order:
-- stream   hash: epoch, top (offset of the newest message), mark (of that message), bytes (of the history), touched (when expiry was set last)
-- history  list: the newest messages; the last one has offset top, so the first has top - length + 1
-- sends    hash: send key -> its result
-- order    list: send keys, oldest first
--
-- Invariants. All four are written in one step, never apart. Whoever writes an epoch deletes the other three keys in the same step, so what they
-- hold is always of the present epoch. An epoch reads "<version>.<random>": the version is that of the mode switch that brought it, the random
-- part comes from the caller, for Lua's own randomness repeats after a restart.
--
-- No clock of a caller counts, only Redis's own. Garnet's struct cannot pack 8 bytes at once: two halves can.

local NO_MARK = string.rep('\0', 12)
local MESSAGE, NOTICE = '\19', '\20'
local call, sub, pack, unpack = redis.call, string.sub, struct.pack, struct.unpack

local function pack_offset(offset)
  local high = math.floor(offset / 4294967296)
  return pack('>I4I4', high, offset - high * 4294967296)
end

local function unpack_offset(bytes, at)
  local high, low = unpack('>I4I4', sub(bytes, at, at + 7))
  return high * 4294967296 + low
end

local function version_of(epoch)
  return tonumber(string.match(epoch, '^%d+')) or 0
end

-- What a caller is told where all went well: 's', the offset (8 bytes), the mark (12 bytes), the epoch.
local function stands(place, mark, epoch)
  return 's' .. place .. mark .. epoch
end

-- The stream as it stands, in an epoch that may go on. A new one is begun with the candidate where there is none, where it is of an earlier
-- switch, where the caller has proof that it is broken, and where Redis was rolled back: the caller knows a message that this stream no longer
-- holds at its place, so its offset was or would be given twice.
-- known: '' or mark (12 bytes), offset (8 bytes), epoch.
-- Gives epoch, top, mark, bytes, touched; for a new epoch true besides, and then the one that it replaces. Gives nil where the stream is of a
-- later switch than the caller.
local function present(keys, candidate, known, broken)
  local stored = call('HMGET', keys[1], 'epoch', 'top', 'mark', 'bytes', 'touched')
  local epoch, top, mark = stored[1], tonumber(stored[2] or 0), stored[3]

  if epoch then
    local version, present_version = version_of(candidate), version_of(epoch)
    if present_version > version then return nil end
    if present_version == version and epoch ~= broken then
      local offset = sub(known, 21) == epoch and unpack_offset(known, 13)
      if not offset or top > offset or (top == offset and mark == sub(known, 1, 12)) then
        return epoch, top, mark, tonumber(stored[4]), tonumber(stored[5])
      end
    end
  end

  call('DEL', keys[2], keys[3], keys[4])
  return candidate, 0, NO_MARK, 0, 0, true, epoch
end
