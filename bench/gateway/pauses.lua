-- wrk: each connection thinks for 0 to 8 ms before its next request, so that every server gets about the same load.
function delay()
  return math.random(0, 8)
end
