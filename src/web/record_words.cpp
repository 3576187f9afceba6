#include "web/record_words.h"

#include <array>

#include "i18n/words/result.h"

namespace pilar::web {

Message state_words(RecordState state) {
  if (state == RecordState::Voided) return Msg::RecordListVoided;
  return state == RecordState::Flagged ? Msg::RecordListFlagged : Msg::RecordListValid;
}

Message channel_words(Channel channel) {
  constexpr std::array kWords{Msg::RecordListPublic, Msg::RecordListStaff, Msg::RecordListApi, Msg::RecordListImport, Msg::RecordListDemo};
  return kWords.at(static_cast<std::size_t>(channel) - 1);
}

}  // namespace pilar::web
