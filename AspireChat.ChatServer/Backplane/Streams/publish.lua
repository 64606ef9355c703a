-- Publishes one message: gives it its place in the room's stream, stores it there and sends it to every instance, in one atomic step.
--
-- KEYS[1] stream, KEYS[2] history, KEYS[3] sends, KEYS[4] order: see stream.lua
-- ARGV[1] the room's channel
-- ARGV[2] candidate: the epoch to begin where a new one is needed
-- ARGV[3] known: the highest position that the caller knows; see stream.lua
-- ARGV[4] send: key of the send (16 bytes, from name and id), digest of its text (16 bytes)
-- ARGV[5] message: mark (12 bytes), then what else the envelope holds
-- Returns {status, epoch, offset, mark}: status is 'stored', 'repeated' (offset and mark are those of the first time), 'conflict' (the same send
-- with another text), or 'superseded' (the room's stream belongs to a later switch of the mode; nothing was written).

local channel, candidate, known, send, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local key, digest = string.sub(send, 1, 16), string.sub(send, 17, 32)
local now = tonumber(redis.call('TIME')[1])

-- Rollback before repetition: a result that was stored in an epoch that has just ended counts no more.
local stream = present(candidate, known, '')
if not stream then return { 'superseded' } end

-- A result: digest (16 bytes), mark (12), offset (8), time (4).
local result = redis.call('HGET', KEYS[3], key)
if result and now - struct.unpack('>I4', string.sub(result, 37, 40)) < SEND_SECONDS then
  if string.sub(result, 1, 16) ~= digest then return { 'conflict' } end
  return { 'repeated', stream.epoch, string.format('%.0f', unpack_offset(result, 29)), string.sub(result, 17, 28) }
end

local offset = stream.top + 1
local mark = string.sub(message, 1, 12)
local place = pack_offset(offset)

-- The entry that is stored is the envelope that is published: each names its predecessor, so that a fork shows wherever it is read.
local entry = MESSAGE .. place .. stream.mark .. struct.pack('B', #stream.epoch) .. stream.epoch .. message
local length = redis.call('RPUSH', KEYS[2], entry)
local bytes = (length == 1) and #entry or stream.bytes + #entry
while length > HISTORY_MESSAGES or (bytes > HISTORY_BYTES and length > 1) do
  bytes = bytes - #redis.call('LPOP', KEYS[2])
  length = length - 1
end

local stamp = struct.pack('>I4', now)
redis.call('HSET', KEYS[3], key, digest .. mark .. place .. stamp)
local sends = redis.call('RPUSH', KEYS[4], key .. place .. stamp)
local first_send = sends == 1

-- Two go for one that comes, so the expired are gone soon, and no publication pays for many.
for _ = 1, 2 do
  local oldest = redis.call('LINDEX', KEYS[4], 0)
  if sends <= SENDS and now - struct.unpack('>I4', string.sub(oldest, 25, 28)) < SEND_SECONDS then break end
  redis.call('LPOP', KEYS[4])
  sends = sends - 1
  -- The same send may have come again after its window: then the result is the later one's and stays.
  local old = redis.call('HGET', KEYS[3], string.sub(oldest, 1, 16))
  if old and string.sub(old, 29, 36) == string.sub(oldest, 17, 24) then redis.call('HDEL', KEYS[3], string.sub(oldest, 1, 16)) end
end

-- Expiry is set when a key is new, else once in EXPIRY_SLACK seconds and not for every message; each time to live is that much longer.
local touched = stream.touched
if length == 1 or first_send or now - touched >= EXPIRY_SLACK or now < touched then
  touched = now
  redis.call('EXPIRE', KEYS[2], HISTORY_SECONDS + EXPIRY_SLACK)
  redis.call('EXPIRE', KEYS[3], SEND_SECONDS + EXPIRY_SLACK)
  redis.call('EXPIRE', KEYS[4], SEND_SECONDS + EXPIRY_SLACK)
end

local top = string.format('%.0f', offset)
redis.call('HSET', KEYS[1], 'epoch', stream.epoch, 'top', top, 'mark', mark, 'bytes', bytes, 'touched', touched)
if touched == now then redis.call('EXPIRE', KEYS[1], STREAM_SECONDS) end
redis.call('PUBLISH', channel, entry)
return { 'stored', stream.epoch, top, mark }
