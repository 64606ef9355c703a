-- Publishes messages, each as one atomic step: gives it its place in its room's stream, stores it there and sends it to every instance.
--
-- KEYS of each message: stream, history, sends, order: see stream.lua
-- ARGV[1] candidate: with the number of the message after it, the epoch to begin where a new one is needed
-- ARGV[2] the command that publishes: PUBLISH, or SPUBLISH where channels belong to shards
-- ARGV of each message, after that:
--   1 the room's channel
--   2 known: the highest position that the caller knows; see stream.lua
--   3 send: key of the send (16 bytes, from name and id), digest of its text (16 bytes)
--   4 message: mark (12 bytes), then what else the envelope holds
-- Returns for each message where it stands (see stream.lua), stored now or before; or 'c', conflict: the same send came with another text; 'l', later:
-- the room's stream belongs to a later switch of the mode, nothing was written; or 'e' and the error that this message met, and no other.

local now = tonumber(call('TIME')[1])
local stamp = pack('>I4', now)

-- Two go for one that comes, so the expired are gone soon; looked for with every eighth, and no publication pays for many.
local function forget_sends(sends, order, count)
  for _ = 1, 16 do
    local oldest = call('LINDEX', order, 0)
    if count <= SENDS and now - unpack('>I4', sub(oldest, 25, 28)) < SEND_SECONDS then break end
    call('LPOP', order)
    count = count - 1
    -- The same send may have come again after its window: then the result is the later one's and stays.
    local old = call('HGET', sends, sub(oldest, 1, 16))
    if old and sub(old, 29, 36) == sub(oldest, 17, 24) then call('HDEL', sends, sub(oldest, 1, 16)) end
  end
end

local function publish(keys, candidate, channel, known, send, message)
  local stream, history, sends, order = keys[1], keys[2], keys[3], keys[4]
  local key, digest = sub(send, 1, 16), sub(send, 17, 32)

  -- Rollback before repetition: a result that was stored in an epoch that has just ended counts no more.
  local epoch, top, previous, bytes, touched = present(keys, candidate, known, '')
  if not epoch then return 'l' end

  -- A result: digest (16 bytes), mark (12), offset (8), time (4).
  local result = call('HGET', sends, key)
  if result and now - unpack('>I4', sub(result, 37, 40)) < SEND_SECONDS then
    if sub(result, 1, 16) ~= digest then return 'c' end
    return stands(sub(result, 29, 36), sub(result, 17, 28), epoch)
  end

  local offset = top + 1
  local mark = sub(message, 1, 12)
  local place = pack_offset(offset)

  -- The entry that is stored is the envelope that is published: each names its predecessor, so that a fork shows wherever it is read.
  local entry = MESSAGE .. place .. previous .. pack('B', #epoch) .. epoch .. message
  local length = call('RPUSH', history, entry)
  bytes = (length == 1) and #entry or bytes + #entry
  while length > HISTORY_MESSAGES or (bytes > HISTORY_BYTES and length > 1) do
    bytes = bytes - #call('LPOP', history)
    length = length - 1
  end

  call('HSET', sends, key, digest .. mark .. place .. stamp)
  local count = call('RPUSH', order, key .. place .. stamp)
  local first_send = count == 1
  if count > SENDS or count % 8 == 0 then forget_sends(sends, order, count) end

  -- What did not change is not written. Expiry is set when a key is new, else once in EXPIRY_SLACK seconds and not for every message; each time to
  -- live is that much longer.
  local number = string.format('%.0f', offset)
  if length == 1 or first_send or now - touched >= EXPIRY_SLACK or now < touched then
    call('HSET', stream, 'epoch', epoch, 'top', number, 'mark', mark, 'bytes', bytes, 'touched', now)
    call('EXPIRE', stream, STREAM_SECONDS)
    call('EXPIRE', history, HISTORY_SECONDS + EXPIRY_SLACK)
    call('EXPIRE', sends, SEND_SECONDS + EXPIRY_SLACK)
    call('EXPIRE', order, SEND_SECONDS + EXPIRY_SLACK)
  else
    call('HSET', stream, 'top', number, 'mark', mark, 'bytes', bytes)
  end

  call(ARGV[2], channel, entry)
  return stands(place, mark, epoch)
end

local answers = {}
for i = 1, #KEYS / 4 do
  local k, a = 4 * i, 4 * i - 1
  local done, result = pcall(publish, { KEYS[k - 3], KEYS[k - 2], KEYS[k - 1], KEYS[k] }, ARGV[1] .. i, ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3])
  answers[i] = done and result or 'e' .. (type(result) == 'table' and result.err or tostring(result))
end
return answers
