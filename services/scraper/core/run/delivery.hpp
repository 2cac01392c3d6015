/// Metadata's answer for a film, in the scraper's terms. Pure.
#pragma once

#include <filmoteka/api/batch.hpp>

#include <scraper/core/run/store.hpp>

namespace filmoteka::scraper {

/// Counts one result.
Delivered count_of(const api::RowResult& result);

Delivery delivery_of(const OutboxRow& row, const api::RowResult& result);

/// A film that metadata refused, for the quarantine.
Reject refusal_of(const domain::MovieFacts& film, const api::RowResult& result);

}  // namespace filmoteka::scraper
