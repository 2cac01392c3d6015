#include <filmoteka/api/stored_movie_json.hpp>

#include <metadata/core/copy/comparison.hpp>
#include <openssl/evp.h>

#include <stdexcept>
#include <utility>

namespace filmoteka::metadata {

struct FilmSum::Hash {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

namespace {

void must(int done) {
  if (done != 1) throw std::runtime_error("OpenSSL could not compute SHA-256.");
}

}  // namespace

FilmSum::FilmSum() : hash_(std::make_unique<Hash>()) {
  must(EVP_DigestInit_ex(hash_->context.get(), EVP_sha256(), nullptr));
}
FilmSum::~FilmSum() = default;

void FilmSum::add(const std::string& line) {
  must(EVP_DigestUpdate(hash_->context.get(), line.data(), line.size()));
  ++films_;
}

std::string FilmSum::sha256() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  must(EVP_DigestFinal_ex(hash_->context.get(), digest.data(), &size));
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

void Comparison::give(Side side, std::vector<domain::Movie> movies) {
  ended_[side] = movies.empty();
  for (domain::Movie& movie : movies) {
    if (excused_.films.contains(movie.id)) continue;
    if (excused_.views.contains(movie.id)) movie.local_views = 0;
    queues_[side].push_back(std::move(movie));
  }
  compare();
}

void Comparison::compare() {
  while (!difference_ && compare_first()) {
  }
}

std::string Comparison::take_line(Side side) {
  std::string line;
  api::append_stored_movie(line, queues_[side].front());
  line += '\n';
  queues_[side].pop_front();
  sums_[side].add(line);
  return line;
}

bool Comparison::compare_first() {
  if (wants(kSource) || wants(kTarget) || is_empty()) return false;
  const auto& source = queues_[kSource];
  const auto& target = queues_[kTarget];
  const bool only_source = target.empty() || (!source.empty() && source.front().id < target.front().id);
  const bool only_target = source.empty() || (!target.empty() && target.front().id < source.front().id);
  const domain::MovieId id = only_target ? target.front().id : source.front().id;
  if (only_source || only_target) {
    difference_ = "Film " + std::to_string(id) + " is only in the " + (only_source ? "source." : "target.");
  } else if (take_line(kSource) != take_line(kTarget)) {
    difference_ = "Film " + std::to_string(id) + " is not the same in source and target.";
  }
  return true;
}

}  // namespace filmoteka::metadata
