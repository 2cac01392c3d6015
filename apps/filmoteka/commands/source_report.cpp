#include <filmoteka/base/utf8.hpp>
#include <filmoteka/commands/source_report.hpp>
#include <filmoteka/json_client.hpp>
#include <filmoteka/progress.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace filmoteka::app {
namespace {

namespace json = boost::json;

std::string pad(std::string text, std::size_t width) {
  const std::size_t length = utf8_length(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

std::string interval(const json::object& source) {
  const json::value* schedule = source.if_contains("schedule");
  if (schedule == nullptr || !schedule->is_object()) return "when asked";
  const std::int64_t seconds = number_of(schedule->as_object(), "every_seconds");
  if (seconds % 3'600 == 0) return "every " + std::to_string(seconds / 3'600) + " h";
  if (seconds % 60 == 0) return "every " + std::to_string(seconds / 60) + " min";
  return "every " + std::to_string(seconds) + " s";
}

std::string or_dash(std::string text) {
  return text.empty() ? "-" : text;
}

bool flag_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->as_bool();
}

using Row = std::array<std::string, 6>;

Row row_of(const json::object& source) {
  std::string state = flag_of(source, "enabled") ? text_of(source, "state") : "off";
  if (flag_of(source, "running")) state = "running";
  return {text_of(source, "name"),
          text_of(source, "kind"),
          std::move(state),
          interval(source),
          or_dash(text_of(source, "last_success_at")),
          or_dash(text_of(source, "next_run_at"))};
}

void append_table(std::string& text, const std::vector<Row>& rows) {
  std::array<std::size_t, 6> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], utf8_length(row[i]));
  }
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += i + 1 < row.size() ? pad(row[i], widths[i] + 2) : row[i];
    text += line + '\n';
  }
}

void append_tally(std::string& text, const json::object& object, std::string_view name) {
  const json::value* tally = object.if_contains(name);
  if (tally == nullptr || !tally->is_object()) return;
  for (const auto& [reason, count] : tally->as_object()) {
    text += "    " + with_thousands(count.to_number<std::int64_t>()) + " × " + std::string(reason) + '\n';
  }
}

std::string describe_item(const json::object& item) {
  if (const json::value* film = item.if_contains("film"); film != nullptr && film->is_object()) {
    return "+ " + json::serialize(*film) + '\n';
  }
  const json::value* reject = item.if_contains("reject");
  if (reject == nullptr || !reject->is_object()) return {};
  std::string text = "- " + text_of(reject->as_object(), "position") + ":";
  if (const json::value* reasons = reject->as_object().if_contains("reasons");
      reasons != nullptr && reasons->is_array()) {
    for (const json::value& reason : reasons->as_array()) text += ' ' + text_of(reason.as_object(), "detail");
  }
  return text + "\n    " + text_of(reject->as_object(), "excerpt") + '\n';
}

}  // namespace

std::string describe_sources(const json::array& sources) {
  std::vector<Row> rows = {{"SOURCE", "KIND", "STATE", "RUNS", "LAST SUCCESS", "NEXT RUN"}};
  std::string messages;
  for (const json::value& value : sources) {
    const json::object& source = value.as_object();
    rows.push_back(row_of(source));
    const std::string message = text_of(source, "message");
    if (!message.empty()) messages += text_of(source, "name") + ": " + message + '\n';
  }
  std::string text;
  append_table(text, rows);
  if (!messages.empty()) text += '\n' + messages;
  return text;
}

std::string describe_run(const json::object& run) {
  const auto count = [&](std::string_view name) {
    return with_thousands(number_of(run, name));
  };
  const std::string end = text_of(run, "end_reason");
  const std::string message = text_of(run, "message");
  std::string text = text_of(run, "source") + ": ";
  if (end != "complete" && end != "limit") text += end + (message.empty() ? "" : ": " + message) + "\n  ";
  text += count("films") + " films (" + count("new") + " new, " + count("changed") + " changed, " +
          count("unchanged") + " unchanged), " + count("rejected") + " rejected, " + count("errors") +
          " errors\n";
  append_tally(text, run, "rejected_by_reason");
  return text;
}

std::string describe_preview(const json::object& preview) {
  std::string text;
  if (const json::value* items = preview.if_contains("items"); items != nullptr && items->is_array()) {
    for (const json::value& item : items->as_array()) text += describe_item(item.as_object());
  }
  text += with_thousands(number_of(preview, "films")) + " films, " +
          with_thousands(number_of(preview, "rejected")) + " rejected; nothing was stored\n";
  append_tally(text, preview, "rejected_by_reason");
  const std::string message = text_of(preview, "message");
  if (!message.empty()) text += message + '\n';
  return text;
}

}  // namespace filmoteka::app
