#include "cassette.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::fetch {

namespace {

namespace json = boost::json;

constexpr std::string_view kHidden = "***";
constexpr std::array<std::string_view, 6> kSecretHeaders = {
    "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token"};
constexpr std::array<std::string_view, 11> kSecretParameters = {"key",          "api_key",  "apikey", "token",
                                                                "access_token", "auth",     "sig",    "sign",
                                                                "signature",    "password", "secret"};

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), to_lower_ascii(name)) != names.end();
}

std::string scrubbed_url(std::string_view url) {
  const auto question = url.find('?');
  std::string out(url.substr(0, question));
  if (question == std::string_view::npos) return out;
  char before = '?';
  for (const auto part : split(url.substr(question + 1), '&')) {
    const auto equals = part.find('=');
    const bool is_secret =
        equals != std::string_view::npos && is_among(kSecretParameters, part.substr(0, equals));
    out += before;
    out += is_secret ? part.substr(0, equals + 1) : part;
    if (is_secret) out += kHidden;
    before = '&';
  }
  return out;
}

/// Bytes as the characters of ISO 8859-1, so that JSON can hold them and a person can see what they are.
std::string latin1(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) append_utf8(text, static_cast<unsigned char>(byte));
  return text;
}

std::string bytes_from(std::string_view text) {
  std::string bytes;
  while (!text.empty()) bytes += static_cast<char>(take_code_point(text));
  return bytes;
}

json::array headers_json(const HeaderList& headers) {
  json::array lines;
  for (const auto& [name, value] : headers)
    lines.push_back(json::array{name, is_among(kSecretHeaders, name) ? std::string(kHidden) : value});
  return lines;
}

HeaderList headers_from(const json::value& lines) {
  HeaderList headers;
  for (const auto& line : lines.as_array())
    headers.emplace_back(line.as_array().at(0).as_string(), line.as_array().at(1).as_string());
  return headers;
}

std::string key_of(std::string_view method, std::string_view url, std::string_view body) {
  return std::string(method) + " " + std::string(url) + (body.empty() ? "" : " " + std::string(body));
}

FetchResponse response_from(const json::object& object) {
  FetchResponse response;
  response.status = object.at("status").to_number<int>();
  response.url = object.at("url").as_string();
  response.headers = headers_from(object.at("headers"));
  const auto* text = object.if_contains("body");
  response.body =
      text != nullptr ? std::string(text->as_string()) : bytes_from(object.at("body_latin1").as_string());
  response.received_bytes = response.body.size();
  return response;
}

}  // namespace

std::string exchange_key(const FetchRequest& request) {
  return key_of(request.method, scrubbed_url(request.url), request.body);
}

json::object exchange_json(const FetchRequest& request, const Result<FetchResponse>& outcome) {
  json::object line{{"request", json::object{{"method", request.method},
                                             {"url", scrubbed_url(request.url)},
                                             {"headers", headers_json(request.headers)},
                                             {"body", request.body}}}};
  if (outcome.has_error()) {
    line["error"] =
        json::object{{"code", to_string(outcome.error().code)}, {"message", outcome.error().message}};
    return line;
  }
  json::object response{{"status", outcome->status},
                        {"url", scrubbed_url(outcome->url)},
                        {"headers", headers_json(outcome->headers)}};
  if (is_valid_utf8(outcome->body))
    response["body"] = outcome->body;
  else
    response["body_latin1"] = latin1(outcome->body);
  line["response"] = std::move(response);
  return line;
}

Result<Exchange> parse_exchange(std::string_view line) {
  json::error_code error;
  const auto value = json::parse(line, error);
  if (error) return corrupt("It is no JSON.", error.message());
  try {
    const auto& object = value.as_object();
    const auto& request = object.at("request").as_object();
    auto key = key_of(request.at("method").as_string(), request.at("url").as_string(),
                      request.at("body").as_string());
    if (const auto* failed = object.if_contains("error"))
      return Exchange{std::move(key),
                      unavailable(std::string(failed->as_object().at("message").as_string()))};
    return Exchange{std::move(key), response_from(object.at("response").as_object())};
  } catch (const std::exception& wrong) {
    return corrupt("It is no exchange.", wrong.what());
  }
}

}  // namespace filmoteka::fetch
