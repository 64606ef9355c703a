-- Renews an instance's lease, stores its status, and tells what there is to know of the others.
--
-- Of two incarnations with one name the one that beat first gives way to the other: that has been started in its place. Each has an order, given with its
-- first beat, by which both tell which is the later one whatever happens in between. The former one is struck off the living at once, and its lease ends
-- as soon as its users had time to come back. Should it live, its next beat tells it so.
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
-- ARGV[5]  the caller's order; 0 with its first beat
-- ARGV[6]  for how many ms a former incarnation's users may come back
--
-- Returns  { 1 if the caller's lease had not ended, else 0,  { claimed incarnation... },  { status of each live incarnation... },
--            the caller's order, or 0 if a later incarnation has taken its name: then nothing was renewed }

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

local function order_of(id)
  local status = redis.call('HGET', KEYS[2], id)
  return tonumber(status and string.match(status, '^{"order":(%d+),') or '0')
end

-- The other incarnations of the name, which is all of an id but its last 9 characters. One of an older release has no order, and counts as former.
local order = tonumber(ARGV[5])
if order == 0 then order = order_of(ARGV[1]) end -- The answer to its first beat may have been lost.
local namesakes, latest, taken = {}, 0, false
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], '0', '-1')) do
  if id ~= ARGV[1] and string.sub(id, 1, -10) == string.sub(ARGV[1], 1, -10) then
    namesakes[#namesakes + 1] = id
    latest = math.max(latest, order_of(id))
    taken = taken or (order > 0 and order_of(id) > order and tonumber(redis.call('ZSCORE', KEYS[1], id)) > now)
  end
end

-- The time, so that it comes after all who are forgotten; after the latest that is not, should the clock have been set back.
if order == 0 then order = math.max(now, latest + 1) end

if not taken then
  redis.call('ZADD', KEYS[1], lease_end, ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], '{"order":' .. string.format('%.0f', order) .. ',' .. string.sub(ARGV[3], 2))

  for _, id in ipairs(namesakes) do
    redis.call('HDEL', KEYS[2], id)
    if tonumber(redis.call('ZSCORE', KEYS[1], id)) > now + ARGV[6] then
      redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[6]), id)
    end
  end
end

local claimed = {}
if tonumber(ARGV[4]) > 0 and not taken then
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

return { held and 1 or 0, claimed, statuses, taken and '0' or string.format('%.0f', order) }
