-- Renews an instance's lease, stores its status, and tells what there is to know of the others.
--
-- All times are Redis's own, in milliseconds: the clocks of instances may differ by hours.
--
-- KEYS[1]  sorted set  incarnations by the time at which their lease ends
-- KEYS[2]  hash        the status of each incarnation
-- KEYS[3]  sorted set  expired incarnations that are being cleared up after, by the end of the claim
-- ARGV[1]  the caller's incarnation
-- ARGV[2]  the length of a lease in ms
-- ARGV[3]  the caller's status
-- ARGV[4]  for how many ms the caller claims expired incarnations; 0: it claims none
--
-- Returns  { 1 if the caller's lease had not ended, else 0,  { claimed incarnation... },  { status of each live incarnation... } }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease_end = string.format('%.0f', now + ARGV[2])
local now_text = string.format('%.0f', now)

local former_end = redis.call('ZSCORE', KEYS[1], ARGV[1])
local held = former_end and tonumber(former_end) > now

-- A lease that ends later than one just renewed was given before Redis's clock was set back. Left alone, a dead instance would live on for that long.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. lease_end, '+inf')) do
  redis.call('ZADD', KEYS[1], lease_end, id)
end

redis.call('ZADD', KEYS[1], lease_end, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])

local claimed = {}
if tonumber(ARGV[4]) > 0 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now_text, 'LIMIT', '0', '16')) do
    local claim_end = redis.call('ZSCORE', KEYS[3], id)
    if not claim_end or tonumber(claim_end) <= now or tonumber(claim_end) > now + 600000 then
      redis.call('ZADD', KEYS[3], string.format('%.0f', now + ARGV[4]), id)
      claimed[#claimed + 1] = id
    end
  end
end

local statuses = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now_text, '+inf')) do
  local status = redis.call('HGET', KEYS[2], id)
  if status then statuses[#statuses + 1] = status end
end

return { held and 1 or 0, claimed, statuses }
