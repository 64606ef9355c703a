-- Reads part of a room's history together with where its stream stands, so that one fits the other. Writes nothing.
--
-- KEYS[1] stream, KEYS[2] history: see stream.lua
-- ARGV[1] epoch that the caller reads on in, or '' for the newest messages whatever the epoch
-- ARGV[2] offset after which to begin (with an epoch)
-- ARGV[3] how many messages at most
-- Returns {epoch, top, mark, first, messages}: first is the offset of the oldest message kept, top + 1 where none is. There are no messages where
-- the epoch is another, where the offset is beyond the top, or where the next message is no longer kept.

local stored = redis.call('HMGET', KEYS[1], 'epoch', 'top', 'mark')
if not stored[1] then return { '', '0', '', '1', {} } end

local top, limit = tonumber(stored[2]), tonumber(ARGV[3])
local length = redis.call('LLEN', KEYS[2])
local first = top - length + 1
local index = length - limit
if ARGV[1] ~= '' then index = tonumber(ARGV[2]) + 1 - first elseif index < 0 then index = 0 end

local messages = {}
if limit > 0 and index >= 0 and index < length and (ARGV[1] == '' or ARGV[1] == stored[1]) then
  messages = redis.call('LRANGE', KEYS[2], index, index + limit - 1)
end
return { stored[1], stored[2], stored[3], string.format('%.0f', first), messages }
