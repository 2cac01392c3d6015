#include "tls_identity.hpp"

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>

#include <sys/stat.h>

#include <utility>

namespace filmoteka::http {

TlsIdentity::TlsIdentity(TlsFiles files, telemetry::Logger log, telemetry::Gauge* expiry, TlsContext context,
                         Stamp stamp)
    : files_(std::move(files)),
      log_(std::move(log)),
      expiry_(expiry),
      current_(std::move(context)),
      stamp_(stamp) {
  say_expiry(current_);
}

void TlsIdentity::say_expiry(const TlsContext& context) {
  if (expiry_ != nullptr) expiry_->set(static_cast<double>(expiry_of(context).time_since_epoch().count()));
}

TlsIdentity::Stamp TlsIdentity::stamp_of(const TlsFiles& files) {
  Stamp stamp{};
  std::size_t i = 0;
  for (const auto* file : {&files.certificate, &files.key}) {
    struct stat facts {};
    if (::stat(file->c_str(), &facts) != 0) facts = {};
    for (const auto part :
         {static_cast<std::int64_t>(facts.st_dev), static_cast<std::int64_t>(facts.st_ino),
          static_cast<std::int64_t>(facts.st_size), static_cast<std::int64_t>(facts.st_mtim.tv_sec),
          static_cast<std::int64_t>(facts.st_mtim.tv_nsec)}) {
      stamp[i++] = part;
    }
  }
  return stamp;
}

Result<std::unique_ptr<TlsIdentity>> TlsIdentity::make(TlsFiles files, telemetry::Logger log,
                                                       telemetry::Gauge* expiry) {
  const Stamp stamp = stamp_of(files);  // before reading: a change meanwhile is seen at the next look
  FILMOTEKA_TRY(TlsContext context, make_tls_context(files));
  if (const auto dates = check_dates(context); dates.has_error()) {
    log.warning("clients will refuse the certificate",
                {{"file", files.certificate.string()}, {"error", dates.error().message}});
  }
  return std::unique_ptr<TlsIdentity>(
      new TlsIdentity(std::move(files), std::move(log), expiry, std::move(context), stamp));
}

TlsContext TlsIdentity::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

bool TlsIdentity::refresh() {
  const Stamp stamp = stamp_of(files_);
  if (stamp == stamp_) return false;
  stamp_ = stamp;
  Result<TlsContext> made = make_tls_context(files_);
  if (made.has_value()) {
    if (auto dates = check_dates(*made); dates.has_error()) made = std::move(dates).error();
  }
  if (made.has_error()) {
    log_.error("the new certificate is not used; the present one stays",
               {{"file", files_.certificate.string()}, {"error", made.error().message}});
    return false;
  }
  say_expiry(*made);
  {
    const std::lock_guard lock(mutex_);
    current_.swap(*made);
  }
  log_.info("new connections get the new certificate", {{"file", files_.certificate.string()}});
  return true;
}

Task<void> TlsIdentity::watch() {
  constexpr std::chrono::seconds kEvery{1};
  BlockingPool pool("http-cert", 1);
  for (;;) {
    auto pause = sleep_for(kEvery);
    co_await std::move(pause);
    auto look = [this] {
      refresh();
    };
    auto looked = pool.run(std::move(look));
    co_await std::move(looked);
  }
}

}  // namespace filmoteka::http
