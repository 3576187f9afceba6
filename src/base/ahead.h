#pragma once
#include <functional>
#include <future>
#include <optional>
#include <utility>

namespace pilar {

/// A source that is read one step ahead: while the caller works on a value, the next one is made on a thread of its own. No two calls of
/// `make` overlap, and after it gave nothing it is not called again; what it throws comes out of next().
template <class Value>
class Ahead {
 public:
  using Make = std::function<std::optional<Value>()>;

  explicit Ahead(Make make) : make_(std::move(make)) { begin(); }
  ~Ahead() = default;  // waits for what is being made
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  /// Nothing at the end.
  std::optional<Value> next() {
    if (!making_.valid()) return {};
    auto value = making_.get();
    if (value) begin();
    return value;
  }

 private:
  void begin() { making_ = std::async(std::launch::async, std::ref(make_)); }

  Make make_;
  std::future<std::optional<Value>> making_{};
};

}  // namespace pilar
