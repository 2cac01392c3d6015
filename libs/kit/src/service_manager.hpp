#pragma once

#include <string_view>

namespace filmoteka::kit {

/// Tells the service manager that has started this process, if one wants to know, what has become of it:
/// `state` is what sd_notify(3) says, like "READY=1". Does not block; a manager that does not listen is no
/// error.
void tell_service_manager(std::string_view state);

}  // namespace filmoteka::kit
