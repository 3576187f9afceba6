#include <array>

#include "app/organisation.h"
#include "base/text.h"
#include "i18n/words/indicator.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/kamus_form.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kProfileBytes = 256 << 10, kLongestKey = 40;

/// What is edited: an entry of the kamus, or a new one.
struct AskedProfile {
  app::KamusView view;
  const app::KamusLine* line = nullptr;  ///< null: a new entry

  FacilityKey owner() const { return line != nullptr ? line->entry->owner : view.place(); }
  /// What the form begins with.
  Indicator profile() const {
    if (line == nullptr) return {};
    auto newest = line->entry->newest().profile;
    if (needs_date() && line->entry->draft() == nullptr) newest.valid_from.reset();
    return newest;
  }
  bool needs_date() const { return line != nullptr && line->entry->published() != nullptr; }
  Instant seen() const { return line == nullptr ? Instant{} : line->entry->newest().saved_at; }
};

Result<AskedProfile> read_asked_profile(const Visit& visit) {
  auto view = read_kamus_request(visit);
  if (!view) return std::unexpected(view.error());
  AskedProfile asked{*std::move(view), nullptr};
  if (!visit.args.empty()) {
    asked.line = asked.view.find(visit.args.front());
    if (asked.line == nullptr) return refuse(Problem::Kind::NotFound, Msg::IndicatorUnknown, "", {std::string(visit.args.front())});
  }
  if (!app::may_manage_indicators(*visit.scope, asked.view.reference->organisation, asked.owner()))
    return refuse(Problem::Kind::Forbidden, Msg::IndicatorMayNotManage);
  return asked;
}

std::string edit_href(const AskedProfile& asked) {
  return asked.line == nullptr ? kamus_href(asked.view, "/tambah") : entry_href(asked.view, *asked.line, "/ubah");
}

std::string edit_note(const Visit& visit, const AskedProfile& asked) {
  if (asked.line == nullptr || asked.line->entry->draft() != nullptr) return words(visit.lang, Msg::KamusNewNote);
  return say(visit.lang, Msg::KamusEditNote, {std::to_string(asked.line->entry->newest().profile.version + 1)});
}

std::string draw_editor(const Visit& visit, const AskedProfile& asked, const Problems& problems) {
  const auto lang = visit.lang;
  const auto title = words(lang, asked.line == nullptr ? Msg::KamusNewTitle : Msg::KamusEditTitle);
  auto frame = staff_page(visit, Place::Indicators, asked.line == nullptr ? title : asked.line->profile().title.in(lang));
  frame.place = kamus_place(lang, asked.view);
  frame.path = {{words(lang, Msg::KamusTitle), kamus_href(asked.view, "")}};
  if (asked.line != nullptr) frame.path.push_back({asked.line->profile().title.in(lang), entry_href(asked.view, *asked.line)});
  Hidden hidden{{"seen", std::to_string(asked.seen().micros)}};
  if (asked.view.node != nullptr) hidden.emplace_back("tempat", asked.view.node->code);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {.title = title, .note = edit_note(visit, asked)}, [&] {
      draw_not_a_target(o, lang);
      draw_post_form(o, visit, edit_href(asked), hidden, [&] {
        draw_profile_form(o, visit, {asked.view, asked.profile(), asked.line == nullptr, asked.needs_date(), problems});
        auto reason = reason_field(visit, problems, "reason", Msg::KamusReason, words(lang, Msg::KamusReasonHint));
        reason.required = false;
        draw_field(o, lang, reason);
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, words(lang, Msg::KamusPublish), Button::Primary, "apa", "terbit");
          draw_button(o, words(lang, Msg::KamusSaveDraft), Button::Quiet, "apa", "rancangan");
        });
      });
    });
  });
}

/// Both versions side by side; what was typed is sent again over the newer one, or left.
std::string draw_profile_conflict(const Visit& visit, const AskedProfile& now, const Indicator& mine) {
  Conflict conflict{say(visit.lang, Msg::KamusConflict, {now.line->profile().title.in(visit.lang)}), {}, edit_href(now), {}, {}};
  for (auto& row : compare_profiles(visit.lang, mine, now.line->entry->newest().profile))
    conflict.fields.push_back({std::move(row.label), std::move(row.mine), std::move(row.theirs)});
  for (const auto& [name, value] : visit.form)
    if (name != "csrf" && name != "seen") conflict.hidden.emplace_back(name, value);
  conflict.hidden.emplace_back("seen", std::to_string(now.seen().micros));
  conflict.back = {now.line->profile().title.in(visit.lang), entry_href(now.view, *now.line)};
  return draw_conflict(visit, conflict);
}

/// A new entry without a short name gets one from its title.
std::string key_for(const Visit& visit, const Indicator& profile) {
  const auto typed = trim(visit.field("key"));
  if (!typed.empty()) return std::string(typed);
  return app::code_of(profile.title.id).substr(0, kLongestKey);
}

Problems check_change_reason(const Visit& visit, const AskedProfile& asked) {
  const auto reason = trim(visit.field("reason"));
  if (asked.needs_date() || !reason.empty()) return check_reason(reason, "reason");
  return {};
}

http::Reply save_profile(const Visit& visit, const AskedProfile& asked) {
  auto profile = read_profile_form(visit, asked.profile());
  auto wrong = check_change_reason(visit, asked);
  if (!profile) wrong.insert(wrong.end(), profile.error().begin(), profile.error().end());
  if (!wrong.empty()) return html_page(422, draw_editor(visit, asked, wrong));
  if (asked.line == nullptr) profile->key = key_for(visit, *profile);
  app::IndicatorEdit edit{.owner = asked.owner(), .profile = *profile};
  if (asked.line != nullptr) edit.id = asked.line->entry->id;
  edit.seen = {parse_int(visit.field("seen")).value_or(0)};
  edit.publish = visit.field("apa") == "terbit";
  edit.reason = trim(visit.field("reason"));
  const auto saved = app::save_indicator(visit.context, *visit.scope, edit);
  if (saved)
    return redirect(kamus_href(asked.view, "/" + (asked.line == nullptr ? profile->key : asked.line->entry->key()),
                               {{"sudah", edit.publish ? "terbit" : "rancangan"}}));
  if (asked.line != nullptr && saved.error().front().message == Msg::IndicatorVersionOld && saved.error().front().field.empty()) {
    const auto now = read_asked_profile(visit);
    if (now && now->line != nullptr) return html_page(409, draw_profile_conflict(visit, *now, *profile));
  }
  return html_page(status_of(saved.error()), draw_editor(visit, asked, saved.error()));
}

http::Reply get_editor(const Visit& visit) {
  const auto asked = read_asked_profile(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, draw_editor(visit, *asked, {}));
}

http::Reply post_editor(const Visit& visit) {
  const auto asked = read_asked_profile(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return save_profile(visit, *asked);
}

constexpr std::array kEditRoutes{
    Route{http::Method::Get, "/kamus/tambah", May::ManageIndicators, Work::Blocking, &get_editor, "The form of a new indicator."},
    Route{http::Method::Post, "/kamus/tambah", May::ManageIndicators, Work::Blocking, &post_editor,
          "Saves a new indicator, as a draft or published.", kProfileBytes},
    Route{http::Method::Get, "/kamus/:arg/ubah", May::ManageIndicators, Work::Blocking, &get_editor, "The form of an indicator's profile."},
    Route{http::Method::Post, "/kamus/:arg/ubah", May::ManageIndicators, Work::Blocking, &post_editor,
          "Saves the next version of an indicator, as a draft or published.", kProfileBytes},
};

}  // namespace

std::span<const Route> kamus_edit_routes() { return kEditRoutes; }

}  // namespace pilar::web
