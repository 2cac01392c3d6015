#include "handshake_filter.hpp"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>

namespace filmoteka::http {

bool drop_new_handshakes(int listening) {
  constexpr unsigned kFlags =
      13;  // their byte in the TCP header, where a filter of a TCP socket begins to read
  constexpr unsigned kSyn = 0x02;
  constexpr unsigned kKeepAll = 0xFFFFFFFF;
  std::array<sock_filter, 4> program = {{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlags),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kSyn, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, kKeepAll),
  }};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::setsockopt(listening, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

}  // namespace filmoteka::http
