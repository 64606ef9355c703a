-- Sets how many connections the caller's incarnation has for users of a room, and takes out the users whose time to come back is over.
--
-- A user of the room is a field of KEYS[1]. Its value has the connections by incarnation, "chat-1.5f3a09bc=2 chat-2.0c11d2e7=1", and is empty while he
-- has none but may still come back. Numbers are set, not added, so a write may be repeated. Everything follows from KEYS[1]: the other two keys only
-- say where to look, and hold at least what they must, even where a script was cut short; so whatever is added is added there first, and whatever is
-- removed is removed there last.
--
-- KEYS[1]  hash        users of the room
-- KEYS[2]  set         users whom the caller's incarnation may have in the room
-- KEYS[3]  sorted set  users without a connection, by the time, in Redis's own milliseconds, at which they have left
-- ARGV[1]  the caller's incarnation
-- ARGV[2]  for how many ms a user without a connection may come back
-- ARGV[3]  for how many ms the keys are kept when nobody writes again
-- ARGV[4…] user, connections; user, connections; …  at most 100 users
--
-- Returns  { number of users, ms until the next user has left or -1, { users who joined... }, { users who left... } }

local users, own, leaving = KEYS[1], KEYS[2], KEYS[3]
local incarnation, grace, retention = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local joined, left = {}, {}

local function others(value)
  local kept = {}
  for id, connections in string.gmatch(value, '([^ =]+)=(%d+)') do
    if id ~= incarnation then kept[#kept + 1] = id .. '=' .. connections end
  end
  return kept
end

for i = 4, #ARGV, 2 do
  local user, connections = ARGV[i], tonumber(ARGV[i + 1])
  local former = redis.call('HGET', users, user)
  local value = others(former or '')

  if connections > 0 then
    value[#value + 1] = incarnation .. '=' .. ARGV[i + 1]
    redis.call('SADD', own, user)
    redis.call('HSET', users, user, table.concat(value, ' '))
    redis.call('ZREM', leaving, user)
    if not former then joined[#joined + 1] = user end
  else
    if former and former ~= '' and #value == 0 then
      redis.call('ZADD', leaving, string.format('%.0f', now + grace), user)
    end
    if former then redis.call('HSET', users, user, table.concat(value, ' ')) end
    redis.call('SREM', own, user)
  end
end

for _, user in ipairs(redis.call('ZRANGEBYSCORE', leaving, '-inf', string.format('%.0f', now), 'LIMIT', '0', '100')) do
  if redis.call('HGET', users, user) == '' then
    redis.call('HDEL', users, user)
    left[#left + 1] = user
  end
  redis.call('ZREM', leaving, user)
end

redis.call('PEXPIRE', users, retention)
redis.call('PEXPIRE', own, retention)
redis.call('PEXPIRE', leaving, retention)

local next_in = -1
local next_leaving = redis.call('ZRANGE', leaving, '0', '0', 'WITHSCORES')
if next_leaving[2] then next_in = math.max(0, tonumber(next_leaving[2]) - now) end

-- Nobody waits longer than the grace, but for Redis's clock having been set back.
if next_in > grace then
  for _, user in ipairs(redis.call('ZRANGE', leaving, '0', '-1')) do
    redis.call('ZADD', leaving, string.format('%.0f', now + grace), user)
  end
  next_in = grace
end

return { redis.call('HLEN', users), next_in, joined, left }
