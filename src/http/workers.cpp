#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "http/server.h"

namespace pilar::http {

struct Workers::Impl {
  explicit Impl(std::size_t max) : max_queued(max) {}

  void run() {
    for (;;) {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return closing || !queue.empty(); });
      if (queue.empty()) return;
      auto work = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      try {
        work();
      } catch (const std::exception& failure) {  // one piece of work fails, not the pool
        log::error("worker", failure.what());
      }
    }
  }

  const std::size_t max_queued;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::move_only_function<void()>> queue;
  bool closing = false;
  std::vector<std::jthread> threads;
};

Workers::Workers(unsigned threads, std::size_t max_queued) : impl_(std::make_unique<Impl>(max_queued)) {
  for (unsigned i = 0; i < threads; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->run(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->closing = true;
  }
  impl_->wake.notify_all();
  impl_->threads.clear();
}

bool Workers::post(std::move_only_function<void()> work) {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->queue.size() >= impl_->max_queued) return false;
    impl_->queue.push_back(std::move(work));
  }
  impl_->wake.notify_one();
  return true;
}

void Workers::drop_queued() {
  std::deque<std::move_only_function<void()>> dropped;  // destroyed without the lock: what it holds may take one itself
  const std::lock_guard lock(impl_->mutex);
  dropped.swap(impl_->queue);
}

}  // namespace pilar::http
