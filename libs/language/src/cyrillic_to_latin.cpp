#include "spelling.hpp"

namespace filmoteka::language {
namespace {

using enum Where;

// The usual schemes first (BGN, GOST, passports), then the English word whose sound it may be.
constexpr Rule kRules[] = {
    // Several letters for one English spelling.
    {"дж", kAnywhere, {{"j", 0}, {"dzh", 2}, {"g", 5}, {"dj", 5}}},
    {"кс", kAnywhere, {{"x", 0}, {"ks", 2}, {"cks", 7}, {"cs", 8}}},
    {"кв", kAnywhere, {{"kv", 0}, {"qu", 4}}},
    {"шн", kEnd, {{"tion", 3}}},
    {"шен", kEnd, {{"tion", 4}}},
    {"мен", kEnd, {{"men", 0}, {"man", 2}}},
    {"мэн", kEnd, {{"man", 0}, {"men", 3}}},
    {"ск", kAnywhere, {{"sk", 0}, {"sc", 4}}},
    {"кк", kAnywhere, {{"kk", 0}, {"ck", 2}, {"cc", 4}}},
    {"уо", kAnywhere, {{"wo", 3}, {"wa", 4}}},
    {"уэ", kAnywhere, {{"we", 1}, {"wa", 4}}},
    {"уи", kAnywhere, {{"wi", 2}}},
    {"ай", kAnywhere, {{"ay", 0}, {"ai", 1}, {"i", 3}, {"y", 5}, {"aj", 4}, {"igh", 8}}},
    {"эй", kAnywhere, {{"ey", 0}, {"ay", 2}, {"a", 3}, {"ei", 3}, {"ai", 4}}},
    {"ей", kAnywhere, {{"ey", 0}, {"ei", 1}, {"ay", 4}, {"a", 4}, {"ai", 5}, {"ej", 5}}},
    {"ой", kAnywhere, {{"oy", 0}, {"oi", 1}, {"oj", 4}}},
    {"уй", kAnywhere, {{"uy", 0}, {"ui", 1}, {"uj", 4}}},
    {"ий", kAnywhere, {{"iy", 0}, {"y", 1}, {"i", 2}, {"ii", 3}, {"ij", 3}}},
    {"ый", kAnywhere, {{"yy", 1}, {"y", 0}, {"yi", 3}, {"iy", 3}, {"yj", 4}}},
    {"оу", kAnywhere, {{"ou", 0}, {"o", 3}, {"ow", 3}, {"oa", 6}}},
    {"ау", kAnywhere, {{"au", 0}, {"ow", 3}, {"ou", 3}}},
    {"ия", kAnywhere, {{"iya", 0}, {"ia", 1}, {"ija", 5}}},
    {"ью", kAnywhere, {{"yu", 0}, {"iu", 3}, {"ew", 3}, {"u", 4}, {"ju", 4}}},
    {"ья", kAnywhere, {{"ya", 0}, {"ia", 2}, {"ja", 4}}},
    {"ье", kAnywhere, {{"ye", 0}, {"ie", 1}, {"yo", 4}, {"je", 4}}},
    {"йо", kAnywhere, {{"yo", 0}, {"jo", 4}}},
    // Single letters.
    {"а", kAnywhere, {{"a", 0}, {"u", 7}}},
    {"а", kEnd, {{"e", 6}}},
    {"б", kAnywhere, {{"b", 0}}},
    {"в", kAnywhere, {{"v", 0}, {"w", 4}}},
    {"г", kAnywhere, {{"g", 0}, {"h", 5}}},
    {"д", kAnywhere, {{"d", 0}}},
    {"е", kAnywhere, {{"e", 0}, {"a", 6}, {"yo", 7}, {"ea", 9}}},
    {"е", kStart, {{"ye", 2}, {"yo", 4}, {"je", 6}}},
    {"е", kAfterVowel, {{"ye", 2}}},
    {"ж", kAnywhere, {{"zh", 0}, {"j", 3}, {"g", 6}}},
    {"з", kAnywhere, {{"z", 0}, {"s", 6}}},
    {"и", kAnywhere, {{"i", 0}, {"ee", 6}, {"ea", 7}, {"y", 7}, {"e", 8}}},
    {"и", kEnd, {{"y", 2}, {"ie", 6}, {"ey", 6}}},
    {"й", kAnywhere, {{"y", 0}, {"i", 2}, {"j", 4}}},
    {"к", kAnywhere, {{"k", 0}, {"c", 3}, {"ch", 9}}},
    {"к", kEnd, {{"ck", 4}}},
    {"л", kAnywhere, {{"l", 0}}},
    {"л", kAfterVowel, {{"ll", 7}}},
    {"м", kAnywhere, {{"m", 0}}},
    {"н", kAnywhere, {{"n", 0}}},
    {"н", kAfterVowel, {{"nn", 9}}},
    {"о", kAnywhere, {{"o", 0}, {"a", 7}}},
    {"п", kAnywhere, {{"p", 0}}},
    {"р", kAnywhere, {{"r", 0}}},
    {"с", kAnywhere, {{"s", 0}}},
    {"с", kAfterVowel, {{"ss", 8}}},
    {"с", kBeforeFront, {{"c", 5}}},
    {"с", kEnd, {{"ce", 6}, {"se", 8}}},
    {"т", kAnywhere, {{"t", 0}, {"th", 6}}},
    {"у", kAnywhere, {{"u", 0}, {"oo", 5}, {"ou", 8}}},
    {"у", kStart, {{"w", 3}}},
    {"ф", kAnywhere, {{"f", 0}, {"ph", 5}}},
    {"х", kAnywhere, {{"kh", 0}, {"h", 0}, {"ch", 7}, {"x", 8}}},
    {"ц", kAnywhere, {{"ts", 0}, {"c", 2}, {"tz", 5}, {"z", 6}}},
    {"ч", kAnywhere, {{"ch", 0}, {"tch", 7}, {"c", 8}}},
    {"ш", kAnywhere, {{"sh", 0}, {"sch", 6}, {"ch", 8}}},
    {"щ", kAnywhere, {{"shch", 0}, {"sch", 1}, {"sh", 5}, {"shh", 7}}},
    {"ъ", kAnywhere, {{"", 0}}},
    {"ы", kAnywhere, {{"y", 0}, {"i", 3}}},
    {"ы", kEnd, {{"s", 3}}},
    {"ь", kAnywhere, {{"", 0}}},
    {"э", kAnywhere, {{"e", 0}, {"a", 3}}},
    {"ю", kAnywhere, {{"yu", 0}, {"iu", 2}, {"ju", 3}, {"u", 3}, {"ew", 7}}},
    {"я", kAnywhere, {{"ya", 0}, {"ia", 2}, {"ja", 3}, {"a", 8}}},
    // Ukrainian.
    {"і", kAnywhere, {{"i", 0}}},
    {"ї", kAnywhere, {{"yi", 0}, {"i", 1}}},
    {"є", kAnywhere, {{"ye", 0}, {"ie", 1}}},
    {"ґ", kAnywhere, {{"g", 0}}},
};

}  // namespace

std::span<const Rule> cyrillic_to_latin() {
  return kRules;
}

}  // namespace filmoteka::language
