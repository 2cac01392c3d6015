#include "vocabularies/names.hpp"

#include <filmoteka/domain/genres.hpp>

#include <array>

namespace filmoteka::domain {
namespace {

using vocabularies::Entry;

/// The names in the manner of the two languages' film sites: Russian in lower case, English with capitals.
constexpr auto kGenres = std::to_array<Entry<Genre>>({
    {{"action", "боевик", "Action"}, "боевики|экшн|экшен|action film|остросюжетный|остросюжетные"},
    {{"adventure", "приключения", "Adventure"}, "приключение|приключенческий|adventure film|adventures"},
    {{"animation", "мультфильм", "Animation"},
     "мультфильмы|мульт|мультики|анимация|анимационный|мультипликация|animated|cartoon|cartoons|animated "
     "film"},
    {{"anime", "аниме", "Anime"}, ""},
    {{"arthouse", "артхаус", "Arthouse"}, "арт хаус|авторское кино|art house|art film|independent art"},
    {{"biography", "биография", "Biography"},
     "биографический|биографии|байопик|biopic|biographical|biographical film"},
    {{"black comedy", "чёрная комедия", "Black Comedy"}, "dark comedy"},
    {{"comedy", "комедия", "Comedy"}, "комедии|комедийный|comedies|comedy film"},
    {{"concert", "концерт", "Concert"}, "концерты|performance|concert film"},
    {{"crime", "криминал", "Crime"}, "криминальный|криминальное|crime film"},
    {{"dance", "танцы", "Dance"}, "танцевальный"},
    {{"detective", "детектив", "Detective"}, "детективы|детективный|mystery|mystery film|whodunit"},
    {{"disaster", "катастрофа", "Disaster"}, "фильм катастрофа|катастрофы|disaster film"},
    {{"documentary", "документальный", "Documentary"},
     "документальное|документальные|документальное кино|документальный фильм|documentaries|documentary film"},
    {{"drama", "драма", "Drama"}, "драмы|драматический|drama film"},
    {{"erotic", "эротика", "Erotic"}, "эротический|erotica|erotic film"},
    {{"family", "семейный", "Family"}, "семейное|семейные|для всей семьи|family film"},
    {{"fantasy", "фэнтези", "Fantasy"}, "фентези|фентази|fantasy film"},
    {{"fairy tale", "сказка", "Fairy Tale"}, "сказки|fairytale|fairy tales"},
    {{"history", "исторический", "History"},
     "история|историческое|исторические|historical|history film|historical film|period"},
    {{"horror", "ужасы", "Horror"}, "ужас|хоррор|хорроры|фильм ужасов|horror film|horrors"},
    {{"independent", "независимое кино", "Independent"}, "инди|indie|independent film"},
    {{"kids", "детский", "Kids"}, "детское|детские|для детей|дети|children|children s|children s film"},
    {{"martial arts", "боевые искусства", "Martial Arts"}, "единоборства|кунг фу|kung fu|martial arts film"},
    {{"melodrama", "мелодрама", "Melodrama"}, "мелодрамы|мелодраматический"},
    {{"music", "музыка", "Music"}, "музыкальный|музыкальное|музыкальные|music film"},
    {{"musical", "мюзикл", "Musical"}, "мюзиклы|musicals|musical film"},
    {{"news", "новости", "News"}, ""},
    {{"noir", "нуар", "Noir"}, "фильм нуар|film noir|neo noir"},
    {{"parody", "пародия", "Parody"}, "пародии|spoof|parody film"},
    {{"political", "политика", "Political"}, "политический|political film"},
    {{"reality", "реалити", "Reality"}, "реалити шоу|reality tv|reality show"},
    {{"romance", "романтика", "Romance"}, "романтический|романтические|romantic|romance film"},
    {{"romantic comedy", "романтическая комедия", "Romantic Comedy"}, "ромком|rom com|romcom"},
    {{"satire", "сатира", "Satire"}, "сатирический|satirical"},
    {{"science fiction", "фантастика", "Science Fiction"},
     "научная фантастика|фантастический|фантастические|sci fi|scifi|science fiction film|sf"},
    {{"short", "короткометражка", "Short"},
     "короткометражный|короткометражки|короткометражный фильм|короткий метр|short film|shorts"},
    {{"silent", "немое кино", "Silent"}, "немой|немой фильм|silent film"},
    {{"slasher", "слэшер", "Slasher"}, "слешер|slasher film"},
    {{"sport", "спорт", "Sport"}, "спортивный|спортивные|sports|sports film"},
    {{"spy", "шпионский", "Spy"}, "шпионы|шпионское|spy film|espionage"},
    {{"superhero", "супергерои", "Superhero"}, "супергеройский|супергероика|superheroes|superhero film"},
    {{"supernatural", "мистика", "Supernatural"}, "мистический|supernatural film"},
    {{"teen", "подростковый", "Teen"}, "молодёжный|молодежный|teen film"},
    {{"thriller", "триллер", "Thriller"}, "триллеры|саспенс|suspense|thriller film"},
    {{"war", "военный", "War"}, "военное|военные|о войне|война|war film"},
    {{"western", "вестерн", "Western"}, "вестерны|western film|westerns"},
});

}  // namespace

const Genre* find_genre(std::string_view written) {
  static const vocabularies::Names<Genre> names(kGenres, [](const Genre& genre) {
    return std::array{genre.key, genre.russian, genre.english};
  });
  return names.find(fold(written));
}

std::string_view genre_name(std::string_view written) {
  const Genre* genre = find_genre(written);
  if (genre == nullptr) return written;
  return vocabularies::is_cyrillic(written) ? genre->russian : genre->english;
}

std::string genre_key(std::string_view written) {
  if (const Genre* genre = find_genre(written)) return std::string(genre->key);
  std::string folded = fold(written);
  return folded.empty() ? std::string(written) : folded;
}

}  // namespace filmoteka::domain
