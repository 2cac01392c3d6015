#include "vocabularies/names.hpp"

#include <filmoteka/domain/countries.hpp>

#include <array>

namespace filmoteka::domain {
namespace {

using vocabularies::Entry;

/// Those where films are made, with the names that film sites give them.
constexpr auto kCountries = std::to_array<Entry<Country>>({
    {{"AE", "ОАЭ", "United Arab Emirates"}, "объединенные арабские эмираты|uae"},
    {{"AM", "Армения", "Armenia"}, ""},
    {{"AR", "Аргентина", "Argentina"}, ""},
    {{"AT", "Австрия", "Austria"}, ""},
    {{"AU", "Австралия", "Australia"}, ""},
    {{"AZ", "Азербайджан", "Azerbaijan"}, ""},
    {{"BE", "Бельгия", "Belgium"}, ""},
    {{"BG", "Болгария", "Bulgaria"}, ""},
    {{"BR", "Бразилия", "Brazil"}, "brasil"},
    {{"BY", "Беларусь", "Belarus"}, "белоруссия|республика беларусь"},
    {{"CA", "Канада", "Canada"}, ""},
    {{"CH", "Швейцария", "Switzerland"}, ""},
    {{"CL", "Чили", "Chile"}, ""},
    {{"CN", "Китай", "China"}, "кнр|китайская народная республика|people s republic of china|prc"},
    {{"CO", "Колумбия", "Colombia"}, ""},
    {{"CS", "Чехословакия", "Czechoslovakia"}, ""},
    {{"CU", "Куба", "Cuba"}, ""},
    {{"CZ", "Чехия", "Czech Republic"}, "чешская республика|czechia"},
    {{"DD", "ГДР", "East Germany"}, "германия гдр|german democratic republic|gdr"},
    {{"DE", "Германия", "Germany"}, "фрг|германия фрг|west germany|federal republic of germany"},
    {{"DK", "Дания", "Denmark"}, ""},
    {{"EE", "Эстония", "Estonia"}, ""},
    {{"EG", "Египет", "Egypt"}, ""},
    {{"ES", "Испания", "Spain"}, ""},
    {{"FI", "Финляндия", "Finland"}, ""},
    {{"FR", "Франция", "France"}, ""},
    {{"GB", "Великобритания", "United Kingdom"},
     "соединенное королевство|англия|британия|uk|u k|great britain|england|britain"},
    {{"GE", "Грузия", "Georgia"}, ""},
    {{"GR", "Греция", "Greece"}, ""},
    {{"HK", "Гонконг", "Hong Kong"}, ""},
    {{"HR", "Хорватия", "Croatia"}, ""},
    {{"HU", "Венгрия", "Hungary"}, ""},
    {{"ID", "Индонезия", "Indonesia"}, ""},
    {{"IE", "Ирландия", "Ireland"}, "republic of ireland"},
    {{"IL", "Израиль", "Israel"}, ""},
    {{"IN", "Индия", "India"}, ""},
    {{"IR", "Иран", "Iran"}, ""},
    {{"IS", "Исландия", "Iceland"}, ""},
    {{"IT", "Италия", "Italy"}, ""},
    {{"JP", "Япония", "Japan"}, ""},
    {{"KG", "Киргизия", "Kyrgyzstan"}, "кыргызстан"},
    {{"KP", "КНДР", "North Korea"}, "северная корея"},
    {{"KR", "Южная Корея", "South Korea"},
     "корея южная|республика корея|корея|korea|republic of korea|korea south"},
    {{"KZ", "Казахстан", "Kazakhstan"}, ""},
    {{"LT", "Литва", "Lithuania"}, ""},
    {{"LU", "Люксембург", "Luxembourg"}, ""},
    {{"LV", "Латвия", "Latvia"}, ""},
    {{"MA", "Марокко", "Morocco"}, ""},
    {{"MD", "Молдова", "Moldova"}, "молдавия"},
    {{"MN", "Монголия", "Mongolia"}, ""},
    {{"MX", "Мексика", "Mexico"}, ""},
    {{"MY", "Малайзия", "Malaysia"}, ""},
    {{"NG", "Нигерия", "Nigeria"}, ""},
    {{"NL", "Нидерланды", "Netherlands"}, "голландия|holland|the netherlands"},
    {{"NO", "Норвегия", "Norway"}, ""},
    {{"NZ", "Новая Зеландия", "New Zealand"}, ""},
    {{"PE", "Перу", "Peru"}, ""},
    {{"PH", "Филиппины", "Philippines"}, ""},
    {{"PK", "Пакистан", "Pakistan"}, ""},
    {{"PL", "Польша", "Poland"}, ""},
    {{"PT", "Португалия", "Portugal"}, ""},
    {{"RO", "Румыния", "Romania"}, ""},
    {{"RS", "Сербия", "Serbia"}, ""},
    {{"RU", "Россия", "Russia"}, "рф|россия рф|российская федерация|russian federation"},
    {{"SE", "Швеция", "Sweden"}, ""},
    {{"SG", "Сингапур", "Singapore"}, ""},
    {{"SI", "Словения", "Slovenia"}, ""},
    {{"SK", "Словакия", "Slovakia"}, ""},
    {{"SU", "СССР", "Soviet Union"}, "советский союз|ussr|u s s r"},
    {{"TH", "Таиланд", "Thailand"}, "тайланд"},
    {{"TJ", "Таджикистан", "Tajikistan"}, ""},
    {{"TR", "Турция", "Turkey"}, "turkiye"},
    {{"TW", "Тайвань", "Taiwan"}, ""},
    {{"UA", "Украина", "Ukraine"}, ""},
    {{"US", "США", "United States"},
     "соединенные штаты|соединенные штаты америки|америка|usa|u s a|u s|united states of america|america"},
    {{"UZ", "Узбекистан", "Uzbekistan"}, ""},
    {{"VN", "Вьетнам", "Vietnam"}, "viet nam"},
    {{"YU", "Югославия", "Yugoslavia"}, ""},
    {{"ZA", "ЮАР", "South Africa"}, "южная африка"},
});

}  // namespace

const Country* find_country(std::string_view written) {
  static const vocabularies::Names<Country> names(kCountries, [](const Country& country) {
    return std::array{country.code, country.russian, country.english};
  });
  return names.find(fold(written));
}

std::string_view country_name(std::string_view written) {
  const Country* country = find_country(written);
  if (country == nullptr) return written;
  return vocabularies::is_cyrillic(written) ? country->russian : country->english;
}

}  // namespace filmoteka::domain
