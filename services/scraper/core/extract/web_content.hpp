/// The content of an answer, read by its kind, and the items in it.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/markup/document.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/extract/web_answer.hpp>
#include <scraper/core/source/path.hpp>
#include <scraper/core/source/record.hpp>
#include <scraper/core/source/web_source.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

/// More items than this in one answer are left out.
inline constexpr std::size_t kMaxItems = 50'000;

/// Where the items of an answer are; neither path nor selector: as its kind has them.
struct ItemSelection {
  std::string text;                                  ///< as the definition has it, for messages
  std::optional<Path> path;                          ///< of what is JSON, a feed, a sitemap, structured data
  std::shared_ptr<const markup::Selector> selector;  ///< of a page
};

/// Owns what was read; records that it gives point into it. Movable.
class WebContent {
 public:
  /// kCorrupt: not of the kind, with what was wrong; kPayloadTooLarge: too big, too deep, too many nodes.
  /// `encoding` overrides what the server says.
  static Result<WebContent> read(AnswerKind kind, const WebAnswer& answer, std::string_view encoding);

  WebContent(WebContent&&) noexcept;
  WebContent& operator=(WebContent&&) noexcept;
  ~WebContent();

  /// The answer as a whole.
  Record whole(const boost::json::object* context) const;

  /// Looks for the items. kCorrupt: the place where they should be is not there, with the selector's name.
  /// An empty list at its place is no fault.
  Result<void> select(const ItemSelection& selection);
  std::size_t size() const;
  bool was_cut() const { return was_cut_; }  ///< by kMaxItems
  /// True if an answer without items says so itself: an empty list is there, or a feed without entries.
  bool is_explicitly_empty() const;
  Record item(std::size_t index, const boost::json::object* context) const;
  /// For excerpts and previews: the JSON, or {"html": …} with the beginning of the element.
  boost::json::value shown(std::size_t index) const;
  /// Tells items apart across two answers of the same page; cheap.
  std::uint64_t mark(std::size_t index) const;

  /// Of an index of sitemaps: the sitemaps. Empty for all else.
  const std::vector<std::string>& children() const { return children_; }
  bool is_index() const { return is_index_; }

 private:
  WebContent();
  Result<void> read_json(std::string_view body);
  Result<void> read_page(const WebAnswer& answer, std::string_view encoding, bool structured);
  Result<void> read_feed(std::string_view body);
  Result<void> read_sitemap(std::string_view body);
  Result<void> select_json(const Path* path, std::string_view name);

  AnswerKind kind_ = AnswerKind::kJson;
  std::unique_ptr<boost::json::value> json_;  ///< null for a plain page
  std::optional<markup::Document> document_;
  std::optional<markup::Element> root_;
  std::unique_ptr<boost::json::value> film_;  ///< of structured data
  std::vector<const boost::json::value*> values_;
  std::vector<markup::Element> elements_;
  std::vector<std::string> children_;
  bool is_index_ = false;
  bool was_cut_ = false;
};

}  // namespace filmoteka::scraper
