/// The keys of a source that is asked over HTTP, which stand on the definition's first level.
#pragma once

#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/web_source.hpp>

namespace filmoteka::scraper {

WebSource read_web_source(KeyReader& reader, AnswerKind kind, Compilation& compilation);

/// The block `details:`. `base` is the source so far: its kind and mapping.
Details read_details(const config::YamlNode& node, const WebSource& base, Compilation& compilation);

/// `items:` of an answer of that kind, into the fields of `target` (a WebSource or Details).
template <class Target>
void read_items(KeyReader& reader, Target& target, Compilation& compilation);

Reading reading_of(AnswerKind kind);

}  // namespace filmoteka::scraper
