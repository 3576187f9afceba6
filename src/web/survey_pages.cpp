#include "web/survey_pages.h"

#include <algorithm>
#include <array>

#include "app/survey.h"
#include "app/survey_link.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/public.h"
#include "i18n/words/survey.h"
#include "web/frame.h"
#include "web/photo_field.h"
#include "web/site.h"
#include "web/survey_form.h"

namespace pilar::web {
namespace {

/// Below "/s/NAME". English stays in the address, so that it needs no cookie.
std::string address(const app::Survey& survey, Lang lang, std::string_view rest = {}, std::string_view token = {}) {
  auto out = "/s/" + app::link_name(survey.link) + std::string(rest);
  if (!token.empty()) out += "?t=" + http::percent_encode(token);
  if (lang == Lang::En) out += token.empty() ? "?bahasa=en" : "&bahasa=en";
  return out;
}

std::string form_heading(const Instrument& form, Lang lang) {
  const auto& mark = form.mark.in(lang);
  return form.title.in(lang) + (mark.empty() ? "" : " (" + mark + ")");
}

PublicPage public_page(const Visit& visit, const app::Survey& survey, std::string title) {
  PublicPage frame;
  frame.lang = visit.lang;
  frame.title = std::move(title);
  frame.owner = survey.facility->name;
  // Patients know the district, not the payer's branch.
  const auto region = survey.facility->supervisor ? survey.facility->supervisor : survey.facility->parent;
  const auto* above = region ? survey.reference->organisation.find(*region) : nullptr;
  if (survey.unit != nullptr)
    frame.region = survey.unit->name;
  else if (above != nullptr)
    frame.region = above->name;
  frame.other_language_href = other_language_href(visit.request, visit.lang);
  frame.footer = {std::string(say(visit.lang, Msg::SurveyPrivacy)), form_heading(survey.version->form, visit.lang)};
  return frame;
}

/// A page that says what happened and what to do, with one way on.
struct Notice {
  int status = 404;
  Message title{}, lead{};
};

http::Reply notice_page(const Visit& visit, const Notice& notice) {
  PublicPage frame;
  frame.lang = visit.lang;
  frame.title = say(visit.lang, notice.title);
  frame.owner = "Pilar";
  return html_page(notice.status, draw_public_page(frame, [&](html::Out& o) {
                     o.el("h1", {}, frame.title);
                     o.el("p", {}, say(visit.lang, notice.lead));
                   }));
}

http::Reply notice_page(const Visit& visit, const app::Survey& survey, const Notice& notice) {
  auto frame = public_page(visit, survey, std::string(say(visit.lang, notice.title)));
  if (visit.request.method == http::Method::Post) frame.other_language_href.clear();
  return html_page(notice.status, draw_public_page(frame, [&](html::Out& o) {
                     o.el("h1", {}, frame.title);
                     o.el("p", {}, say(visit.lang, notice.lead));
                     if (survey.link.open)
                       draw_link_button(o, {std::string(say(visit.lang, Msg::SurveyNewForm)), address(survey, visit.lang)},
                                        Button::Primary);
                   }));
}

constexpr Notice kUnknown{404, Msg::SurveyUnknown, Msg::SurveyUnknownLead};
constexpr Notice kClosed{404, Msg::SurveyClosed, Msg::SurveyClosedLead};
constexpr Notice kForged{400, Msg::SurveyForged, Msg::SurveyForgedLead};
constexpr Notice kOver{410, Msg::SurveyOver, Msg::SurveyOverLead};
constexpr Notice kTooMany{429, Msg::SurveyTooMany, Msg::SurveyTooManyLead};
constexpr Notice kNotSent{404, Msg::SurveyNotSent, Msg::SurveyNotSentLead};

/// A posted or linked token, as far as it belongs here.
struct Opened {
  std::optional<app::FormToken> token{};
  const app::InstalledVersion* version = nullptr;  ///< the one the form was made with; the newest when it expired
  bool expired = false;                            ///< ours, but too old
};

std::optional<Opened> open_token(const Visit& visit, const app::Survey& survey, std::string_view text) {
  const auto token = app::open_token(visit.context.signing_key, text, visit.context.clock.now());
  if (!token && token.error() == app::TokenFault::Expired) return Opened{{}, survey.version, true};
  const auto* version = token ? app::version_of(survey, *token) : nullptr;
  if (version == nullptr) return {};
  return Opened{*token, version, false};
}

/// The page that says so when this page of the form, or its link, was sent too often. The sender's address does not matter.
std::optional<http::Reply> refuse_flood(const Visit& visit, const app::Survey& survey, const app::FormToken& token) {
  const auto page = text(token.record), link = app::link_name(survey.link);
  const auto now = visit.context.clock.now();
  auto& desk = *visit.desk;
  const auto wait = std::max(desk.sends.minutes_to_wait(page, now), desk.forms.minutes_to_wait(link, now));
  if (wait > 0) return ask_to_wait(notice_page(visit, survey, kTooMany), wait);
  desk.sends.count(page, now);
  desk.forms.count(link, now);
  return {};
}

std::string fresh_token(const Visit& visit, const app::Survey& survey) {
  return app::seal(visit.context.signing_key, app::make_token(survey, visit.context.clock.now()));
}

http::Reply form_page(const Visit& visit, const app::Survey& survey, const SurveyForm& form, int status) {
  auto frame = public_page(visit, survey, form.form.title.in(visit.lang));
  frame.language_form = kSurveyFormId;
  return html_page(status, draw_public_page(frame, [&](html::Out& o) { draw_survey_form(o, form); }));
}

http::Reply get_form(const Visit& visit) {
  const auto survey = app::find_survey(visit.context, visit.args.at(0));
  if (!survey) return notice_page(visit, kUnknown);
  if (!survey->link.open) return notice_page(visit, *survey, kClosed);
  return form_page(
      visit, *survey,
      {.form = survey->version->form, .lang = visit.lang, .action = address(*survey, visit.lang), .token = fresh_token(visit, *survey)},
      200);
}

/// Where a sent form leads. Also the way on when somebody was quicker: the page of thanks shows what is stored.
http::Reply lead_to_thanks(const app::Context& context, const app::Survey& survey, Lang lang, app::FormToken token, const Uuid& record) {
  token.record = record;
  return redirect(address(survey, lang, "/terima-kasih", app::seal(context.signing_key, token)));
}

/// Answers once the record is on disk.
app::OnSaved when_saved(const Visit& visit, const app::Survey& survey, const app::FormToken& token, http::Respond respond) {
  return [&context = visit.context, desk = visit.desk, path = visit.request.path, lang = visit.lang, survey, token,
          respond = std::move(respond)](const Result<app::Saved>& saved, std::exception_ptr failed) mutable {
    count_record(*desk, saved, failed);
    if (failed) return respond(fault_reply(failed, path, lang));
    if (saved) return respond(lead_to_thanks(context, survey, lang, token, saved->id));
    if (status_of(saved.error()) == 409) return respond(lead_to_thanks(context, survey, lang, token, token.record));
    respond(problem_reply(status_of(saved.error()), path, lang, saved.error()));
  };
}

void post_form(const Visit& visit, http::Respond respond) {
  const auto survey = app::find_survey(visit.context, visit.args.at(0));
  if (!survey) return respond(notice_page(visit, kUnknown));
  if (!survey->link.open) return respond(notice_page(visit, *survey, kClosed));
  const auto opened = open_token(visit, *survey, visit.field(kTokenField));
  if (!opened) return respond(notice_page(visit, *survey, kForged));
  SurveyForm form{.form = opened->version->form, .lang = visit.lang, .action = address(*survey, visit.lang)};
  form.typed = read_survey_form(form.form, Steps::First, visit.form, survey->facility->zone);
  const bool other_language = !visit.field(kLanguageField).empty();
  form.token = opened->expired ? fresh_token(visit, *survey) : std::string(visit.field(kTokenField));
  if (opened->expired) {
    form.problems = photos_to_choose_again(visit, form.form);
    if (!other_language) form.problems.insert(form.problems.begin(), {Problem::Kind::Invalid, Msg::SurveyExpired, "", {}});
    return respond(form_page(visit, *survey, form, other_language ? 200 : 422));
  }
  if (!other_language || !visit.files.empty())
    if (auto flood = refuse_flood(visit, *survey, *opened->token)) return respond(*std::move(flood));
  form.problems = take_photos(visit, app::public_scope(opened->token->facility), opened->token->facility, form.form, form.typed);
  if (other_language) return respond(form_page(visit, *survey, form, 200));
  auto answers = app::check_first_step(form.form, form.typed, visit.context.clock.now(), survey->facility->zone);
  if (!answers) add_other_problems(form.problems, answers.error());
  if (!form.problems.empty()) {
    visit.desk->watch.count(Taken::Refused);
    return respond(form_page(visit, *survey, form, 422));
  }
  const auto& token = *opened->token;
  app::NewRecord record{token.record,    token.facility,     token.unit, token.version, visit.context.clock.now(),
                        Channel::Public, *std::move(answers)};
  app::submit_record(visit.context, app::public_scope(token.facility), std::move(record),
                     when_saved(visit, *survey, token, std::move(respond)));
}

void draw_tick(html::Out& o) {
  o.el("svg", {{"class", "done"}, {"viewBox", "0 0 32 32"}, {"width", 48}, {"height", 48}, {"aria-hidden", "true"}}, [&] {
    o.el("circle", {{"cx", 16}, {"cy", 16}, {"r", 14}});
    o.el("path", {{"d", "M10 16.5l4.5 4.5 8-9"}});
  });
}

void draw_receipt(html::Out& o, Lang lang, const Uuid& record) {
  o.el("div", {{"class", "receipt"}}, [&] {
    o.el("p", {}, say(lang, Msg::SurveyReceipt));
    o.el("b", {}, app::receipt_of(record));
    o.el("p", {{"class", "note"}}, say(lang, Msg::SurveyReceiptHint));
  });
}

/// The page of thanks, with the later steps folded up; `form` brings what was typed in them.
http::Reply thanks_page(const Visit& visit, const app::Survey& survey, const store::StoredRecord& record, SurveyForm form, int status) {
  const auto& version = *survey.reference->find(record.version);
  const auto lang = visit.lang;
  const bool continued = app::is_continued(version, record);
  const bool asks_more =
      (!continued || !form.problems.empty()) && app::has_later_steps(version.form) && record.state != RecordState::Voided;
  const auto sent = from_canonical(record.answers);
  form.sent = &sent;
  auto frame = public_page(visit, survey, std::string(say(lang, Msg::SurveyThanksTitle)));
  const auto other = lang == Lang::Id ? "bahasa=en" : "bahasa=id";
  if (asks_more) {
    frame.language_form = kSurveyFormId;
    frame.other_language_href = address(survey, Lang::Id, "/lanjut") + "?" + other;
  } else {
    frame.other_language_href = address(survey, Lang::Id, "/terima-kasih", form.token) + "&" + other;
  }
  return html_page(status, draw_public_page(frame, [&](html::Out& o) {
                     draw_tick(o);
                     o.el("h1", {}, say(lang, Msg::SurveyThanks));
                     o.el("p", {{"class", "hint"}}, format::weekday(lang, record.day) + ", " + format::date(lang, record.day));
                     if (continued) o.el("p", {}, say(lang, Msg::SurveyMoreThanks));
                     draw_receipt(o, lang, record.id);
                     if (asks_more) {
                       const auto questions = std::to_string(count_questions(version.form, Steps::Later));
                       o.el("h2", {}, say(lang, Msg::SurveyMoreTitle));
                       o.el("p", {{"class", "hint"}}, say(lang, Msg::SurveyMoreLead, {questions}));
                       o.el("details", {{"class", "more"}, {"open", !form.problems.empty() || is_anything_typed(form.typed)}}, [&] {
                         o.el("summary", {}, say(lang, Msg::SurveyMore));
                         draw_survey_form(o, form);
                       });
                     }
                     const auto results = "/f/" + http::percent_encode(survey.facility->code) + (lang == Lang::En ? "?bahasa=en" : "");
                     o.el("p", {}, [&] { o.el("a", {{"class", "again"}, {"href", results}}, say(lang, Msg::PublicSeeResults)); });
                     if (survey.link.open) o.el("a", {{"class", "again"}, {"href", address(survey, lang)}}, say(lang, Msg::SurveyAgain));
                   }));
}

SurveyForm later_form(const Visit& visit, const app::Survey& survey, const app::InstalledVersion& version, std::string_view token) {
  return {.form = version.form,
          .lang = visit.lang,
          .steps = Steps::Later,
          .action = address(survey, visit.lang, "/lanjut"),
          .token = std::string(token)};
}

/// What a sent form's token leads to, or the page that says why it leads nowhere.
struct Sent {
  app::Survey survey{};
  app::FormToken token{};
  store::StoredRecord record{};
  const app::InstalledVersion* version = nullptr;
};

std::expected<Sent, http::Reply> find_sent(const Visit& visit, std::string_view token) {
  auto survey = app::find_survey(visit.context, visit.args.at(0));
  if (!survey) return std::unexpected(notice_page(visit, kUnknown));
  const auto opened = open_token(visit, *survey, token);
  if (!opened) return std::unexpected(notice_page(visit, *survey, kForged));
  if (opened->expired) return std::unexpected(notice_page(visit, *survey, kOver));
  auto record = app::find_sent(visit.context, *opened->token);
  if (!record) return std::unexpected(notice_page(visit, *survey, kNotSent));
  // Staff may have corrected it with a newer version since.
  const auto* version = survey->reference->find(record->version);
  require(version != nullptr, "a record names an installed version");
  return Sent{*std::move(survey), *opened->token, *std::move(record), version};
}

http::Reply get_thanks(const Visit& visit) {
  const auto token = visit.request.param("t");
  const auto sent = find_sent(visit, token);
  if (!sent) return sent.error();
  return thanks_page(visit, sent->survey, sent->record, later_form(visit, sent->survey, *sent->version, token), 200);
}

void post_later(const Visit& visit, http::Respond respond) {
  const auto token = visit.field(kTokenField);
  auto sent = find_sent(visit, token);
  if (!sent) return respond(std::move(sent.error()));
  if (auto flood = refuse_flood(visit, sent->survey, sent->token)) return respond(*std::move(flood));
  auto form = later_form(visit, sent->survey, *sent->version, token);
  form.typed = read_survey_form(form.form, Steps::Later, visit.form, sent->survey.facility->zone);
  form.problems = take_photos(visit, app::public_scope(sent->token.facility), sent->token.facility, form.form, form.typed);
  if (!visit.field(kLanguageField).empty()) return respond(thanks_page(visit, sent->survey, sent->record, std::move(form), 200));
  auto change = app::continue_survey(*sent->version, sent->record, form.typed, visit.context.clock.now(), sent->survey.facility->zone);
  if (!change) add_other_problems(form.problems, change.error());
  if (!form.problems.empty()) { return respond(thanks_page(visit, sent->survey, sent->record, std::move(form), 422)); }
  if (!*change) return respond(lead_to_thanks(visit.context, sent->survey, visit.lang, sent->token, sent->record.id));
  app::submit_correction(visit.context, app::public_scope(sent->token.facility), **change,
                         when_saved(visit, sent->survey, sent->token, std::move(respond)));
}

constexpr std::array kSurveyRoutes{
    Route{http::Method::Get, "/s/:arg", May::Anyone, Work::Blocking, &get_form, "The public form of a survey link."},
    Route{http::Method::Post, "/s/:arg", May::Anyone, Work::Blocking, &post_form, "Sends the first step of a public form.", kPhotoFormBytes,
          nullptr, kPhotoMemoryBytes},
    Route{http::Method::Get, "/s/:arg/terima-kasih", May::Anyone, Work::Blocking, &get_thanks, "Thanks, receipt, and the later steps."},
    Route{http::Method::Post, "/s/:arg/lanjut", May::Anyone, Work::Blocking, &post_later, "Adds the later steps to a sent form.",
          kPhotoFormBytes, nullptr, kPhotoMemoryBytes},
};

}  // namespace

std::span<const Route> survey_routes() { return kSurveyRoutes; }

}  // namespace pilar::web
