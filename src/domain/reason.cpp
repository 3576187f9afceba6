#include "domain/reason.h"

#include <utility>

#include "base/text.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"

namespace pilar {

Problems check_reason(std::string_view reason, std::string field) {
  return check_reason(reason, std::move(field), Msg::RecordPageWhyMissing);
}

Problems check_reason(std::string_view reason, std::string field, Message missing) {
  if (trim(reason).empty()) return {{Problem::Kind::Invalid, missing, std::move(field), {}}};
  if (!is_utf8(reason)) return {{Problem::Kind::Invalid, Msg::AnswerBadText, std::move(field), {}}};
  if (code_points(reason) > kLongestReason)
    return {{Problem::Kind::Invalid, Msg::RecordPageWhyLong, std::move(field), {std::to_string(kLongestReason)}}};
  return {};
}

}  // namespace pilar
