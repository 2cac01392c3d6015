// Makes the file that becomes part of the program (src/dictionary_format.hpp) from the dictionary of the npm
// package az: pymorphy2's format 2.4 with keys in Windows-1251. Usage: filmoteka-make-dictionary DICTS OUTPUT
#include "dictionary_format.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::language {
namespace {

using Folder = std::filesystem::path;

// In the order of pymorphy2's compile option paradigm_prefixes; already folded.
constexpr std::array<std::string_view, kPrefixes> kPrefixTexts = {"", "по", "наи"};

std::string read(const Folder& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file || bytes.empty()) throw std::runtime_error("cannot read " + path.string());
  return bytes;
}

std::vector<std::string> read_strings(const Folder& path) {
  return boost::json::value_to<std::vector<std::string>>(boost::json::parse(read(path)));
}

template <class T>
std::vector<T> numbers_in(std::string_view bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(T));
  return numbers;
}

template <class T>
std::string bytes_of(const std::vector<T>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T)};
}

/// ё→е, as domain::fold does; all else in the dictionary is folded.
std::string folded(std::string text) {
  constexpr std::string_view kIo = "ё";
  constexpr std::string_view kIe = "е";
  for (std::size_t at = text.find(kIo); at != std::string::npos; at = text.find(kIo, at)) {
    text.replace(at, kIo.size(), kIe);
  }
  return text;
}

/// Whether words are still made that are inflected so (pymorphy2's is_productive).
bool is_productive(std::string_view tag) {
  for (const char* closed :
       {"NUMR", "NPRO", "PRED", "PREP", "CONJ", "PRCL", "INTJ", "Apro", "NUMB", "ROMN", "LATN"}) {
    if (tag.find(closed) != std::string_view::npos) return false;
  }
  return true;
}

struct Paradigms {
  std::vector<std::uint32_t> starts;
  std::vector<Form> forms;
};

/// The file: number of paradigms; for each its length, then the suffixes, the tags and the prefixes of its
/// forms.
Paradigms read_paradigms(const Folder& dicts, std::size_t suffixes) {
  const auto tags = read_strings(dicts / "gramtab-opencorpora-int.json");
  const auto numbers = numbers_in<std::uint16_t>(read(dicts / "paradigms.array"));
  Paradigms result;
  std::size_t at = 1;
  for (std::size_t paradigm = 0; paradigm < numbers.at(0); ++paradigm) {
    const std::size_t forms = numbers.at(at++) / 3U;
    result.starts.push_back(static_cast<std::uint32_t>(result.forms.size()));
    for (std::size_t i = 0; i < forms; ++i) {
      const std::uint16_t suffix = numbers.at(at + i);
      const std::uint16_t prefix = numbers.at(at + 2 * forms + i);
      if (suffix >= suffixes || prefix >= kPrefixes) throw std::runtime_error("paradigms.array is damaged");
      const bool productive = is_productive(tags.at(numbers.at(at + forms + i)));
      result.forms.push_back({suffix, static_cast<std::uint8_t>(prefix), productive});
    }
    at += 3 * forms;
  }
  result.starts.push_back(static_cast<std::uint32_t>(result.forms.size()));
  if (at != numbers.size()) throw std::runtime_error("paradigms.array has another length than it says");
  return result;
}

using Parts = std::array<std::string, static_cast<std::size_t>(Part::kNumberOfParts)>;

Parts read_parts(const Folder& dicts) {
  Parts parts;
  const auto part = [&](Part which) -> std::string& {
    return parts[static_cast<std::size_t>(which)];
  };
  part(Part::kWords) = read(dicts / "words.dawg");
  part(Part::kPrediction0) = read(dicts / "prediction-suffixes-0.dawg");
  part(Part::kPrediction1) = read(dicts / "prediction-suffixes-1.dawg");
  part(Part::kPrediction2) = read(dicts / "prediction-suffixes-2.dawg");
  const auto suffixes = read_strings(dicts / "suffixes.json");
  const Paradigms paradigms = read_paradigms(dicts, suffixes.size());
  part(Part::kParadigms) = bytes_of(paradigms.starts);
  part(Part::kForms) = bytes_of(paradigms.forms);
  std::vector<std::uint32_t> begins = {0};
  for (const std::string& suffix : suffixes) {
    part(Part::kSuffixText) += folded(suffix);
    begins.push_back(static_cast<std::uint32_t>(part(Part::kSuffixText).size()));
  }
  part(Part::kSuffixes) = bytes_of(begins);
  for (const std::string_view prefix : kPrefixTexts) part(Part::kPrefixText).append(prefix).push_back('\0');
  return parts;
}

void write(const Parts& parts, const Folder& output) {
  DictionaryHeader header;
  std::string body;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    header.parts[i] = {sizeof(header) + body.size(), parts[i].size()};
    body += parts[i];
    body.resize((body.size() + 7) / 8 * 8);
  }
  std::ofstream file(output, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&header), sizeof(header));
  file << body;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + output.string());
}

}  // namespace
}  // namespace filmoteka::language

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: filmoteka-make-dictionary DICTS OUTPUT\n";
    return 2;
  }
  try {
    filmoteka::language::write(filmoteka::language::read_parts(argv[1]), argv[2]);
  } catch (const std::exception& failure) {
    std::cerr << "filmoteka-make-dictionary: " << failure.what() << '\n';
    return 1;
  }
}
