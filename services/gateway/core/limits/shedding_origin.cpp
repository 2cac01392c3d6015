#include <gateway/core/limits/expense.hpp>
#include <gateway/core/limits/shedding_origin.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& shed_counter(telemetry::Metrics& metrics, const char* kind) {
  return metrics.counter("filmoteka_gateway_shed_requests_total",
                         "Questions that were not passed on to metadata because of too much work.",
                         {{"kind", kind}});
}

class Counted {
 public:
  explicit Counted(std::size_t& calls) : calls_(calls) { ++calls_; }
  ~Counted() { --calls_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& calls_;
};

}  // namespace

SheddingOrigin::SheddingOrigin(std::unique_ptr<Origin> behind, LoadLevel& load, telemetry::Metrics& metrics)
    : behind_(std::move(behind)),
      load_(load),
      shed_expensive_(shed_counter(metrics, "expensive")),
      shed_other_(shed_counter(metrics, "other")) {}

Task<Result<OriginAnswer>> SheddingOrigin::send(const OriginRequest& request) {
  const Load load = load_.level(calls_);
  if (load != Load::kNormal) {
    const bool expensive = is_expensive(request.target);
    if (expensive || load == Load::kOverloaded) {
      (expensive ? shed_expensive_ : shed_other_).increment();
      co_return unavailable("There is more to do than can be done at the moment. Try again in some seconds.");
    }
  }
  const Counted counted(calls_);
  auto sending = behind_->send(request);
  co_return co_await std::move(sending);
}

}  // namespace filmoteka::gateway
