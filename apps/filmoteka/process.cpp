#include <filmoteka/kit/process_metrics.hpp>
#include <filmoteka/process.hpp>

#include <iostream>
#include <utility>

namespace filmoteka::app {
namespace {

constexpr int kInterrupted = 130;

Task<void> work_and_stop(std::function<Task<int>()>& work, kit::Host& host) {
  auto working = work();
  const int exit_code = co_await std::move(working);
  host.request_stop(exit_code);
}

}  // namespace

Process::Process(std::size_t threads, std::shared_ptr<telemetry::LogSink> sink, telemetry::LogLevel level,
                 const config::CommonSettings& common)
    : runtime_(threads),
      log_(std::move(sink), level, "filmoteka"),
      tracing_(common, {runtime_, log_, metrics_, SystemClock::instance(), {}}) {
  kit::register_process_metrics(metrics_, log_);
}

kit::Environment Process::environment(std::string name) {
  telemetry::Tracer tracer = tracing_.tracer(name);
  return {runtime_, log_.named(std::move(name)), metrics_, SystemClock::instance(), std::move(tracer)};
}

int Process::run_beside(const std::vector<kit::Service*>& services, std::function<Task<int>()> work) {
  kit::Host host(environment("filmoteka"));
  for (kit::Service* service : services) host.add(*service);
  host.on_ready([&] { return work_and_stop(work, host); });
  const int exit_code = host.run();
  if (host.failure()) return complain(*host.failure());
  return host.signal() != 0 ? kInterrupted : exit_code;
}

int complain(const Error& error) {
  std::cerr << "error: " << error.message << '\n';
  for (const FieldError& field : error.fields) {
    std::cerr << "  " << (field.parameter.empty() ? field.pointer : field.parameter) << ": " << field.detail
              << '\n';
  }
  return 1;
}

}  // namespace filmoteka::app
