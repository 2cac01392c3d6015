#include "title/words.hpp"

#include <algorithm>
#include <array>

namespace filmoteka::domain::titles {
namespace {

/// A phrase in folded words and the tag it stands for; an empty tag says nothing about the film.
struct Phrase {
  std::string_view words;
  std::string_view tag;
};

/// The longer ones of those that end alike come first.
constexpr auto kPhrases = std::to_array<Phrase>({{"смотреть онлайн бесплатно", ""},
                                                 {"в хорошем качестве", ""},
                                                 {"в отличном качестве", ""},
                                                 {"в высоком качестве", ""},
                                                 {"смотреть онлайн", ""},
                                                 {"фильм целиком", ""},
                                                 {"полный фильм", ""},
                                                 {"фильм полностью", ""},
                                                 {"без рекламы", ""},
                                                 {"на русском языке", ""},
                                                 {"на русском", ""},
                                                 {"русские субтитры", "субтитры"},
                                                 {"с субтитрами", "субтитры"},
                                                 {"субтитры", "субтитры"},
                                                 {"english subtitles", "субтитры"},
                                                 {"многоголосый", "многоголосый"},
                                                 {"двухголосый", "двухголосый"},
                                                 {"одноголосый", "одноголосый"},
                                                 {"закадровый", "закадровый"},
                                                 {"lostfilm", "LostFilm"},
                                                 {"newstudio", "NewStudio"},
                                                 {"hdrezka", "HDRezka"},
                                                 {"full movie", ""},
                                                 {"дубляж", "дубляж"},
                                                 {"дублированный", "дублированный"},
                                                 {"дублирован", "дублированный"},
                                                 {"официальный", "официальный"},
                                                 {"финальный", "финальный"},
                                                 {"русский", "русский"},
                                                 {"official", "официальный"},
                                                 {"трейлер", "трейлер"},
                                                 {"трейлера", "трейлер"},
                                                 {"тизер", "тизер"},
                                                 {"trailer", "трейлер"},
                                                 {"teaser", "тизер"},
                                                 {"full hd", "Full HD"},
                                                 {"fullhd", "Full HD"},
                                                 {"ultra hd", "4K"},
                                                 {"hd", "HD"},
                                                 {"4 k", "4K"},
                                                 {"2160 p", "4K"},
                                                 {"1080 p", "1080p"},
                                                 {"720 p", "720p"},
                                                 {"web dl", "WEB-DL"},
                                                 {"webdl", "WEB-DL"},
                                                 {"web rip", "WEBRip"},
                                                 {"webrip", "WEBRip"},
                                                 {"bdrip", "BDRip"},
                                                 {"hdrip", "HDRip"},
                                                 {"dvdrip", "DVDRip"},
                                                 {"camrip", "CAMRip"},
                                                 {"bluray", "BluRay"},
                                                 {"blu ray", "BluRay"},
                                                 {"ts", "TS"},
                                                 {"смотреть", ""},
                                                 {"онлайн", ""},
                                                 {"бесплатно", ""},
                                                 {"года", ""},
                                                 {"год", ""}});

/// Number of words of the phrase if `words` end in it, else 0.
std::size_t matches_end(const std::vector<Word>& words, std::string_view phrase) {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::size_t space = phrase.rfind(' ');
    const std::string_view last = space == std::string_view::npos ? phrase : phrase.substr(space + 1);
    if (count == words.size() || words[words.size() - 1 - count].folded != last) return 0;
    ++count;
    phrase = space == std::string_view::npos ? std::string_view{} : phrase.substr(0, space);
  }
  return count;
}

/// "озвучка X", "русская озвучка X Y": from the word on, up to three words of a studio's name.
std::size_t voice_over_at_end(const std::vector<Word>& words, std::string& tag) {
  constexpr std::size_t kLongestName = 4;
  for (std::size_t count = 1; count <= std::min(words.size(), kLongestName); ++count) {
    const std::string& word = words[words.size() - count].folded;
    if (word != "озвучка" && word != "озвучке" && word != "перевод") continue;
    tag = word == "перевод" ? "перевод" : "озвучка";
    std::string name;
    for (std::size_t i = words.size() - count + 1; i < words.size(); ++i) {
      // "subziro89" was taken for two words.
      if (i == words.size() - count + 1 || words[i].begin != words[i - 1].end) name += ' ';
      name += words[i].folded;
    }
    tag += name;
    return count;
  }
  return 0;
}

}  // namespace

std::size_t tag_at_end(const std::vector<Word>& words, std::string& tag) {
  for (const Phrase& phrase : kPhrases) {
    const std::size_t count = matches_end(words, phrase.words);
    if (count == 0) continue;
    tag = phrase.tag;
    return count;
  }
  return voice_over_at_end(words, tag);
}

}  // namespace filmoteka::domain::titles
