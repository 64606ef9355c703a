-- Tells the mode that counts, and puts it back where Redis lost it: of what is stored and what the caller knows, the higher version wins.
--
-- KEYS[1]  hash     mode: its wire name; version
-- ARGV[1]  string   the mode that the caller knows, or, with version 0, starts with when there is none
-- ARGV[2]  integer  its version
--
-- Returns  { mode, version }

local stored = redis.call('HMGET', KEYS[1], 'mode', 'version')
local version = tonumber(stored[2] or 0) or 0
if stored[1] and version >= 1 and version >= tonumber(ARGV[2]) then
  return { stored[1], string.format('%.0f', version) }
end

version = math.max(tonumber(ARGV[2]), 1)
redis.call('HSET', KEYS[1], 'mode', ARGV[1], 'version', string.format('%.0f', version))
return { ARGV[1], string.format('%.0f', version) }
