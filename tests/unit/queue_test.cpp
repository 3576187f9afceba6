#include "math/queue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/calc_call.h"

namespace pilar::queue_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// M/M/1: everything has a closed form.
TEST(Queue, OneServer) {
  const auto one = *queue({QueueModel::Mm1, 2, 20});
  EXPECT_NEAR(one.p_empty, 1.0 / 3, 1e-15);
  EXPECT_NEAR(one.Wq_min, 40, 1e-12);
  EXPECT_NEAR(one.wait_at_most(30), 1 - 2.0 / 3 * std::exp(-0.5), 1e-15);
  EXPECT_EQ(one.wait_quantile(0.3), 0);
  EXPECT_NEAR(one.wait_at_most(one.wait_quantile(0.95)), 0.95, 1e-14);
  EXPECT_FALSE(queue({QueueModel::Mm1, 3, 20}));
}

// M/M/1/K with load 1: all K + 1 states alike. M/D/1 waits half as long as M/M/1 (Pollaczek and Khinchine).
TEST(Queue, LimitedRoomAndGeneralService) {
  const auto full = *queue({QueueModel::Mmck, 6, 10, 1, 4});
  EXPECT_NEAR(full.p_block, 0.2, 1e-15);
  EXPECT_NEAR(full.L, 2, 1e-14);
  EXPECT_NEAR(full.p_wait, 0.75, 1e-14);
  EXPECT_NEAR(full.wait_at_most(full.wait_quantile(0.9)), 0.9, 1e-12);
  EXPECT_NEAR(queue({QueueModel::Mg1, 2, 20, 1, 0, 0})->Wq_min, 20, 1e-12);
  EXPECT_NEAR(queue({QueueModel::Mgc, 6, 20, 3, 0, 1})->Wq_min, queue({QueueModel::Mmc, 6, 20, 3})->Wq_min, 1e-12);
  EXPECT_NEAR(queue({QueueModel::Mmck, 6, 20, 3, 400})->Wq_min, queue({QueueModel::Mmc, 6, 20, 3})->Wq_min, 1e-9);
}

RC_GTEST_PROP(QueueProperty, LittlesLawHolds, ()) {
  const auto servers = static_cast<std::size_t>(*rc::gen::inRange(1, 200));
  const double load = static_cast<double>(servers) * *rc::gen::inRange(1, 100) / 100;
  const auto found = queue({QueueModel::Mmc, load * 6, 10, servers});
  RC_ASSERT(found.has_value());
  RC_ASSERT(std::abs(found->L - load * 6 / 60 * found->W_min) < 1e-9 * found->L);
  RC_ASSERT(found->p_empty >= 0 && found->p_wait >= 0 && found->p_wait <= 1);
}

TEST(QueueCall, Refusals) {
  expect_refused("queue", R"({"model":"mm1","arrivals_per_hour":3,"service_min":20})", "unstable", "arrivals_per_hour");
  expect_refused("queue", R"({"model":"mm1","arrivals_per_hour":3,"service_min":0})", "range", "service_min");
  expect_refused("queue", R"({"model":"mm1","arrivals_per_hour":-3,"service_min":1})", "range", "arrivals_per_hour");
  expect_refused("queue", R"({"model":"mm1","arrivals_per_hour":3,"service_min":1,"servers":2})", "range", "servers");
  expect_refused("queue", R"({"model":"mmck","arrivals_per_hour":3,"service_min":1})", "field_missing", "capacity");
  expect_refused("queue", R"({"model":"mmck","arrivals_per_hour":3,"service_min":1,"servers":3,"capacity":2})", "range", "capacity");
  expect_refused("queue", R"({"model":"mgc","arrivals_per_hour":3,"service_min":1})", "field_missing", "service_cv");
  const auto idle = result("queue", R"({"model":"mmc","arrivals_per_hour":0,"service_min":10,"servers":3})");
  EXPECT_EQ(shown(idle, "p_empty") + shown(idle, "L") + shown(idle, "P_wait_le.0") + shown(idle, "stable"), "101true");
  EXPECT_EQ(shown(result("queue", R"({"model":"mmck","arrivals_per_hour":90,"service_min":10,"servers":3,"capacity":3})"), "Wq_min"), "0");
  EXPECT_EQ(warning_codes(result("queue", R"({"model":"mgc","arrivals_per_hour":6,"service_min":20,"servers":3,"service_cv":0.5})")),
            (WarningCodes{"approximation", "undefined"}));
}

TEST(StaffingCall, FewestServers) {
  const auto body = result("staffing", R"({"arrivals_per_hour":24,"service_min":10,"max_wait_min":15,"share":0.9})");
  const auto servers = static_cast<std::size_t>(number(body, "min_servers"));
  EXPECT_GE(queue({QueueModel::Mmc, 24, 10, servers})->wait_at_most(15), 0.9);
  EXPECT_FALSE(queue({QueueModel::Mmc, 24, 10, servers - 1}) && queue({QueueModel::Mmc, 24, 10, servers - 1})->wait_at_most(15) >= 0.9);
  EXPECT_EQ(shown(result("staffing", R"({"arrivals_per_hour":0,"service_min":10,"max_wait_min":0,"share":0.9})"), "min_servers"), "1");
  expect_refused("staffing", R"({"arrivals_per_hour":1000000,"service_min":100,"max_wait_min":0,"share":0.9})", "too_large",
                 "arrivals_per_hour", 413);
  expect_refused("staffing", R"({"arrivals_per_hour":1,"service_min":1,"max_wait_min":0,"share":1})", "range", "share");
}

// Two stations with a loop: lambda1 = 4 + 0.2 lambda2, lambda2 = lambda1, hence 5.
TEST(NetworkCall, JacksonWithALoop) {
  const auto body =
      result("network",
             R"({"stations":["a","b"],"external_arrivals_per_hour":[4,0],"service_min":[6,10],"servers":[1,2],"routing":[[0,1],[0.2,0]]})");
  EXPECT_NEAR(number(body, "stations.a.arrivals_per_hour"), 5, 1e-12);
  EXPECT_NEAR(number(body, "stations.b.visits"), 1.25, 1e-12);
  EXPECT_NEAR(number(body, "stations.a.L"), 1, 1e-12);
  EXPECT_NEAR(number(body, "time_in_system_min"), (number(body, "stations.a.L") + number(body, "stations.b.L")) / 4 * 60, 1e-10);
  expect_refused("network", R"({"stations":["a"],"external_arrivals_per_hour":[4],"service_min":[6],"routing":[[1]]})", "unstable",
                 "routing");
  expect_refused("network", R"({"stations":["a"],"external_arrivals_per_hour":[40],"service_min":[6],"routing":[[0]]})", "unstable",
                 "stations.a");
  expect_refused("network", R"({"stations":["a","b"],"external_arrivals_per_hour":[4,1],"service_min":[6,1],"routing":[[0.6,0.6],[0,0]]})",
                 "range", "routing");
  expect_refused("network", R"({"stations":["a","b"],"external_arrivals_per_hour":[4,1],"service_min":[6,1],"routing":[[0],[0]]})", "shape",
                 "routing");
}

}  // namespace pilar::queue_test
