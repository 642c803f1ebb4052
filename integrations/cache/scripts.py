"""What Redis does in one step: begin, store unless purged meanwhile, purge.

Time is Redis's own, in microseconds, so that every process and every restart counts alike. `purges` is a sorted set of
the last purged tags by time; what is trimmed from it raises `floor`, before which no build may have begun. A Redis that
lost its memory has no floor: whatever began before it came back is refused.
"""

_NOW = """
local clock = redis.call('TIME')
local now = string.format('%.0f', clock[1] * 1000000 + clock[2])
"""

# KEYS floor, lock; ARGV lock seconds → {now, token or ''}
BEGIN = (
    _NOW
    + """
redis.call('SET', KEYS[1], now, 'NX')
local got = redis.call('SET', KEYS[2], now, 'NX', 'EX', ARGV[1])
return {now, got and now or ''}
"""
)

# KEYS entry, lock, purges, floor; ARGV since, token, seconds, entry, prefix of tags, seconds of tags, tags… → 1 or 0
STORE = (
    _NOW
    + """
if ARGV[2] ~= '' and redis.call('GET', KEYS[2]) == ARGV[2] then redis.call('DEL', KEYS[2]) end
local since = tonumber(ARGV[1])
local floor = redis.call('GET', KEYS[4])
if not floor or tonumber(floor) > since then
  redis.call('SET', KEYS[4], now, 'NX')
  return 0
end
for i = 7, #ARGV do
  local purged = redis.call('ZSCORE', KEYS[3], ARGV[i])
  if purged and tonumber(purged) >= since then return 0 end
end
redis.call('SET', KEYS[1], ARGV[4], 'EX', ARGV[3])
local ends = tonumber(clock[1]) + tonumber(ARGV[3])
for i = 7, #ARGV do
  local tag = ARGV[5] .. ARGV[i]
  redis.call('ZREMRANGEBYSCORE', tag, '-inf', clock[1])
  redis.call('ZADD', tag, ends, KEYS[1])
  redis.call('EXPIRE', tag, ARGV[6])
end
return 1
"""
)

# KEYS purges, floor; ARGV prefix of tags, most keys per tag, most tags remembered, tags… → {forgotten, tag not done…}
PURGE = (
    _NOW
    + """
local most = tonumber(ARGV[2])
local answer = {0}
redis.call('SET', KEYS[2], now, 'NX')
for i = 4, #ARGV do
  local tag = ARGV[1] .. ARGV[i]
  redis.call('ZADD', KEYS[1], now, ARGV[i])
  local keys = redis.call('ZRANGE', tag, 0, most - 1)
  if #keys > 0 then
    answer[1] = answer[1] + redis.call('UNLINK', unpack(keys))
    redis.call('ZREMRANGEBYRANK', tag, 0, most - 1)
    if #keys == most then answer[#answer + 1] = ARGV[i] end
  end
end
local extra = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[3])
if extra > 0 then
  local last = redis.call('ZRANGE', KEYS[1], extra - 1, extra - 1, 'WITHSCORES')
  redis.call('SET', KEYS[2], string.format('%.0f', tonumber(last[2]) + 1))
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, extra - 1)
end
return answer
"""
)

# KEYS lock; ARGV token
ABANDON = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
