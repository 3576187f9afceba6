#pragma once
#include "domain/record.h"
#include "i18n/messages.h"

namespace pilar::web {
/// "Dihitung", "Dibatalkan", "Dihitung, perlu diperiksa".
Msg state_words(RecordState state);
/// "Peserta", "Petugas", "Berkas" ...
Msg channel_words(Channel channel);
}  // namespace pilar::web
