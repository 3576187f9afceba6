#pragma once
#include "base/result.h"

namespace pilar::Msg {

#define MSG(key, id, en)              \
  extern const MessageLine key##Line; \
  inline constexpr Message key{&key##Line};
#include "i18n/words/xlsform.def"
#undef MSG

}  // namespace pilar::Msg
