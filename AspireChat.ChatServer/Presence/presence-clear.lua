-- Takes up to 100 users of an incarnation whose lease has ended out of a room. Who is left without a connection has left: nobody has heard of his
-- instance for far longer than a user may take to come back. The keys are those of presence-write.lua, and so is the order of what is removed.
--
-- KEYS[1]  hash        users of the room
-- KEYS[2]  set         users whom the ended incarnation may have in the room
-- KEYS[3]  sorted set  users without a connection, by the time at which they have left
-- ARGV[1]  the ended incarnation
--
-- Returns  { number of users, 1 if there is more to clear else 0, { users who left... } }

local users, ended, leaving = KEYS[1], KEYS[2], KEYS[3]
local left = {}

for _, user in ipairs(redis.call('SRANDMEMBER', ended, '100')) do
  local former = redis.call('HGET', users, user)
  if former then
    local kept, had = {}, false
    for id, connections in string.gmatch(former, '([^ =]+)=(%d+)') do
      if id == ARGV[1] then had = true else kept[#kept + 1] = id .. '=' .. connections end
    end

    if had and #kept == 0 then
      redis.call('HDEL', users, user)
      redis.call('ZREM', leaving, user)
      left[#left + 1] = user
    elseif had then
      redis.call('HSET', users, user, table.concat(kept, ' '))
    end
  end
  redis.call('SREM', ended, user)
end

return { redis.call('HLEN', users), redis.call('SCARD', ended) > 0 and 1 or 0, left }
