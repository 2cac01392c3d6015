#include <filmoteka/config/yaml.hpp>

#include <boost/json.hpp>
#include <gateway/core/contract.hpp>

namespace filmoteka::gateway {

Result<std::string> contract_json() {
  FILMOTEKA_TRY(const config::YamlNode document, config::parse_yaml(contract_yaml(), "gateway.yaml"));
  return boost::json::serialize(document.to_json());
}

}  // namespace filmoteka::gateway
