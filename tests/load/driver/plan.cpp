#include "plan.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace load {
namespace {

std::size_t class_number(std::vector<std::string>& classes, const std::string& name) {
  const auto found = std::find(classes.begin(), classes.end(), name);
  if (found != classes.end()) return static_cast<std::size_t>(found - classes.begin());
  classes.push_back(name);
  return classes.size() - 1;
}

}  // namespace

Plan read_plan(const std::string& path, const std::string& host) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + " cannot be read");
  Plan plan;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string name, method, target;
    if (!std::getline(fields, name, '\t') || !std::getline(fields, method, '\t') ||
        !std::getline(fields, target, '\t')) {
      throw std::runtime_error("no request: " + line);
    }
    std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (std::string header; std::getline(fields, header, '\t');) bytes += header + "\r\n";
    const bool is_safe = method == "GET" || method == "HEAD";
    if (!is_safe) bytes += "Content-Length: 0\r\n";
    plan.requests.push_back({class_number(plan.classes, name), bytes + "\r\n", method != "HEAD", is_safe});
  }
  if (plan.requests.empty()) throw std::runtime_error(path + " has no requests");
  return plan;
}

}  // namespace load
