-- Sends one body again and again, and prints what the connections saw as JSON.
-- wrk … -s wrk.lua URL -- FILE TYPE
local message

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.headers["Content-Type"] = arguments[2]
  wrk.body = file:read("*a")
  file:close()
  message = wrk.format()
end

function request()
  return message
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
