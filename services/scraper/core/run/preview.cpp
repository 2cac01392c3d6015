#include <scraper/core/run/preview.hpp>

#include <iterator>

namespace filmoteka::scraper {

namespace {

class PreviewOutput final : public RunOutput {
 public:
  explicit PreviewOutput(std::size_t max_items) : max_items_(max_items) {}

  Task<Result<void>> page(Page) override { co_return Result<void>{}; }
  bool wants_items() const override { return true; }
  void items(std::vector<PreviewItem> found) override {
    const auto room = max_items_ - items_.size();
    if (found.size() > room) found.resize(room);
    std::move(found.begin(), found.end(), std::back_inserter(items_));
  }
  void request(RequestNote note) override { requests_.push_back(std::move(note)); }
  bool is_full() const override { return items_.size() >= max_items_; }
  std::vector<PreviewItem> take_items() { return std::move(items_); }
  std::vector<RequestNote> take_requests() { return std::move(requests_); }

 private:
  std::size_t max_items_;
  std::vector<PreviewItem> items_;
  std::vector<RequestNote> requests_;
};

}  // namespace

Task<Preview> preview_source(RunTools tools, RunRequest request, std::size_t max_items) {
  PreviewOutput output(max_items);
  request.page_rows = max_items;
  request.everything = true;
  auto result = co_await run_source(tools, std::move(request), output);
  Preview preview;
  preview.items = output.take_items();
  preview.requests = output.take_requests();
  preview.result = std::move(result);
  co_return preview;
}

}  // namespace filmoteka::scraper
