#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "domain/answer.h"
#include "domain/instrument.h"
#include "math/agreement.h"

/// Validation by a second person: which records are filled in again, and how far both agree (docs/kamus.md).
namespace pilar {

/// How a sample is drawn and judged. Content.
struct ValidationRule {
  int percent = 0;        ///< of the records of the month, rounded up; 1 to 100
  int least = 0;          ///< at least so many, or all where there are fewer; from 1
  int threshold = 0;      ///< per cent of the compared answers that must agree; 1 to 100
  std::string source{}, mark{};
};
/// Problems with the field's name.
Problems check_rule(const ValidationRule& rule);
std::size_t sample_size(const ValidationRule& rule, std::size_t population);

/// Simple random sample without replacement: the `size` ids with the smallest SHA-256 of seed and id, in that order. The same seed and
/// ids give the same sample, in whatever order the ids come. size <= ids.size().
std::vector<Uuid> draw_sample(std::string_view seed, std::vector<Uuid> ids, std::size_t size);

/// What can be seen twice; pictures cannot, and a calculation follows from the others.
bool is_compared(const Item& item);
/// An answer that both left out says nothing about their agreement.
bool is_compared(const Answer& first, const Answer& second);

/// How a record counts in a share.
enum class CaseVerdict : std::uint8_t { Out, No, Part, Yes };
inline constexpr std::size_t kCaseVerdicts = 4;

/// Pairs of answers to one question, or of verdicts.
class AgreementCount {
 public:
  /// Texts that stand for the two answers; equal ones agree.
  void add(const std::string& first, const std::string& second);
  std::int64_t pairs() const { return pairs_; }
  std::int64_t same() const { return same_; }
  /// 95 %, over all texts that were given as categories.
  math::Agreement kappa() const;

 private:
  std::vector<std::string> texts_{};
  std::vector<std::pair<std::size_t, std::size_t>> given_{};
  std::int64_t pairs_ = 0, same_ = 0;

  std::size_t index_of(const std::string& text);
};
/// The text of an answer as AgreementCount compares it: its canonical form.
std::string compared_text(const Answer& answer);

}  // namespace pilar
