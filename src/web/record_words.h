#pragma once
#include "base/result.h"
#include "domain/record.h"

namespace pilar::web {
/// "Dihitung", "Dibatalkan", "Dihitung, perlu diperiksa".
Message state_words(RecordState state);
/// "Peserta", "Petugas", "Berkas" ...
Message channel_words(Channel channel);
}  // namespace pilar::web
