#pragma once
#include <string>

#include "app/indicator.h"
#include "web/components.h"
#include "web/route.h"

/// The form of an indicator's profile: drawn from a profile, and read back into one.
namespace pilar::web {

/// All fields with what stands in the profile, or with what was typed where a form was sent. `is_new`: the short name is asked for;
/// `needs_date`: an earlier version is published.
struct ProfileForm {
  const app::KamusView& view;
  const Indicator& profile;
  bool is_new = false, needs_date = false;
  const Problems& problems;
};
void draw_profile_form(html::Out& o, const Visit& visit, const ProfileForm& form);

/// The profile as it was typed, over `before` where the form has no field for something. Problems: what cannot be read.
Result<Indicator> read_profile_form(const Visit& visit, const Indicator& before);

/// What a field of a profile is called.
std::string label_of_profile(Lang lang, std::string_view field);
/// The texts of a profile beside each other, for those that differ.
struct ProfileDifference {
  std::string label{}, mine{}, theirs{};
};
std::vector<ProfileDifference> compare_profiles(Lang lang, const Indicator& mine, const Indicator& theirs);

}  // namespace pilar::web
