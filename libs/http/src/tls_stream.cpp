#include "tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace filmoteka::http {
namespace {

using Record = std::array<char, SSL3_RT_MAX_PLAIN_LENGTH>;

/// Small pieces go into one record: each costs a header, a tag and a system call.
std::size_t gather(OutputQueue& output, Record& record) {
  std::size_t size = 0;
  for (const auto& buffer : output.buffers()) {
    const std::size_t taken = std::min(buffer.size(), record.size() - size);
    std::memcpy(record.data() + size, buffer.data(), taken);
    size += taken;
    if (size == record.size()) break;
  }
  return size;
}

}  // namespace

TlsStream::TlsStream(const TlsContext& context, int descriptor) : ssl_(SSL_new(context.get()), SSL_free) {
  if (!ssl_ || SSL_set_fd(ssl_.get(), descriptor) != 1) throw std::bad_alloc();
  SSL_set_accept_state(ssl_.get());
}

TlsStream::Step TlsStream::step_of(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
      return Step::kDone;
    case SSL_ERROR_WANT_READ:
      return Step::kReadable;
    case SSL_ERROR_WANT_WRITE:
      return Step::kWritable;
    default:
      ERR_clear_error();
      return Step::kEnded;
  }
}

TlsStream::Step TlsStream::handshake() {
  ERR_clear_error();  // SSL_get_error() looks at the thread's queue
  return step_of(SSL_do_handshake(ssl_.get()));
}

TlsStream::Step TlsStream::read(char* data, std::size_t size, std::size_t& bytes) {
  ERR_clear_error();
  return step_of(SSL_read_ex(ssl_.get(), data, size, &bytes));
}

TlsStream::Step TlsStream::write(OutputQueue& output) {
  Record record;
  while (!output.empty()) {
    const std::size_t size = gather(output, record);
    std::size_t written = 0;
    ERR_clear_error();
    const Step step = step_of(SSL_write_ex(ssl_.get(), record.data(), size, &written));
    if (step != Step::kDone) return step;
    output.consume(written);
  }
  return Step::kDone;
}

void TlsStream::say_goodbye() {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_.get()) != 0) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

}  // namespace filmoteka::http
