#include "descriptor_sink.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace filmoteka::telemetry {
namespace {

using std::chrono::milliseconds;

struct Pipe {
  explicit Pipe(int flags = 0) { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | flags), 0); }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  std::string read_some() const {
    std::string text(65'536, '\0');
    const ssize_t count = ::read(ends[0], text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }
  std::array<int, 2> ends{};
};

TEST(DescriptorSink, all_lines_of_all_threads_are_there_after_destruction) {
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  {
    DescriptorSink sink(::fileno(file));
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&sink, thread] {
        for (int i = 0; i < 5'000; ++i)
          sink.write("line " + std::to_string(thread) + " " + std::to_string(i));
      });
    }
  }
  std::rewind(file);
  std::array<int, 4> next{};
  for (int thread = 0, i = 0, lines = 0; std::fscanf(file, "line %d %d\n", &thread, &i) == 2; ++lines) {
    ASSERT_EQ(i, next.at(static_cast<std::size_t>(thread))++);
  }
  EXPECT_EQ(next, (std::array<int, 4>{5'000, 5'000, 5'000, 5'000}));
  std::fclose(file);
}

TEST(DescriptorSink, a_line_goes_out_by_itself_and_flush_does_not_wait_for_others) {
  const Pipe pipe;
  DescriptorSink patient(pipe.ends[1], {.linger = milliseconds{1}});
  patient.write("one");
  EXPECT_EQ(pipe.read_some(), "one\n");
  DescriptorSink lazy(pipe.ends[1], {.linger = std::chrono::hours{1}});
  lazy.write("two");
  lazy.flush();
  EXPECT_EQ(pipe.read_some(), "two\n");
}

TEST(DescriptorSink, a_reader_that_stands_still_costs_lines_but_never_time) {
  const Pipe pipe;
  const std::string line(1'000, 'x');
  std::uint64_t dropped = 0;
  std::string text;
  {
    DescriptorSink sink(pipe.ends[1], {.capacity = 100'000, .batch = 10'000});
    for (int i = 0; i < 1'000; ++i) sink.write(line);
    dropped = sink.dropped();
    EXPECT_GT(dropped, 500U);
    while (text.find("dropped\":") == std::string::npos || text.back() != '\n') text += pipe.read_some();
  }
  const auto notice = text.find("{\"ts\"");
  ASSERT_NE(notice, std::string::npos);
  const auto parsed = boost::json::parse(text.substr(notice, text.find('\n', notice) - notice));
  EXPECT_EQ(parsed.at("level").as_string(), "warning");
  EXPECT_GT(parsed.at("dropped").as_int64(), 0);
  EXPECT_LE(static_cast<std::uint64_t>(parsed.at("dropped").as_int64()), dropped);
}

TEST(DescriptorSink, gives_up_on_a_dead_reader_at_the_end) {
  const Pipe pipe;
  const auto start = std::chrono::steady_clock::now();
  {
    DescriptorSink sink(pipe.ends[1], {.farewell = milliseconds{50}});
    for (int i = 0; i < 1'000; ++i) sink.write(std::string(1'000, 'x'));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

TEST(DescriptorSink, survives_a_closed_reader) {
  Pipe pipe;
  ::close(pipe.ends[0]);
  pipe.ends[0] = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  DescriptorSink sink(pipe.ends[1]);
  sink.write("nobody hears this");
}

TEST(DescriptorSink, writes_whole_lines_into_a_pipe) {
  const Pipe pipe(O_DIRECT);  // Each write is a packet, which one read returns.
  DescriptorSink sink(pipe.ends[1], {.linger = std::chrono::hours{1}});
  for (int i = 0; i < 10; ++i) sink.write(std::string(900, 'x'));
  sink.flush();
  EXPECT_EQ(pipe.read_some().size(), 4 * 901U);
  EXPECT_EQ(pipe.read_some().size(), 4 * 901U);
  EXPECT_EQ(pipe.read_some().size(), 2 * 901U);
}

}  // namespace
}  // namespace filmoteka::telemetry
