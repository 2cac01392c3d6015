#include <filmoteka/commands/import_report.hpp>
#include <filmoteka/progress.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace filmoteka::app {
namespace {

constexpr std::size_t kShownRejects = 10;

std::string counted(std::uint64_t number) {
  return with_thousands(static_cast<std::int64_t>(number));
}

std::string seconds(std::chrono::milliseconds span) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(span.count()) / 1'000.0);
  return text;
}

void append_reasons(std::string& text, const std::map<std::string, std::uint64_t, std::less<>>& reasons) {
  for (const auto& [reason, count] : reasons) text += "    " + counted(count) + " × " + reason + '\n';
}

}  // namespace

std::string describe_import(const scraper::ImportReport& report, const std::string& file) {
  const scraper::Delivered& delivered = report.delivered;
  const std::uint64_t stored = delivered.total() - delivered.refused;
  const auto milliseconds = std::max<std::int64_t>(report.duration.count(), 1);
  std::string text = "imported " + counted(stored) + " films from " + file + " in " +
                     seconds(report.duration) + " (" +
                     with_thousands(static_cast<std::int64_t>(stored) * 1'000 / milliseconds) + " films/s)\n";
  const std::uint64_t rejected = report.counts.rejected + delivered.refused;
  text += "  " + counted(delivered.created) + " new, " + counted(delivered.updated) + " updated, " +
          counted(delivered.unchanged) + " unchanged, " + counted(rejected) + " rejected\n";
  append_reasons(text, report.counts.rejected_by_reason);
  append_reasons(text, report.refused_by_reason);
  if (!report.counts.warnings.empty()) {
    text += "  values that were left out:\n";
    append_reasons(text, report.counts.warnings);
  }
  for (std::size_t i = 0; i < std::min(report.first_rejects.size(), kShownRejects); ++i) {
    const scraper::Reject& reject = report.first_rejects[i];
    text += "  " + reject.position + ": " + reject.reasons.front().detail + '\n';
  }
  if (rejected > kShownRejects) text += "  … and " + counted(rejected - kShownRejects) + " more\n";
  return text;
}

}  // namespace filmoteka::app
