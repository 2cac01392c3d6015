#include <boost/json/object.hpp>
#include <metadata/core/write/merge_patch.hpp>

namespace filmoteka::metadata {

void apply_merge_patch(boost::json::value& target, const boost::json::value& patch) {
  const auto* changes = patch.if_object();
  if (changes == nullptr) {
    target = patch;
    return;
  }
  if (!target.is_object()) target.emplace_object();
  auto& object = target.get_object();
  for (const auto& member : *changes) {
    if (member.value().is_null()) {
      object.erase(member.key());
    } else {
      apply_merge_patch(object[member.key()], member.value());
    }
  }
}

}  // namespace filmoteka::metadata
