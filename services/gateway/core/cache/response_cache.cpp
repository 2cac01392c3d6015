#include <gateway/core/cache/response_cache.hpp>

namespace filmoteka::gateway {

template class BoundedCache<Entry>;

}  // namespace filmoteka::gateway
