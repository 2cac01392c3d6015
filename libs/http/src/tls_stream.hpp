/// TLS on a socket that somebody else waits for: every call does what it can at once.
#pragma once

#include "output_queue.hpp"
#include "tls_context.hpp"

#include <cstddef>
#include <memory>

struct ssl_st;

namespace filmoteka::http {

/// One thread. The descriptor is non-blocking, stays its owner's, and must outlive this. Writing to a peer
/// that has gone raises SIGPIPE: see ignore_broken_pipes().
class TlsStream {
 public:
  enum class Step {
    kDone,
    kReadable,  ///< call again when the socket can be read
    kWritable,  ///< call again when it can be written
    kEnded      ///< the peer has ended it, or broke the protocol: nothing more can be read or written
  };

  TlsStream(const TlsContext& context, int descriptor);

  Step handshake();
  /// kDone: `bytes` > 0 of them are in `data`.
  Step read(char* data, std::size_t size, std::size_t& bytes);
  /// Writes all that is queued, in records of up to 16 KiB. What is queued must not change between kWritable
  /// and the next call: a part of it may be encrypted already.
  Step write(OutputQueue& output);
  /// Says that nothing more will be sent; without waiting.
  void say_goodbye();

 private:
  Step step_of(int result);

  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
};

}  // namespace filmoteka::http
