/// What a page becomes in the tables.
#pragma once

#include <filmoteka/sql/postgres/parameters.hpp>
#include <filmoteka/sql/postgres/rows.hpp>

#include <scraper/adapters/store/postgres_calls.hpp>

#include <string>
#include <vector>

namespace filmoteka::scraper::postgres {

/// (source, source_id) of films and, where they are to be written, what was said of them; at the same places.
struct ItemColumns {
  std::vector<std::string> sources;
  std::vector<std::string> source_ids;
  std::vector<std::string> films;
};

struct PagePlan {
  Committed committed;
  std::vector<std::string> sent;  ///< films for the outbox, in order
  ItemColumns news;  ///< items that are new or have changed, each once, as the page says them last
  ItemColumns seen;  ///< items that stay as they are; no films
};

struct RunReject {
  RunId run = 0;
  const Reject* reject = nullptr;
};

/// Asks for what was said of the page's films before.
void add_select_items(sql::postgres::Batch& batch, const Page& page);
/// `before`: what add_select_items() found. A page may say a film twice.
PagePlan plan_page(const Page& page, const sql::postgres::Rows& before);
/// All that the page writes.
void add_page(sql::postgres::Batch& batch, const Page& page, const PagePlan& plan, Limits limits,
              Timestamp now);
/// Into the outbox, in order.
void add_films(sql::postgres::Batch& batch, RunId run, const std::vector<std::string>& films, Timestamp now);
/// Into the quarantine, of which `kept` are kept.
void add_rejects(sql::postgres::Batch& batch, const std::vector<RunReject>& rejects, std::size_t kept,
                 Timestamp now);

}  // namespace filmoteka::scraper::postgres
