#include <filmoteka/base/utf8.hpp>

#include <scraper/core/run/delivery.hpp>

namespace filmoteka::scraper {

namespace {

constexpr std::size_t kMaxExcerpt = 300;

/// "/title" → "refused_title".
std::string code_of(const FieldError& error) {
  return error.pointer.size() > 1 ? "refused_" + error.pointer.substr(1) : "refused";
}

}  // namespace

Delivered count_of(const api::RowResult& result) {
  Delivered count;
  switch (result.status) {
    case api::RowStatus::kCreated:
      count.created = 1;
      break;
    case api::RowStatus::kUpdated:
      count.updated = 1;
      break;
    case api::RowStatus::kUnchanged:
      count.unchanged = 1;
      break;
    case api::RowStatus::kMerged:
      count.merged = 1;
      break;
    case api::RowStatus::kRejected:
      count.refused = 1;
      break;
  }
  return count;
}

Reject refusal_of(const domain::MovieFacts& film, const api::RowResult& result) {
  Reject reject;
  reject.source = film.source;
  reject.source_id = film.source_id;
  reject.position = film.source_url;
  reject.stage = Stage::kValidate;
  for (const auto& error : result.errors) reject.reasons.push_back({code_of(error), error.detail});
  if (reject.reasons.empty()) reject.reasons.push_back({"refused", "Metadata gave no reason."});
  reject.excerpt = std::string(utf8_prefix(film.title, kMaxExcerpt));
  return reject;
}

Delivery delivery_of(const OutboxRow& row, const api::RowResult& result) {
  Delivery delivery;
  delivery.row = row.id;
  delivery.run = row.run;
  delivery.outcome = count_of(result);
  if (result.status == api::RowStatus::kRejected) delivery.reject = refusal_of(row.film, result);
  return delivery;
}

}  // namespace filmoteka::scraper
