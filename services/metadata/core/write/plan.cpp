#include <metadata/core/write/plan.hpp>
#include <metadata/core/write/steps.hpp>

#include <variant>

namespace filmoteka::metadata {

Result<WritePlan> plan_write(const Write& write, Holdings& held, Timestamp now) {
  Draft draft(held, now);
  const auto take = [&draft](const auto& one) {
    return draft_write(draft, one);
  };
  FILMOTEKA_CHECK(std::visit(take, write));
  return draft.finish();
}

}  // namespace filmoteka::metadata
