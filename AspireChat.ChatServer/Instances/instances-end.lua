-- Ends the caller's own lease at once. The incarnation stays listed, as expired, until another instance has cleared up after it:
-- so what it could not clear itself is not forgotten.
--
-- KEYS[1]  sorted set  incarnations by the time at which their lease ends
-- KEYS[2]  hash        the status of each incarnation
-- ARGV[1]  the caller's incarnation

redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
