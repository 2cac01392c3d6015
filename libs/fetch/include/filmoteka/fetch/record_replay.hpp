/// Answers of a source on disk: recorded once, replayed without a network. A cassette is a folder with the
/// file exchanges.jsonl, one exchange a line: {"request": {"method", "url", "headers", "body"}, "response":
/// {"status", "url", "headers", "body" or, of bytes that are no text, "body_latin1"}} or {"request", "error":
/// {"code", "message"}}. What is secret (cookies, authorisation, keys in addresses) is recorded as "***".
#pragma once

#include <filmoteka/fetch/fetcher.hpp>

#include <filesystem>
#include <memory>

namespace filmoteka::fetch {

/// Hands on to `inner`, which outlives it, and appends each exchange to the cassette, which is made anew.
/// kUnavailable: it cannot be written.
Result<std::unique_ptr<Fetcher>> make_recording_fetcher(Fetcher& inner,
                                                        const std::filesystem::path& cassette);

/// Answers from the cassette by method, address and body; what was asked several times is answered in that
/// order, the last answer again and again. A request that is not in it fails (kInvalidArgument) and names the
/// nearest one that is. kNotFound: no cassette; kCorrupt: with the line.
Result<std::unique_ptr<Fetcher>> make_replaying_fetcher(const std::filesystem::path& cassette);

}  // namespace filmoteka::fetch
