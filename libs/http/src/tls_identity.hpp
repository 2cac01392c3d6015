/// The certificate that a server shows at present, replaced while it runs when its files change.
#pragma once

#include "tls_context.hpp"

#include <filmoteka/async/task.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace filmoteka::http {

class TlsIdentity {
 public:
  /// Reads the files. A certificate that has expired is used with a warning: clients decide, and a restart at
  /// night must not turn it into an outage for all of them.
  /// `expiry`, which may be null, is told when the certificate expires, in seconds since 1970.
  static Result<std::unique_ptr<TlsIdentity>> make(TlsFiles files, telemetry::Logger log,
                                                   telemetry::Gauge* expiry = nullptr);

  /// For new connections. Thread-safe.
  TlsContext current() const;
  /// Reads the files again if they are others than at the last look. A pair that is broken, does not belong
  /// together or is out of date leaves the present one in use, and is logged once. True if it was replaced.
  /// One thread.
  bool refresh();
  /// Looks once a second, on a thread of its own, until cancelled.
  Task<void> watch();

 private:
  /// Of both files: device, inode, size, time of change. All zero: no such file.
  using Stamp = std::array<std::int64_t, 10>;
  TlsIdentity(TlsFiles files, telemetry::Logger log, telemetry::Gauge* expiry, TlsContext context,
              Stamp stamp);
  void say_expiry(const TlsContext& context);
  static Stamp stamp_of(const TlsFiles& files);

  TlsFiles files_;
  telemetry::Logger log_;
  telemetry::Gauge* expiry_;
  mutable std::mutex mutex_;  // guards current_
  TlsContext current_;
  Stamp stamp_;
};

}  // namespace filmoteka::http
