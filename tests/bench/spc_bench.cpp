// How long a control chart of 36 months takes, all four sets of rules one after another.
#include "math/spc.h"

#include <benchmark/benchmark.h>

using namespace pilar::math;

namespace {

void all_rules(benchmark::State& state) {
  std::vector<SpcValue> months;
  for (int i = 0; i < 36; ++i) months.push_back({.value = 40.0 + (i * 7) % 11, .n = 50.0 + i % 5});
  const auto chart = static_cast<SpcChart>(state.range(0));
  for (auto _ : state)
    for (const auto rules : {SpcRules::Anhoej, SpcRules::Nhs, SpcRules::WesternElectric, SpcRules::Nelson})
      benchmark::DoNotOptimize(spc(months, {.chart = chart, .rules = rules}));
}
BENCHMARK(all_rules)->Arg(static_cast<int>(SpcChart::I))->Arg(static_cast<int>(SpcChart::Pp));

}  // namespace

BENCHMARK_MAIN();
