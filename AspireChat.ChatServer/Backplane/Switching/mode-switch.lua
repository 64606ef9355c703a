-- Sets the mode, and raises its version beyond every version known; where the mode is set already, nothing changes.
--
-- KEYS[1]  hash     mode: its wire name; version
-- ARGV[1]  string   the mode wanted
-- ARGV[2]  integer  the highest version that the caller knows: Redis may have lost its own
--
-- Returns  { mode, version }

local stored = redis.call('HMGET', KEYS[1], 'mode', 'version')
local version = tonumber(stored[2] or 0) or 0
if stored[1] == ARGV[1] and version >= 1 and version >= tonumber(ARGV[2]) then
  return { stored[1], string.format('%.0f', version) }
end

version = math.max(version, tonumber(ARGV[2])) + 1
redis.call('HSET', KEYS[1], 'mode', ARGV[1], 'version', string.format('%.0f', version))
return { ARGV[1], string.format('%.0f', version) }
