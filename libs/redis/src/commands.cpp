#include <filmoteka/redis/commands.hpp>

#include <hiredis/hiredis.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

namespace filmoteka::redis {

Commands& Commands::add(std::span<const std::string_view> words) {
  if (words.empty()) throw std::invalid_argument("a command of Redis without a word");
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const std::string_view word : words) {
    texts.push_back(word.empty() ? "" : word.data());
    sizes.push_back(word.size());
  }
  char* formatted = nullptr;
  const int size =
      redisFormatCommandArgv(&formatted, static_cast<int>(words.size()), texts.data(), sizes.data());
  if (size < 0) throw std::bad_alloc();
  const std::unique_ptr<char, void (*)(char*)> owned(formatted, redisFreeCommand);
  bytes_.append(formatted, static_cast<std::size_t>(size));
  ++count_;
  return *this;
}

}  // namespace filmoteka::redis
