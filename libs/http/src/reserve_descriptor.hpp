/// A spare file descriptor. When the process has run out of them, giving it up lets one more connection in,
/// just to be told so; without it, waiting connections would make accept fail again and again.
#pragma once

namespace filmoteka::http {

class ReserveDescriptor {
 public:
  ReserveDescriptor();
  ~ReserveDescriptor();
  ReserveDescriptor(const ReserveDescriptor&) = delete;
  ReserveDescriptor& operator=(const ReserveDescriptor&) = delete;

  void release();
  /// Takes one again; leaves it if there is none, until the next call.
  void acquire();

 private:
  int descriptor_ = -1;
};

}  // namespace filmoteka::http
