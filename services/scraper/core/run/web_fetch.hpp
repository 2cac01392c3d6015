/// A pipeline's request, asked politely. Internal to runs.
#pragma once

#include <filmoteka/fetch/polite_fetcher.hpp>

#include <scraper/core/extract/web_verdict.hpp>
#include <scraper/core/pipeline/web_request.hpp>
#include <scraper/core/run/run.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <atomic>

namespace filmoteka::scraper {

/// `definition.web()` must not be null; `stop` must outlive the request.
fetch::PoliteRequest polite_request(const SourceDefinition& definition, const WebRequest& request,
                                    const std::atomic<bool>& stop);

/// Borrows from `response`.
WebAnswer as_answer(const fetch::FetchResponse& response);

/// An answer that the pipeline can look at, whatever it says.
bool has_content(fetch::Verdict verdict);

EndReason end_reason_of(fetch::Verdict verdict);
EndReason end_reason_of(AnswerClass answer);

SavedPage saved_page(const fetch::FetchResponse& response, std::string what);

}  // namespace filmoteka::scraper
