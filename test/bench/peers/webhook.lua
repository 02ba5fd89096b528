-- wrk's part: the same event with an id of its own in each request, signed with HMAC-SHA1 by libcrypto, which wrk itself is linked with.
-- The template and the place of its id come by the environment.
local ffi = require('ffi')
ffi.cdef [[
  typedef struct { uint32_t h[5]; uint32_t low, high; uint32_t data[16]; unsigned int num; } SHA_CTX;
  int SHA1_Init(SHA_CTX *);
  int SHA1_Update(SHA_CTX *, const void *, size_t);
  int SHA1_Final(unsigned char *, SHA_CTX *);
]]
local crypto = ffi.C
local template = io.open(os.getenv('BENCH_TEMPLATE'), 'rb'):read('*a')
local secret = os.getenv('BENCH_SECRET')
local id_at = tonumber(os.getenv('BENCH_ID_AT'))

-- The hash of a key's padded block, begun once; each signature goes on from a copy of it.
local function begun(pad)
  local block = ffi.new('unsigned char[64]')
  for i = 0, 63 do block[i] = bit.bxor(i < #secret and secret:byte(i + 1) or 0, pad) end
  local state = ffi.new('SHA_CTX')
  crypto.SHA1_Init(state)
  crypto.SHA1_Update(state, block, 64)
  return state
end
local inner, outer = begun(0x36), begun(0x5c)
local state, digest = ffi.new('SHA_CTX'), ffi.new('unsigned char[20]')
local size = ffi.sizeof('SHA_CTX')
local hex = {}
for i = 0, 255 do hex[i] = ffi.new('char[2]', string.format('%02x', i)) end
local text = ffi.new('char[40]')

local function signature(body, length)
  ffi.copy(state, inner, size)
  crypto.SHA1_Update(state, body, length)
  crypto.SHA1_Final(digest, state)
  ffi.copy(state, outer, size)
  crypto.SHA1_Update(state, digest, 20)
  crypto.SHA1_Final(digest, state)
  for i = 0, 19 do ffi.copy(text + 2 * i, hex[digest[i]], 2) end
end

local head = 'POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: Keep-Alive\r\nContent-Type: application/json\r\n'
  .. 'User-Agent: Segment.io/1.0\r\nContent-Length: ' .. #template .. '\r\nX-Signature: '
local signature_at = #head
local body_at = signature_at + 40 + 4
local request_length = body_at + #template
local request_bytes = ffi.new('char[?]', request_length + 1, head .. string.rep('0', 40) .. '\r\n\r\n' .. template)
local body = request_bytes + body_at
local id = body + id_at + 24
local count = 0

-- The last twelve digits of a UUID: enough to tell them all apart.
function request()
  count = count + 1
  local rest = count
  for i = 11, 0, -1 do
    id[i] = 48 + rest % 10
    rest = math.floor(rest / 10)
  end
  signature(body, #template)
  ffi.copy(request_bytes + signature_at, text, 40)
  return ffi.string(request_bytes, request_length)
end
