#pragma once
#include <functional>
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
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
  Link person{};                      ///< "dr. Sari, Ketua Tim Mutu" and where it leads; empty: nobody is signed in
  std::string notice{};               ///< what has just been done: "Tersimpan."
  Content actions{};                  ///< buttons right of the title
  bool charts = false;                ///< loads the charts' script
};
std::string draw_staff_page(const StaffPage& page, const Content& content);

/// A page for patients and everybody: one column, its own small style, no script.
struct PublicPage {
  Lang lang = Lang::Id;
  std::string title{};            ///< of the window; the content has its own h1
  std::string owner{}, region{};  ///< "Puskesmas Melati", "Kabupaten Contoh"
  std::string other_language_href{};
  std::vector<std::string> footer{};  ///< privacy first
};
std::string draw_public_page(const PublicPage& page, const Content& content);

}  // namespace pilar::web
