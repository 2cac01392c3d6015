#include <filmoteka/base/utf8.hpp>

#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/postgres_rows.hpp>
#include <scraper/adapters/store/row_json.hpp>

#include <array>

namespace filmoteka::scraper::postgres {

namespace {

using Optional = std::optional<std::int64_t>;
using tables::from_column;

Stage stage_from(std::string_view text) {
  constexpr std::array kStages = {Stage::kExtract, Stage::kSelect, Stage::kNormalise, Stage::kValidate,
                                  Stage::kDeduplicate};
  for (const auto stage : kStages)
    if (to_string(stage) == text) return stage;
  return Stage::kExtract;
}

int nibble(char digit) {
  return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

}  // namespace

const std::string_view kRunColumns =
    "id, source, started_by, started_at, ended_at, end_reason, message, counts, bytes, errors, stored, "
    "created, updated, unchanged, merged, refused, known, gone, observations";
const std::string_view kStateColumns =
    "name, paused, health, message, failures, bad_runs, last_run, last_success_at, next_run_at, resume, "
    "sweep, last_full_at, every";

Run read_run(const sql::postgres::Rows& rows, std::size_t row) {
  const auto number = [&](int column) {
    return rows.get<std::uint64_t>(row, column);
  };
  const auto text = [&](int column) {
    return rows.get<std::string_view>(row, column);
  };
  Run run;
  run.id = rows.get<RunId>(row, 0);
  run.source = text(1);
  run.trigger = text(2) == to_string(Trigger::kSchedule) ? Trigger::kSchedule : Trigger::kManual;
  run.started_at = from_column(rows.get<std::int64_t>(row, 3));
  run.ended_at = from_column(rows.get<Optional>(row, 4));
  run.end = end_reason_from(text(5)).value_or(EndReason::kFailed);
  run.message = text(6);
  run.counts = counts_from_json(text(7));
  run.bytes = number(8);
  run.errors = number(9);
  run.stored = number(10);
  run.delivered = {number(11), number(12), number(13), number(14), number(15)};
  run.known = number(16);
  run.gone = number(17);
  observations_from_json(text(18), run);
  return run;
}

SourceState read_state(const sql::postgres::Rows& rows, std::size_t row) {
  SourceState state;
  state.name = rows.get<std::string>(row, 0);
  state.paused = rows.get<bool>(row, 1);
  state.health = health_from(rows.get<std::string_view>(row, 2)).value_or(Health::kOk);
  state.message = rows.get<std::string>(row, 3);
  state.failures = rows.get<int>(row, 4);
  state.bad_runs = rows.get<int>(row, 5);
  state.last_run = rows.get<Optional>(row, 6);
  state.last_success_at = from_column(rows.get<Optional>(row, 7));
  state.next_run_at = from_column(rows.get<Optional>(row, 8));
  state.resume = rows.get<std::string>(row, 9);
  state.sweep = rows.get<Sweep>(row, 10);
  state.last_full_at = from_column(rows.get<Optional>(row, 11));
  if (const auto every = rows.get<Optional>(row, 12)) state.every = std::chrono::seconds(*every);
  return state;
}

StoredReject read_reject(const sql::postgres::Rows& rows, std::size_t row) {
  StoredReject stored;
  stored.id = rows.get<std::int64_t>(row, 0);
  stored.run = rows.get<RunId>(row, 1);
  stored.at = from_column(rows.get<std::int64_t>(row, 2));
  stored.reject.source = rows.get<std::string>(row, 3);
  stored.reject.source_id = rows.get<std::string>(row, 4);
  stored.reject.position = rows.get<std::string>(row, 5);
  stored.reject.stage = stage_from(rows.get<std::string_view>(row, 6));
  stored.reject.reasons = reasons_from_json(rows.get<std::string_view>(row, 7));
  stored.reject.excerpt = rows.get<std::string>(row, 8);
  return stored;
}

std::string storable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string valid = replace_invalid_utf8(text);
  for (auto at = valid.find('\0'); at != std::string::npos; at = valid.find('\0', at))
    valid.replace(at, 1, kReplacement);
  return valid;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += kDigits[value >> 4U];
    text += kDigits[value & 15U];
  }
  return text;
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
  return bytes;
}

}  // namespace filmoteka::scraper::postgres
