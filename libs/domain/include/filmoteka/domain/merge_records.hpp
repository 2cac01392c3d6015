/// The film that is shown, made of what several sources say of it. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <span>

namespace filmoteka::domain {

// clang-format off
/// `records` in the order of their rank, the main one first; at least one. What the main record says stands,
/// but for the fields where more is better:
///
/// | field                                     | the film's                                                     |
/// |-------------------------------------------|----------------------------------------------------------------|
/// | source, source_id, source_url, title      | the main record's                                              |
/// | original_title, year, rating, age_rating, | the first that there is                                        |
/// | duration_seconds, countries, cast         |                                                                |
/// | image_url with thumbnail_url              | of the first record with an image, so that they match          |
/// | description                               | the longest; of equally long ones the first                    |
/// | genres                                    | the first that there are: two vocabularies mixed ("драма" and  |
/// |                                           | "drama") would double the facets                               |
/// | views                                     | the sum, at most kMaxViews: each source counts its own viewers |
/// | added_at                                  | the earliest; a film of the catalogue keeps its own instead,   |
/// |                                           | which never changes after it entered                           |
/// | is_active                                 | true if any is                                                 |
/// | aliases                                   | all, and the other records' titles; none that folds to the     |
/// |                                           | title, the original title or another alias                     |
/// | ids                                       | all; of two values of one kind the first record's              |
///
/// The lists stay within the limits of validation.hpp. One record comes back as it is. The result depends on
/// the order of `records` only, and naming a record twice changes nothing: of records with the same (source,
/// source_id) the first counts.
// clang-format on
MovieFacts merge_records(std::span<const MovieFacts> records);

}  // namespace filmoteka::domain
