#include "reserve_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace filmoteka::http {

ReserveDescriptor::ReserveDescriptor() {
  acquire();
}
ReserveDescriptor::~ReserveDescriptor() {
  release();
}

void ReserveDescriptor::release() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void ReserveDescriptor::acquire() {
  if (descriptor_ < 0) descriptor_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

}  // namespace filmoteka::http
