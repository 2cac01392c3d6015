/// Pages as a browser shows them, after their scripts have run.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::browser {

struct RenderRequest {
  std::string url;
  std::string wait_for;                 ///< a CSS selector; empty: until the page is quiet
  std::chrono::milliseconds settle{0};  ///< beyond that
  /// The body of the first answer that the page itself fetched from a URL with this text in it is wanted;
  /// empty: none.
  std::string json_url;
  std::vector<std::string> allowed_hosts;  ///< of documents: "example.org", ".example.org"
  bool allow_private_addresses = false;
  Deadline deadline = Deadline::never();
  const std::atomic<bool>* stop =
      nullptr;  ///< ends it early (kCancelled); may be null, must outlive the call
};

struct RenderedPage {
  std::string url;   ///< after redirects
  int status = 0;    ///< of the document
  std::string html;  ///< the DOM, UTF-8
  std::string json;  ///< what json_url asked for; empty if it was not seen
  std::uint64_t received_bytes = 0;
  std::chrono::milliseconds duration{0};
};

/// One page at a time; calls wait for their turn. All calls on one executor's thread.
class Renderer {
 public:
  virtual ~Renderer() = default;
  /// kUnavailable (there is no browser), kDeadlineExceeded, kPayloadTooLarge, kInvalidArgument (a URL that
  /// may not be opened), kCancelled, kCorrupt (the page crashed).
  virtual Task<Result<RenderedPage>> render(RenderRequest request) = 0;
  /// Ends the browser and all its processes.
  virtual Task<void> close() = 0;
};

}  // namespace filmoteka::browser
