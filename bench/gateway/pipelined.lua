-- wrk: sixteen requests in one write, the next sixteen when all are answered.
local depth = 16
local together

function init()
  together = string.rep(wrk.format(), depth)
end

function request()
  return together
end
