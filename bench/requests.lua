-- wrk: the same script for an empty endpoint and for what is measured against it.
-- arguments: method, path, machines (as bench/run put them into the database), or JWTs for what users ask, comma-separated
local method, path, machines, jwt, body
local requests = {}
local next = 0

function init(arguments)
  method, path, machines, jwt = arguments[1], arguments[2], tonumber(arguments[3]), arguments[4]
  body = arguments[5]
  local headers = {}
  if body then headers["Content-Type"] = "application/json" end
  if machines > 0 then
    for machine = 0, machines - 1 do
      headers["Authorization"] = string.format("Bearer bench-machine-%07d:bench-secret-of-machine-%07d", machine, machine)
      requests[machine + 1] = wrk.format(method, path, headers, body)
    end
  else
    for one in jwt:gmatch("[^,]+") do
      headers["Authorization"] = "Bearer " .. one
      requests[#requests + 1] = wrk.format(method, path, headers, body)
    end
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency, all)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %.0f %d %.1f\n", summary.requests / (summary.duration / 1e6), failed, latency:percentile(50) / 1e3))
end
