/// The requests to choose from, ready to be sent.
#pragma once

#include <string>
#include <vector>

namespace load {

struct Request {
  std::size_t request_class;
  std::string bytes;
  bool has_body;  ///< of the answer; not of HEAD
  bool is_safe;   ///< may be sent a second time
};

struct Plan {
  std::vector<std::string> classes;
  std::vector<Request> requests;
};

/// Of a file with one request in each line, in fields between tabs: class, method, target, any number of
/// headers ("Name: value"). What is to come more often stands there more often. Throws std::runtime_error.
Plan read_plan(const std::string& path, const std::string& host);

}  // namespace load
