#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>

namespace filmoteka::scraper {

std::shared_ptr<const Expression> Expression::compile(const config::YamlNode& node, const std::string& place,
                                                      Compilation& compilation) {
  if (node.is_object()) {
    KeyReader reader(node, place, compilation.faults);
    auto expression = compile(reader, compilation);
    reader.refuse_unknown();
    return expression;
  }
  auto expression = std::make_shared<Expression>();
  expression->origin_ = node.is_list() ? read_alternatives(node, place, compilation)
                                       : read_plain_origin(node, place, compilation);
  return expression;
}

std::shared_ptr<const Expression> Expression::compile(KeyReader& reader, Compilation& compilation) {
  auto expression = std::make_shared<Expression>();
  expression->origin_ = read_origin(reader, compilation);
  if (const config::YamlNode* filters = reader.member("filters")) {
    expression->filters_ = read_filters(*filters, reader.place_of("filters"), compilation);
  }
  return expression;
}

boost::json::value Expression::run(const Record& record, std::vector<TraceStep>* trace) const {
  boost::json::value value = origin_.read(record);
  if (trace != nullptr) trace->push_back({origin_.name, value});
  for (const Filter& filter : filters_) {
    if (is_empty(value) != filter.on_empty) continue;
    value = filter.apply(std::move(value), record);
    if (trace != nullptr) trace->push_back({filter.name, value});
  }
  return is_empty(value) ? boost::json::value() : value;
}

boost::json::value Expression::evaluate(const Record& record) const {
  return run(record, nullptr);
}

boost::json::value Expression::evaluate(const Record& record, std::vector<TraceStep>& trace) const {
  return run(record, &trace);
}

}  // namespace filmoteka::scraper
