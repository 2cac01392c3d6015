#pragma once

#include <string>

namespace filmoteka::config {

/// Where the service manager that has started this process wants to hear of it: NOTIFY_SOCKET of
/// sd_notify(3). Empty: nobody does.
std::string notify_socket();

}  // namespace filmoteka::config
