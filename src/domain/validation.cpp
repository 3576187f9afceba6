#include "domain/validation.h"

#include <algorithm>
#include <array>

#include "i18n/words/validation.h"

namespace pilar {
namespace {

constexpr int kAllPercent = 100, kMostLeast = 1000;
constexpr double kValidationLevel = 0.95;

}  // namespace

Problems check_rule(const ValidationRule& rule) {
  Problems problems;
  const auto check = [&](const char* field, int value, int most) {
    if (value < 1 || value > most)
      problems.push_back({Problem::Kind::Invalid, Msg::ValidationRuleRange, field, {"1", std::to_string(most)}});
  };
  check("percent", rule.percent, kAllPercent);
  check("least", rule.least, kMostLeast);
  check("threshold", rule.threshold, kAllPercent);
  return problems;
}

std::size_t sample_size(const ValidationRule& rule, std::size_t population) {
  const auto share = (population * static_cast<std::size_t>(rule.percent) + kAllPercent - 1) / kAllPercent;
  return std::min(population, std::max(share, static_cast<std::size_t>(rule.least)));
}

std::vector<Uuid> draw_sample(std::string_view seed, std::vector<Uuid> ids, std::size_t size) {
  require(size <= ids.size(), "a sample is drawn from what is there");
  std::vector<std::pair<Hash, Uuid>> drawn;
  drawn.reserve(ids.size());
  for (const auto& id : ids) drawn.emplace_back(sha256(seed, text(id)), id);
  std::ranges::sort(drawn, {}, &std::pair<Hash, Uuid>::first);
  ids.clear();
  for (std::size_t i = 0; i < size; ++i) ids.push_back(drawn[i].second);
  return ids;
}

bool is_compared(const Item& item) { return item.kind != ItemKind::Photo && item.kind != ItemKind::Calculation; }

bool is_compared(const Answer& first, const Answer& second) { return !says_nothing(first) || !says_nothing(second); }

std::string compared_text(const Answer& answer) {
  // What was not asked and what was left blank are one and the same to who compares.
  return to_canonical({says_nothing(answer) ? Answer(Empty::Blank) : answer});
}

std::size_t AgreementCount::index_of(const std::string& text) {
  const auto at = std::ranges::find(texts_, text);
  if (at != texts_.end()) return static_cast<std::size_t>(at - texts_.begin());
  texts_.push_back(text);
  return texts_.size() - 1;
}

void AgreementCount::add(const std::string& first, const std::string& second) {
  const auto a = index_of(first), b = index_of(second);
  given_.emplace_back(a, b);
  ++pairs_;
  if (a == b) ++same_;
}

math::Agreement AgreementCount::kappa() const {
  const auto k = std::max<std::size_t>(1, texts_.size());
  std::vector<std::int64_t> table(k * k);
  for (const auto& [a, b] : given_) ++table[a * k + b];
  return math::agreement(table, k, kValidationLevel);
}

}  // namespace pilar
