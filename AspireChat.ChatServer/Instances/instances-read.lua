-- Tells the status of each instance whose lease has not ended.
--
-- KEYS[1]  sorted set  incarnations by the time at which their lease ends, in Redis's own milliseconds
-- KEYS[2]  hash        the status of each incarnation
--
-- Returns  { status... }

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local statuses = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  local status = redis.call('HGET', KEYS[2], id)
  if status then statuses[#statuses + 1] = status end
end
return statuses
