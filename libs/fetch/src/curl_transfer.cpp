#include "curl_transfer.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/address_guard.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace filmoteka::fetch {

namespace {

constexpr std::size_t kRatioGrace = 1024 * 1024;  ///< decoded bytes before the ratio counts
constexpr std::uint64_t kRawSlack = 16 * 1024;    ///< libcurl may count its current buffer only afterwards
constexpr int kPollMilliseconds = 50;             ///< how soon a stop is noticed
constexpr std::size_t kMaxHeaders = 200;

struct Transfer {
  CURL* easy;
  const FetcherSettings& settings;
  std::size_t max_body;
  FetchResponse response{};
  std::size_t header_bytes = 0;
  std::string refusal{};  ///< why we ended it ourselves
  bool met_private_address = false;
  bool is_address_free = false;  ///< any address may be connected to: a proxy is, or the source is our own
};

/// The last moment at which it is known who is connected to, whatever names and redirects have said.
curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.is_address_free && !is_public_address(address->addr)) {
    transfer.met_private_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// One coding is usual; more than two in a row are a bomb's.
bool is_overcoded(std::string_view value) {
  return std::count(value.begin(), value.end(), ',') > 1;
}

struct SlistDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistDeleter>;

std::uint64_t received(CURL* easy) {
  curl_off_t bytes = 0;
  curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
  return static_cast<std::uint64_t>(std::max<curl_off_t>(bytes, 0));
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  auto& body = transfer.response.body;
  const auto decoded = body.size() + size;
  if (decoded > transfer.max_body) {
    transfer.refusal = "sent more than " + std::to_string(transfer.max_body) + " bytes";
    return 0;
  }
  const auto most = (received(transfer.easy) + kRawSlack) * transfer.settings.max_ratio;
  if (decoded > kRatioGrace && decoded > most) {
    transfer.refusal = "sent a body that unpacks to more than " +
                       std::to_string(transfer.settings.max_ratio) + " times its size";
    return 0;
  }
  try {
    body.append(data, size);
  } catch (const std::bad_alloc&) {
    transfer.refusal = "sent more than there is memory for";
    return 0;
  }
  return size;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.header_bytes += size;
  if (transfer.header_bytes > transfer.settings.max_header_bytes) {
    transfer.refusal =
        "sent more than " + std::to_string(transfer.settings.max_header_bytes) + " bytes of headers";
    return 0;
  }
  if (transfer.response.headers.size() >= kMaxHeaders) {
    transfer.refusal = "sent more than " + std::to_string(kMaxHeaders) + " headers";
    return 0;
  }
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) transfer.response.headers.clear();
  if (const auto colon = line.find(':'); colon != std::string_view::npos && colon > 0)
    transfer.response.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  const auto* coding = find_header(transfer.response.headers, "Content-Encoding");
  if (coding != nullptr && is_overcoded(*coding)) {
    transfer.refusal = "sent a body in more than two codings";
    return 0;
  }
  return size;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
}

void add(Slist& list, const std::string& line) {
  auto* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

/// Tells nothing of us that one server alone should know.
bool is_for_anybody(std::string_view name) {
  return equals_ignore_case_ascii(name, "Accept") || equals_ignore_case_ascii(name, "Accept-Language");
}

Slist header_list(const FetchRequest& request, const Hop& hop) {
  Slist list;
  for (const auto& [name, value] : request.headers)
    if (hop.is_first_origin || is_for_anybody(name)) add(list, name + ": " + value);
  if (hop.has_body) {
    add(list, "Content-Type: " + request.content_type);
    add(list, "Expect:");  // libcurl would wait for a 100
  }
  return list;
}

void configure(Transfer& transfer, const FetchRequest& request, const Hop& hop, curl_slist* headers,
               Deadline deadline) {
  CURL* easy = transfer.easy;
  const auto& settings = transfer.settings;
  const auto total = std::min<std::int64_t>(settings.total_timeout.count(), deadline.remaining().count());
  curl_easy_reset(easy);  // cookies stay
  set(easy, CURLOPT_URL, hop.url.text.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs must not hold up our end
  const auto& proxy = request.proxy.empty() ? settings.proxy : request.proxy;
  set(easy, CURLOPT_PROXY, proxy.c_str());
  set(easy, CURLOPT_NOPROXY, "");
  transfer.is_address_free = request.allow_private_addresses || !proxy.empty();
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
  if (!settings.ca_file.empty()) set(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  if (hop.has_body) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_USERAGENT, user_agent(settings).c_str());
  // Without zstd: its windows take memory before we see the first byte.
  set(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
  set(easy, CURLOPT_HTTPHEADER, headers);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(total, 1)));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(settings.low_speed_bytes_per_second));
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.low_speed_time.count()));
  set(easy, CURLOPT_WRITEFUNCTION, &on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(easy, CURLOPT_HEADERFUNCTION, &on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
}

/// Drives the transfer in short steps so that a stop is noticed at once. nullopt: stopped.
std::optional<CURLcode> drive(CurlSession& session, const std::atomic<bool>* stop) {
  std::optional<CURLcode> outcome;
  curl_multi_add_handle(session.multi(), session.easy());
  while (!outcome) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) break;
    int running = 0;
    if (curl_multi_perform(session.multi(), &running) != CURLM_OK) outcome = CURLE_FAILED_INIT;
    int left = 0;
    while (const auto* message = curl_multi_info_read(session.multi(), &left))
      if (message->msg == CURLMSG_DONE) outcome = message->data.result;
    if (!outcome) curl_multi_poll(session.multi(), nullptr, 0, kPollMilliseconds, nullptr);
  }
  curl_multi_remove_handle(session.multi(), session.easy());
  return outcome;
}

Error failure(const Transfer& transfer, CURLcode code, const WebUrl& url, const char* reason) {
  const auto host = url.origin();
  const std::string detail =
      std::string(*reason != '\0' ? reason : curl_easy_strerror(code)) + " (" + url.text + ")";
  if (transfer.met_private_address)
    return invalid_argument(
        host +
        " is at an address that is not the Internet's and is not asked. For a server of your "
        "own set network.allow_private in the source.");
  if (!transfer.refusal.empty())
    return {ErrorCode::kPayloadTooLarge, host + " " + transfer.refusal + ".", url.text, {}};
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return deadline_exceeded(host + " did not answer in time.", detail);
    case CURLE_COULDNT_RESOLVE_HOST:
      return unavailable("The name of " + host + " could not be found. Is there a network?", detail);
    case CURLE_COULDNT_CONNECT:
      return unavailable(host + " could not be reached.", detail);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return unavailable("The connection to " + host + " is not secure: its certificate was refused.",
                         detail);
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return corrupt(host + " sent an answer that is not proper HTTP.", detail);
    default:
      return unavailable("The connection to " + host + " broke.", detail);
  }
}

}  // namespace

CurlSession::CurlSession() : easy_(curl_easy_init()), multi_(curl_multi_init()) {
  if (easy_ != nullptr && multi_ != nullptr) return;
  curl_easy_cleanup(easy_);
  curl_multi_cleanup(multi_);
  throw std::bad_alloc();
}

CurlSession::~CurlSession() {
  curl_easy_cleanup(easy_);
  curl_multi_cleanup(multi_);
}

Result<FetchResponse> transfer(CurlSession& session, const FetcherSettings& settings,
                               const FetchRequest& request, const Hop& hop, Deadline deadline) {
  const auto& url = hop.url;
  const auto max_body = request.max_body_bytes != 0 ? request.max_body_bytes : settings.max_body_bytes;
  Transfer state{.easy = session.easy(), .settings = settings, .max_body = max_body};
  const auto headers = header_list(request, hop);
  char reason[CURL_ERROR_SIZE] = "";
  configure(state, request, hop, headers.get(), deadline);
  set(session.easy(), CURLOPT_ERRORBUFFER, &reason[0]);
  const auto outcome = drive(session, request.stop);
  state.response.received_bytes = received(session.easy());
  long status = 0;
  curl_easy_getinfo(session.easy(), CURLINFO_RESPONSE_CODE, &status);
  set(session.easy(), CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
  if (!outcome) return Error{ErrorCode::kCancelled, "Stopped.", url.text, {}};
  if (*outcome != CURLE_OK) return failure(state, *outcome, url, reason);
  state.response.status = static_cast<int>(status);
  state.response.url = url.text;
  return std::move(state.response);
}

}  // namespace filmoteka::fetch
