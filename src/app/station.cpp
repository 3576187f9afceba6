#include "app/station.h"

#include <array>

#include "i18n/words/faskes.h"

namespace pilar::app {
namespace {

constexpr std::array kStations{
    Station{"kunjungan", "tunggu_admisi", Msg::StationRegistration},
    Station{"kunjungan", "tunggu_poli", Msg::StationExamination},
    Station{"kunjungan", "tunggu_farmasi", Msg::StationPharmacy},
};

}  // namespace

std::span<const Station> stations() { return kStations; }

}  // namespace pilar::app
