#pragma once
#include <array>
#include <cstddef>
#include <string_view>

// The columns of an XLSForm as we write them; nothing else includes it.
namespace pilar::xlsform {

inline constexpr std::string_view kGroupPrefix = "bagian_", kYesNoList = "ya_tidak", kRestTitle = "pilar";
inline constexpr std::size_t kMostFormRows = 20'000;
inline constexpr std::array<std::string_view, 13> kSurveyTitles{"type",
                                                                "name",
                                                                "label::Bahasa Indonesia (id)",
                                                                "label::English (en)",
                                                                "hint::Bahasa Indonesia (id)",
                                                                "hint::English (en)",
                                                                "required",
                                                                "relevant",
                                                                "constraint",
                                                                "constraint_message::Bahasa Indonesia (id)",
                                                                "constraint_message::English (en)",
                                                                "calculation",
                                                                kRestTitle};
inline constexpr std::array<std::string_view, 5> kChoiceTitles{"list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)",
                                                               kRestTitle};
inline constexpr std::array<std::string_view, 5> kSettingTitles{"form_title", "form_id", "version", "default_language", kRestTitle};

}  // namespace pilar::xlsform
