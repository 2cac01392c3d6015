#include <gateway/core/limits/expense.hpp>
#include <gateway/core/limits/shedding_origin.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

class Counted {
 public:
  Counted(std::size_t& calls, LoadLevel& load) : calls_(calls), load_(load) { ++calls_; }
  ~Counted() { load_.level(--calls_); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& calls_;
  LoadLevel& load_;
};

}  // namespace

SheddingOrigin::SheddingOrigin(std::unique_ptr<Origin> behind, LoadLevel& load, telemetry::Metrics& metrics)
    : behind_(std::move(behind)), load_(load), shedding_(metrics) {}

Task<Result<OriginAnswer>> SheddingOrigin::send(const OriginRequest& request) {
  const Load load = load_.level(calls_);
  if (load != Load::kNormal && shedding_.turns_away(load, is_expensive(request.target))) {
    co_return Shedding::too_much_to_do();
  }
  const Counted counted(calls_, load_);
  auto sending = behind_->send(request);
  co_return co_await std::move(sending);
}

}  // namespace filmoteka::gateway
