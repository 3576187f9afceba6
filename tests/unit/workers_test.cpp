#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>

#include "base/result.h"
#include "http/server.h"

namespace pilar::workers_test {

using namespace pilar::http;

TEST(Workers, RefuseWhenFullAndFinishWhatIsQueued) {
  std::promise<void> gate;
  auto open = gate.get_future().share();
  std::atomic<int> done{0};
  {
    Workers workers(1, 2);
    std::promise<void> begun;
    EXPECT_TRUE(workers.post([&, open] {
      begun.set_value();
      open.wait();
      throw Fault("test", "one piece fails");
    }));
    begun.get_future().wait();
    EXPECT_TRUE(workers.post([&] { ++done; }));
    EXPECT_TRUE(workers.post([&] { ++done; }));
    EXPECT_FALSE(workers.post([&] { ++done; }));
    gate.set_value();
  }
  EXPECT_EQ(done, 2);
}

TEST(Workers, DropWhatHasNotBegun) {
  std::promise<void> gate, begun;
  std::atomic<int> done{0};
  const auto held = std::make_shared<int>(0);
  {
    Workers workers(1, 10);
    workers.post([&] {
      begun.set_value();
      gate.get_future().wait();
      ++done;
    });
    begun.get_future().wait();
    for (int i = 0; i < 3; ++i) workers.post([&, held] { ++done; });
    workers.drop_queued();
    EXPECT_EQ(held.use_count(), 1);
    gate.set_value();
  }
  EXPECT_EQ(done, 1);
}

}  // namespace pilar::workers_test
