-- The requests of one cell, for wrk: each target in turn, its marks replaced by the count of the
-- request, and behind a proxy as many clients as there are connections.
-- Arguments: file of targets, Accept, number of clients, first count.

local targets, made = {}, {}
local accept, clients, count, changing

local function day(number)
  return string.format("%04d-%02d-%02d", 1 + math.floor(number / 336) % 1900,
                       1 + math.floor(number / 28) % 12, 1 + number % 28)
end

local function headers(number)
  return { ["Accept"] = accept, ["X-Forwarded-For"] = "198.51.100." .. (1 + number % clients) }
end

function init(args)
  accept, clients, count = args[2], tonumber(args[3]), tonumber(args[4])
  for line in io.lines(args[1]) do targets[#targets + 1] = line end
  changing = targets[1]:find("XDAYX", 1, true) or targets[1]:find("XCOUNTX", 1, true)
  if changing then return end
  for number = 0, math.max(#targets, clients) - 1 do
    made[number] = wrk.format("GET", targets[1 + number % #targets], headers(number))
  end
  count = count % (#made + 1)
end

function request()
  local number = count
  count = count + 1
  if not changing then return made[number % (#made + 1)] end
  local target = targets[1]:gsub("XDAYX", day(number)):gsub("XCOUNTX", number)
  return wrk.format("GET", target, headers(number))
end

function done(summary)
  local errors = summary.errors
  io.write(string.format("counted %d %d %d %d\n", summary.requests, summary.duration,
                         errors.status, errors.connect + errors.read + errors.write))
end
