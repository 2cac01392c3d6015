/// For tests: a replica of the metadata service that can be stopped, frozen and broken while it is asked.
#pragma once

#include <filmoteka/testing/loopback.hpp>

#include <atomic>
#include <string>

namespace filmoteka::gateway {

class BadReplica {
 public:
  enum class Mood {
    kSound,
    kFrozen,   ///< takes connections and requests, and says nothing
    kSlow,     ///< the first byte of an answer, and no more in any time that a test has
    kGarbage,  ///< no HTTP
    kFaulty,   ///< 500
    kClosing   ///< closes without an answer
  };

  explicit BadReplica(Mood mood = Mood::kSound)
      : mood_(mood), server_([this](const std::string& head, testing::RawSocket& connection) {
          serve(head, connection);
        }) {}

  ~BadReplica() { become(Mood::kClosing); }
  BadReplica(const BadReplica&) = delete;
  BadReplica& operator=(const BadReplica&) = delete;

  void become(Mood mood) {
    mood_ = mood;
    mood_.notify_all();
  }
  std::string name() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  std::string url() const { return "http://" + name(); }
  /// Requests so far, without probes.
  int requests() const { return requests_; }

 private:
  void serve(const std::string& head, testing::RawSocket& connection) {
    if (head.find("/probe") == std::string::npos) ++requests_;
    const std::string answer = testing::http_response(200, "{}", "Content-Type: application/json\r\n");
    switch (mood_.load()) {
      case Mood::kSound:
        connection.send(answer);
        return;
      case Mood::kFrozen:
        mood_.wait(Mood::kFrozen);
        return;
      case Mood::kSlow:
        connection.send(answer.substr(0, 1));
        mood_.wait(Mood::kSlow);
        return;
      case Mood::kGarbage:
        connection.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        return;
      case Mood::kFaulty:
        connection.send(testing::http_response(500, "{}"));
        return;
      case Mood::kClosing:
        return;
    }
  }

  std::atomic<Mood> mood_;
  std::atomic<int> requests_ = 0;
  testing::RawServer server_;  // last: its threads use the rest
};

}  // namespace filmoteka::gateway
