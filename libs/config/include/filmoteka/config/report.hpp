/// What is said about settings: to people, to machines, and in the manual.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/config/configuration.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace filmoteka::config {

/// All values as a YAML file, each with its origin as a comment. Secrets are masked.
std::string print_yaml(const Configuration& configuration);
/// {"gateway":{"listen":{"value":"127.0.0.1:8080","origin":"default"}}}; lists are arrays. Secrets are
/// masked.
boost::json::object print_json(const Configuration& configuration);
/// A table for each section: setting, default, what is allowed, variable, flag, what it is for.
std::string markdown_reference(const Configuration& configuration);
/// One line for each wrong setting, after a line that says how many there are.
std::string describe_errors(const Error& error);

}  // namespace filmoteka::config
