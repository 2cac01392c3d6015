/// One Latin spelling of a Russian or Latin title, in which its romanisations meet.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::domain {

/// `text` is folded and without spaces. Cyrillic is romanised by BGN/PCGN without apostrophes; then, as in
/// Latin text, what the systems (BGN/PCGN, ISO 9, GOST 7.79, ALA-LC, passports) write differently is made
/// one: zh ž → z, kh h → h, ts tz c → c, ch č → c, sh š → s, i j y ii iy → i, ye ie yo e → e, w → v, x → ks;
/// letters are never doubled. Other scripts stay as they are. Lossy: equal skeletons suggest, equal texts
/// say.
std::string skeleton_of(std::string_view text);

}  // namespace filmoteka::domain
