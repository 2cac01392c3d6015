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
  const std::string cron = text_of(schedule->as_object(), "cron");
  if (!cron.empty()) return "cron " + cron;
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

using Row = std::vector<std::string>;

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
  std::vector<std::size_t> widths(rows.front().size());
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

const json::array& list_in(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* list = object.if_contains(name);
  return list != nullptr && list->is_array() ? list->as_array() : kNone;
}

/// A value on one line, at most so many characters.
std::string brief(const json::value& value, std::size_t most = 100) {
  std::string text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (utf8_length(text) <= most) return text;
  return std::string(utf8_prefix(text, most)) + "…";
}

void append_tally(std::string& text, const json::object& object, std::string_view name) {
  const json::value* tally = object.if_contains(name);
  if (tally == nullptr || !tally->is_object()) return;
  for (const auto& [reason, count] : tally->as_object()) {
    text += "    " + with_thousands(count.to_number<std::int64_t>()) + " × " + std::string(reason) + '\n';
  }
}

/// "title: .name → trim → Ёлки 5"
void append_steps(std::string& text, const json::array& fields) {
  for (const json::value& field : fields) {
    text += "      " + text_of(field.as_object(), "field") + ":";
    for (const json::value& step : list_in(field.as_object(), "steps"))
      text += " " + text_of(step.as_object(), "name") + " → " + brief(step.as_object().at("value"), 60) + ";";
    text += '\n';
  }
}

void append_film(std::string& text, const json::object& film) {
  for (const auto& [field, value] : film) {
    const bool is_empty = value.is_null() || (value.is_array() && value.as_array().empty());
    if (field != "title" && !is_empty) text += "    " + pad(std::string(field), 18) + brief(value) + '\n';
  }
}

void append_diff(std::string& text, const json::object& item) {
  const json::value* diff = item.if_contains("diff");
  if (diff == nullptr || !diff->is_object()) return;
  if (diff->as_object().empty()) text += "    as it is stored already\n";
  for (const auto& [field, change] : diff->as_object()) {
    text += "    - " + std::string(field) + ": " + brief(change.as_object().at("before")) + '\n';
    text += "    + " + std::string(field) + ": " + brief(change.as_object().at("after")) + '\n';
  }
}

void append_reject(std::string& text, const json::object& reject) {
  text += "- " + text_of(reject, "position") + ":";
  for (const json::value& reason : list_in(reject, "reasons"))
    text += " " + text_of(reason.as_object(), "code") + " (" + text_of(reason.as_object(), "detail") + ")";
  text += "\n    " + text_of(reject, "excerpt") + '\n';
}

std::string describe_item(const json::object& item) {
  std::string text;
  if (const json::value* film = item.if_contains("film"); film != nullptr && film->is_object()) {
    text += "+ " + text_of(film->as_object(), "title") + '\n';
    append_film(text, film->as_object());
    append_diff(text, item);
  } else if (const json::value* reject = item.if_contains("reject");
             reject != nullptr && reject->is_object()) {
    append_reject(text, reject->as_object());
  }
  if (!list_in(item, "steps").empty()) text += "    steps\n";
  append_steps(text, list_in(item, "steps"));
  if (const auto details = text_of(item, "details_url"); !details.empty())
    text += "    details " + details + '\n';
  append_steps(text, list_in(item, "details_steps"));
  return text;
}

void append_requests(std::string& text, const json::object& preview) {
  for (const json::value& value : list_in(preview, "requests")) {
    const json::object& note = value.as_object();
    const auto milliseconds = static_cast<std::int64_t>(note.at("seconds").to_number<double>() * 1'000);
    text += "  " + text_of(note, "method") + " " + text_of(note, "url") + ": " + text_of(note, "outcome") +
            ", status " + std::to_string(number_of(note, "status")) + ", " +
            with_thousands(number_of(note, "bytes")) + " bytes, " + with_thousands(milliseconds) + " ms\n";
  }
}

}  // namespace

std::string describe_sources(const json::object& answer) {
  std::vector<Row> rows = {{"SOURCE", "KIND", "STATE", "RUNS", "LAST SUCCESS", "NEXT RUN"}};
  std::string messages;
  for (const json::value& value : list_in(answer, "items")) {
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

std::string describe_source(const json::object& source) {
  std::string text = text_of(source, "name") + ": " + text_of(source, "title") + '\n';
  std::vector<Row> rows = {{"  state", text_of(source, "state")},
                           {"  from", or_dash(text_of(source, "location"))},
                           {"  runs", interval(source)},
                           {"  next run", or_dash(text_of(source, "next_run_at"))},
                           {"  last success", or_dash(text_of(source, "last_success_at"))},
                           {"  last full run", or_dash(text_of(source, "last_full_at"))}};
  append_table(text, rows);
  const std::string message = text_of(source, "message");
  if (!message.empty()) text += "  " + message + '\n';
  const json::value* last = source.if_contains("last_run");
  if (last == nullptr || !last->is_object()) return text;
  text += '\n' + describe_run(last->as_object());
  const json::value* filled = last->as_object().if_contains("filled");
  if (filled == nullptr || !filled->is_object()) return text;
  for (const auto& [field, share] : filled->as_object())
    text += "  " + pad(std::string(field), 18) +
            std::to_string(static_cast<int>(share.to_number<double>() * 100)) + " % of its films have it\n";
  return text;
}

std::string describe_runs(const json::object& answer) {
  std::vector<Row> rows = {
      {"RUN", "SOURCE", "STARTED", "END", "FILMS", "NEW", "CHANGED", "REJECTED", "ERRORS"}};
  for (const json::value& value : list_in(answer, "items")) {
    const json::object& run = value.as_object();
    const auto count = [&run](std::string_view name) {
      return with_thousands(number_of(run, name));
    };
    const std::string end = text_of(run, "end_reason");
    rows.push_back({std::to_string(number_of(run, "id")), text_of(run, "source"), text_of(run, "started_at"),
                    end.empty() ? "running" : end, count("films"), count("new"), count("changed"),
                    count("rejected"), count("errors")});
  }
  std::string text;
  append_table(text, rows);
  return text;
}

std::string describe_rejects(const json::object& answer) {
  std::string text;
  for (const json::value& value : list_in(answer, "items")) append_reject(text, value.as_object());
  return text.empty() ? "nothing was rejected\n" : text;
}

std::string describe_saved_page(const json::object& saved) {
  return text_of(saved, "at") + "  " + text_of(saved, "url") + "  status " +
         std::to_string(number_of(saved, "status")) + "\n" + text_of(saved, "what") + "\n\n" +
         text_of(saved, "body") + '\n';
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
  for (const json::value& complaint : list_in(run, "complaints"))
    text += "  ! " + brief(complaint, 200) + '\n';
  return text;
}

std::string describe_preview(const json::object& preview) {
  std::string text;
  for (const json::value& item : list_in(preview, "items")) text += describe_item(item.as_object());
  text += with_thousands(number_of(preview, "films")) + " films, " +
          with_thousands(number_of(preview, "rejected")) + " rejected; nothing was stored\n";
  append_tally(text, preview, "rejected_by_reason");
  append_requests(text, preview);
  const std::string message = text_of(preview, "message");
  if (!message.empty()) text += message + '\n';
  return text;
}

}  // namespace filmoteka::app
