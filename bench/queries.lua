-- Every request another one of the lists that people ask for: filters, sorts and pages, the same order each run.
-- Arguments: the path of the list, the number of films.
local genres = {"драма", "комедия", "боевик", "триллер", "мелодрама", "фантастика", "детектив", "ужасы"}
local sorts = {"-views", "-rating", "-year", "year", "-added_at", "title", "duration"}
local targets = {}

local function encode(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

function init(arguments)
  local path, films = arguments[1], tonumber(arguments[2])
  math.randomseed(7)
  for i = 1, 2000 do
    local parts = {"sort=" .. sorts[math.random(#sorts)]}
    local matching = films
    if math.random() < 0.6 then
      parts[#parts + 1] = "genre=" .. encode(genres[math.random(#genres)])
      matching = matching / 8
    end
    if math.random() < 0.5 then
      local from = math.random(1930, 2015)
      parts[#parts + 1] = "year_from=" .. from
      parts[#parts + 1] = "year_to=" .. from + math.random(0, 20)
      matching = matching / 10
    end
    if math.random() < 0.2 then
      parts[#parts + 1] = "rating_from=" .. math.random(3, 8)
    end
    if math.random() < 0.5 then
      parts[#parts + 1] = "page=" .. math.random(1, math.max(1, math.floor(matching / 48)))
    end
    targets[i] = path .. "?" .. table.concat(parts, "&")
  end
end

local next_target = 0
function request()
  next_target = next_target % #targets + 1
  return wrk.format("GET", targets[next_target])
end
