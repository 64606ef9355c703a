-- Tells the bans that count, and puts them back where Redis lost them: of what is stored and what the caller knows, the higher version wins.
--
-- KEYS[1]  set      names of banned users
-- KEYS[2]  string   version, raised by each change
-- ARGV[1]  integer  the version that the caller knows
-- ARGV[2…] string   the names that it has; only when it has found the stored version to be lower
--
-- Returns  { version, name... }; only the version, when it is the caller's or a lower one that the caller gave no names for

local version = tonumber(redis.call('GET', KEYS[2]) or 0)
local known = tonumber(ARGV[1])

if version < known and #ARGV > 1 then
  redis.call('DEL', KEYS[1])
  for i = 2, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
  redis.call('SET', KEYS[2], ARGV[1])
  version = known
end

local result = { string.format('%.0f', version) }
if version > known then
  for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do result[#result + 1] = name end
end
return result
