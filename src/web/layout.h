#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/components.h"

namespace pilar::web {

using Content = std::function<void(html::Out&)>;

/// The header that every page is sent with: no script, style or address but our own, nothing inline.
inline constexpr std::string_view kSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The devices of a phone that no page here needs.
inline constexpr std::string_view kNoDevices =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), bluetooth=(), serial=(), midi=(), display-capture=()";

/// A step of the guided tour, shown above the page it speaks of.
struct TourStep {
  std::string title{}, text{};
  Link back{}, next{};  ///< back is empty at the first step
};

/// A page for people who work with Pilar.
struct StaffPage {
  Lang lang = Lang::Id;
  std::string title{}, place{};       ///< "Peserta puas (nilai 4–5)", "Puskesmas Melati · Oktober 2026"
  std::string as_of{};                ///< "21 November 2026 08.15 WIB"; empty: the page shows no data
  std::vector<Link> pages{};          ///< the words of the bar
  std::size_t current = SIZE_MAX;     ///< index in pages
  std::vector<Link> path{};           ///< breadcrumb
  std::string search_href{};          ///< empty: no search
  std::string other_language_href{};  ///< this page in the other language
  std::string account{};              ///< whose forms may wait on this device; empty: nobody's
  Link person{};                      ///< "dr. Sari, Ketua Tim Mutu" and where it leads; empty: nobody is signed in
  std::string notice{};               ///< what has just been done: "Tersimpan."
  std::optional<TourStep> tour{};
  Link help{};                        ///< the chapter of the guide that speaks of this page; empty: none
  std::string why{};                  ///< "Anda melihat halaman ini karena ..."; empty: everybody may see it
  Content actions{};                  ///< buttons right of the title
  bool charts = false;                ///< loads the charts' script
  bool entry = false;                 ///< loads the script of forms that are followed while they are filled in
  Content notice_more{};              ///< behind the notice: a link to it, or a way back
};
std::string draw_staff_page(const StaffPage& page, const Content& content);

/// A page for patients and everybody: one column, its own small style, no script.
struct PublicPage {
  Lang lang = Lang::Id;
  std::string title{};            ///< of the window; the content has its own h1
  std::string owner{}, region{};  ///< "Puskesmas Melati", "Kabupaten Contoh"
  std::string other_language_href{};
  std::string language_form{};  ///< id of a form on the page: the switch sends it to that address, so that nothing typed is lost
  std::vector<std::string> footer{};  ///< privacy first
};
/// The field by which a form says that it was sent to be drawn again in another language. No item can have this name.
inline constexpr std::string_view kLanguageField = "_bahasa";
std::string draw_public_page(const PublicPage& page, const Content& content);

}  // namespace pilar::web
