#include <gateway/core/cache/entry_codec.hpp>

#include <cstring>
#include <type_traits>

namespace filmoteka::gateway {
namespace {

constexpr std::uint8_t kVersion = 1;

/// Numbers as they lie in memory (x86 and ARM agree), texts behind their lengths.
class Writer {
 public:
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void number(Number value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(static_cast<std::uint64_t>(value.size()));
    out_.append(value);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Once something is missing, all that follows is empty, and ok() says so.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class Number>
  requires std::is_arithmetic_v<Number> Number number() {
    Number value{};
    const std::string_view bytes = take(sizeof value);
    if (ok_) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string text() {
    const auto size = number<std::uint64_t>();
    return std::string(take(size));
  }
  /// A number of things that each take `least` bytes or more.
  std::uint64_t count(std::size_t least) {
    const auto value = number<std::uint64_t>();
    if (value > rest_.size() / least) ok_ = false;
    return ok_ ? value : 0;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (!ok_ || size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string encode_answer(const StoredAnswer& answer, SteadyTime now) {
  Writer out;
  out.number(kVersion);
  out.number(static_cast<std::int32_t>(answer.status));
  // When the answer was made, so that clocks that differ a little do not add up.
  const auto resident = std::chrono::floor<std::chrono::seconds>(now - answer.received_steady);
  out.number(std::int64_t{(answer.received + resident).time_since_epoch().count()});
  out.number(std::int64_t{answer.age(now).count()});
  out.number(answer.stamp);
  out.number(static_cast<std::uint64_t>(answer.groups.size()));
  for (const std::uint64_t group : answer.groups) out.number(group);
  out.number(static_cast<std::uint64_t>(answer.fields.size()));
  for (const auto& [name, value] : answer.fields) {
    out.text(name);
    out.text(value);
  }
  out.text(answer.body());
  return out.take();
}

std::shared_ptr<Entry> decode_answer(std::string_view bytes, std::chrono::sys_seconds wall_now,
                                     SteadyTime now, const CacheRules& rules) {
  Reader in(bytes);
  if (in.number<std::uint8_t>() != kVersion) return nullptr;
  StoredAnswer answer;
  answer.status = in.number<std::int32_t>();
  const std::chrono::sys_seconds written{std::chrono::seconds(in.number<std::int64_t>())};
  const std::chrono::seconds age_then{in.number<std::int64_t>()};
  answer.stamp = in.number<std::uint64_t>();
  for (auto left = in.count(sizeof(std::uint64_t)); left > 0; --left) {
    answer.groups.push_back(in.number<std::uint64_t>());
  }
  for (auto left = in.count(2 * sizeof(std::uint64_t)); left > 0 && in.ok(); --left) {
    std::string name = in.text();
    answer.fields.emplace_back(std::move(name), in.text());
  }
  std::string body = in.text();
  if (!in.at_end()) return nullptr;
  answer.directives = response_directives(answer.fields);
  const std::chrono::sys_seconds received = written - age_then;
  answer.lifetime = freshness_lifetime(answer.status, answer.fields, answer.directives, {received, received});
  answer.initial_age = age_then + std::max(std::chrono::seconds{0}, wall_now - written);
  answer.received = wall_now;
  answer.received_steady = now;
  answer.content = rules.make_content(answer.status, answer.fields, std::move(body));
  return std::make_shared<Entry>(std::move(answer));
}

}  // namespace filmoteka::gateway
