/// What a command of this program runs in: threads, logs, metrics, signals.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/service.hpp>
#include <filmoteka/kit/tracing.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::app {

class Process {
 public:
  /// `sink` may be null with LogLevel::kOff. `common` names the collector of traces, if there is one.
  Process(std::size_t threads, std::shared_ptr<telemetry::LogSink> sink, telemetry::LogLevel level,
          const config::CommonSettings& common = {});

  /// What a service of that name runs in.
  kit::Environment environment(std::string name);
  Runtime& runtime() { return runtime_; }
  kit::Tracing& tracing() { return tracing_; }

  /// Starts the services in their order, runs `work` when all are ready, stops them and returns the exit code
  /// of `work`; 130 if a signal came first. A service that does not start is said on standard error.
  int run_beside(const std::vector<kit::Service*>& services, std::function<Task<int>()> work);

 private:
  Runtime runtime_;
  telemetry::Metrics metrics_;
  telemetry::Logger log_;
  kit::Tracing tracing_;
};

/// "error: MESSAGE" and the faults of the fields on standard error; returns 1, a failed command's exit code.
int complain(const Error& error);

}  // namespace filmoteka::app
