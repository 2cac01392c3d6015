#include <metadata/adapters/postgres_rows.hpp>

#include <string>

namespace filmoteka::metadata {
namespace {

/// Of `movies m LEFT JOIN local_views v`, in the order of read_postgres_movie().
constexpr const char* kColumns =
    "SELECT m.id, m.source, m.source_id, m.source_url, m.title, m.original_title, m.year, m.image_url,"
    " m.thumbnail_url, m.views, m.duration_seconds, m.description, m.genres, m.rating, m.age_rating,"
    " m.countries, m.\"cast\", m.aliases, m.external_ids, m.is_active, m.edits, m.added_at, m.updated_at,"
    " m.revision, coalesce(v.views, 0),"
    " CASE WHEN m.record_count > 0 THEN ARRAY(SELECT r.facts FROM source_records r"
    " WHERE r.movie_id = m.id ORDER BY r.position) END";
constexpr const char* kWithViews = " LEFT JOIN local_views v ON v.movie_id = m.id ";

/// Statements live as long as the program.
const std::string kBlock = std::string(kColumns) +
                           " FROM (SELECT * FROM movies WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3) m" +
                           kWithViews + "ORDER BY m.id";
const std::string kFilm = std::string(kColumns) + " FROM movies m" + kWithViews + "WHERE m.id = $1";
const std::string kNews = std::string(kColumns) +
                          " FROM (SELECT * FROM movies WHERE revision > $1 ORDER BY revision LIMIT $2) m" +
                          kWithViews + "ORDER BY m.revision";
const std::string kWanted =
    "WITH keys AS MATERIALIZED (SELECT * FROM unnest($1, $2) AS k (source, source_id)),"
    " wanted AS MATERIALIZED (SELECT f.id FROM keys JOIN movies f USING (source, source_id)"
    "  UNION SELECT r.movie_id FROM keys JOIN source_records r USING (source, source_id)"
    "  UNION SELECT unnest($3)) " +
    std::string(kColumns) + " FROM wanted w JOIN movies m ON m.id = w.id" + kWithViews;

}  // namespace

const std::string_view kSelectBlock = kBlock;
const std::string_view kSelectFilm = kFilm;
const std::string_view kSelectNews = kNews;
const std::string_view kSelectWanted = kWanted;

}  // namespace filmoteka::metadata
