/// Measures how late an I/O thread is.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/limits/load_level.hpp>

namespace filmoteka::gateway {

/// Tells `load` every 50 ms how late a timer of this thread has fired, and `lag` (seconds) too. Run it on the
/// thread that it is to measure, until it is cancelled; both outlive it.
Task<void> measure_loop_lag(LoadLevel& load, telemetry::Gauge& lag);

}  // namespace filmoteka::gateway
