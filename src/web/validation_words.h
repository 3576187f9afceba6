#pragma once
#include <optional>
#include <string>

#include "app/validation.h"
#include "interchange/table.h"
#include "web/components.h"
#include "web/route.h"

/// A validation in words, and where its pages are.
namespace pilar::web {

/// "/indikator/validasi/018f.../isi/3?tempat=melati"; without an id the list.
std::string validation_href(const Node& facility, const std::optional<Uuid>& id = {}, std::string_view below = {});
/// "cukup sama", "sedang berjalan".
struct ValidationTold {
  Mark mark = Mark::None;
  std::string words{};
};
ValidationTold tell_validation(Lang lang, const app::ValidationView& view);
std::string agreement_words(Lang lang, const app::ValidationReading& reading);  ///< "96,4%"; an en dash where nothing is compared
/// Kappa with its interval and n, or why there is none.
std::string kappa_words(Lang lang, const math::Agreement& kappa);
/// "divalidasi: 96,4% sama, kappa 0,89"; empty while nothing is compared or it is going on.
std::string short_validation(Lang lang, const app::ValidationView& view);
/// Differences with the way to correct each record, and how far both agree on each question; the view must outlive it.
Table validation_table(const Visit& visit, const app::ValidationView& view);
/// Of a sample this small the result is rough.
inline constexpr std::int64_t kFewValidated = 30;

}  // namespace pilar::web
