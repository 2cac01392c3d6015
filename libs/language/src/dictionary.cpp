#include "dictionary.hpp"

#include "dictionary_data.hpp"

#include <stdexcept>

namespace filmoteka::language {
namespace {

class File {
 public:
  explicit File(Bytes bytes) : bytes_(bytes) {
    if (bytes_.size() >= sizeof(DictionaryHeader)) header_ = Packed<DictionaryHeader>(bytes_)[0];
    // Only a defect of the build can put anything else here.
    if (bytes_.size() < sizeof(DictionaryHeader) || header_.magic != DictionaryHeader::kMagic) {
      throw std::logic_error("the dictionary in the program is none");
    }
  }

  Bytes part(Part which) const {
    const auto place = header_.parts[static_cast<std::size_t>(which)];
    return bytes_.subspan(place.offset, place.size);
  }
  std::string_view text(Part which) const {
    const Bytes bytes = part(which);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

 private:
  Bytes bytes_;
  DictionaryHeader header_;
};

Dictionary view(const File& file) {
  Dictionary dictionary;
  dictionary.words = Dawg(file.part(Part::kWords));
  dictionary.prediction = {Dawg(file.part(Part::kPrediction0)), Dawg(file.part(Part::kPrediction1)),
                           Dawg(file.part(Part::kPrediction2))};
  dictionary.paradigms = Packed<std::uint32_t>(file.part(Part::kParadigms));
  dictionary.forms = Packed<Form>(file.part(Part::kForms));
  dictionary.suffixes = Packed<std::uint32_t>(file.part(Part::kSuffixes));
  dictionary.suffix_text = file.text(Part::kSuffixText);
  std::string_view rest = file.text(Part::kPrefixText);
  for (std::string_view& prefix : dictionary.prefixes) {
    prefix = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(prefix.size() + 1);
  }
  return dictionary;
}

}  // namespace

std::optional<Form> Dictionary::find_form(std::size_t paradigm, std::size_t number) const {
  if (paradigm + 1 >= paradigms.size()) return std::nullopt;
  if (number >= paradigms[paradigm + 1] - paradigms[paradigm]) return std::nullopt;
  return forms[paradigms[paradigm] + number];
}

std::string_view Dictionary::suffix_of(Form form) const {
  const std::size_t begin = suffixes[form.suffix];
  return suffix_text.substr(begin, suffixes[std::size_t{form.suffix} + 1] - begin);
}

std::optional<std::string> lemma(const Dictionary& dictionary, std::string_view word, std::size_t paradigm,
                                 std::size_t form) {
  const auto from = dictionary.find_form(paradigm, form);
  const auto to = dictionary.find_form(paradigm, 0);
  if (!from || !to) return std::nullopt;
  const std::string_view prefix = dictionary.prefix_of(*from);
  const std::string_view suffix = dictionary.suffix_of(*from);
  if (word.size() < prefix.size() + suffix.size() || !word.starts_with(prefix) || !word.ends_with(suffix)) {
    return std::nullopt;
  }
  const std::string_view base = word.substr(prefix.size(), word.size() - prefix.size() - suffix.size());
  std::string result(dictionary.prefix_of(*to));
  result += base;
  result += dictionary.suffix_of(*to);
  return result;
}

const Dictionary& built_in_dictionary() {
  static const Dictionary dictionary = view(File(dictionary_data()));
  return dictionary;
}

}  // namespace filmoteka::language
