-- Bans a user or lets him in again, and raises the version.
--
-- KEYS[1]  set      names of banned users
-- KEYS[2]  string   version, raised by each change
-- ARGV[1]  string   the user's name
-- ARGV[2]  0 or 1   whether he is banned
-- ARGV[3]  integer  the highest version that the caller knows: Redis may have lost its own
--
-- Returns  1

if ARGV[2] == '1' then
  redis.call('SADD', KEYS[1], ARGV[1])
else
  redis.call('SREM', KEYS[1], ARGV[1])
end

local version = math.max(tonumber(redis.call('GET', KEYS[2]) or 0), tonumber(ARGV[3]))
redis.call('SET', KEYS[2], string.format('%.0f', version + 1))
return 1
