-- Goes on with the clearing up after an expired incarnation, or ends it.
--
-- KEYS[1]  sorted set  incarnations by the time at which their lease ends, in Redis's own milliseconds
-- KEYS[2]  hash        the status of each incarnation
-- KEYS[3]  sorted set  expired incarnations that are being cleared up after, by the end of the claim
-- ARGV[1]  the expired incarnation
-- ARGV[2]  for how many ms the claim is renewed; 0: all is cleared, forget the incarnation
--
-- Returns  1, or 0 when the incarnation is not expired any more: it was only unheard, is back, and must be left alone

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local lease_end = redis.call('ZSCORE', KEYS[1], ARGV[1])
if lease_end and tonumber(lease_end) > now then
  redis.call('ZREM', KEYS[3], ARGV[1])
  return 0
end

if tonumber(ARGV[2]) > 0 then
  redis.call('ZADD', KEYS[3], string.format('%.0f', now + ARGV[2]), ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
end
return 1
