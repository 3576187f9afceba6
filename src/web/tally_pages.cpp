#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "domain/tally.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/queue.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_pages.h"
#include "web/entry_save.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/offline_pages.h"
#include "web/question.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kOutcomeField = "_hasil", kCountField = "_n", kCountDoneField = "_ya", kDone = "ya", kNotDone = "tidak";
constexpr std::int64_t kMostTaps = 100'000;

http::Reply refuse_tally(const Visit& visit, const Problem& problem) { return problem_reply(visit, {problem}); }

/// The tally of this visit's instrument and place.
struct TallyRequest {
  EntryRequest entry;
  Tally tally;
};
std::expected<TallyRequest, http::Reply> read_tally(const Visit& visit) {
  const auto entry = read_entry_request(visit);
  if (!entry) return std::unexpected(refuse_tally(visit, entry.error().front()));
  auto tally = find_tally(entry->version->form);
  if (!tally) return std::unexpected(refuse_tally(visit, {Problem::Kind::NotFound, Msg::TallyNone, "", {}}));
  return TallyRequest{*entry, *std::move(tally)};
}

/// What was counted so far on pages without script: it travels in the address.
struct Counted {
  std::int64_t n = 0, done = 0;
};
Counted counted_in(std::string_view n_text, std::string_view done_text) {
  const auto n = std::clamp<std::int64_t>(parse_int(n_text).value_or(0), 0, kMostTaps);
  return {n, std::clamp<std::int64_t>(parse_int(done_text).value_or(0), 0, n)};
}

std::string counted_words(Lang lang, const Counted& counted) {
  const auto n = format::number(lang, counted.n), done = format::number(lang, counted.done);
  if (counted.n == 0) return words(lang, Msg::TallyNothing);
  const auto share = format::percent(lang, counted.done, counted.n);
  return say(lang, counted.n < kFew ? Msg::TallyFew : Msg::TallyCount, {done, n, share});
}

class TallyDrawing {
 public:
  TallyDrawing(html::Out& o, const Visit& visit, const TallyRequest& request, const http::Fields& typed, const Problems& problems,
               const Counted& counted)
      : o_(o),
        visit_(visit),
        request_(request),
        form_(request.entry.version->form),
        typed_(typed),
        problems_(problems),
        counted_(counted) {}

  void draw() {
    const auto& node = *request_.entry.node;
    o_.el("form",
          {{"class", "tally-form"},
           {"method", "post"},
           {"action", "/isi/" + form_.key + "/hitung"},
           {"novalidate", true},
           {"data-account", std::to_string(visit_.person->account.value)},
           {"data-path", "/isi/" + form_.key},
           {"data-title", form_.title.in(lang())},
           {"data-where", node.name}},
          [&] {
            draw_problem_summary();
            draw_hidden();
            draw_card(o_, {}, [&] {
              draw_units();
              for (const auto index : request_.tally.about) draw_chips(form_.items[index], {});
              if (request_.tally.done.size() > 1) draw_chips(form_.items[request_.tally.item], request_.tally.done);
            });
            draw_buttons();
            o_.json({{"data-tally", true}}, script_words());
          });
  }

 private:
  Lang lang() const { return visit_.lang; }

  std::string typed(std::string_view name) const {
    const auto found = std::ranges::find(typed_, name, &http::Fields::value_type::first);
    return found == typed_.end() ? std::string() : found->second;
  }

  std::string problem_at(std::string_view field) const {
    const auto found = std::ranges::find_if(problems_, [&](const Problem& one) { return entry_field(one.field) == field; });
    return found == problems_.end() ? std::string() : words_of_answer(lang(), *found, form_);
  }

  void draw_problem_summary() {
    std::vector<ProblemLine> lines;
    for (const auto& problem : problems_) {
      const auto field = entry_field(problem.field);
      const auto label = entry_label(lang(), form_, field);
      lines.push_back({label.empty() ? "" : field, (label.empty() ? "" : label + ": ") + words_of_answer(lang(), problem, form_)});
    }
    draw_problem_lines(o_, lang(), lines);
  }

  void hidden(std::string_view name, const std::string& value) { o_.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}}); }

  void draw_hidden() {
    hidden("csrf", visit_.csrf);
    hidden(kIdField, text(make_uuid(visit_.context.clock.now())));
    hidden(kPlaceField, request_.entry.node->code);
    hidden(kVersionField, std::to_string(form_.version));
    hidden(kCountField, std::to_string(counted_.n));
    hidden(kCountDoneField, std::to_string(counted_.done));
  }

  void draw_units() {
    const auto today = civil_day(visit_.context.clock.now(), request_.entry.node->zone);
    const auto units = app::units_to_fill(visit_.reference->organisation, *visit_.scope, *request_.entry.node, today);
    std::vector<Option> options;
    if (units.whole) options.push_back({"-", words(lang(), Msg::EntryWhole)});
    for (const auto* unit : units.units) options.push_back({unit->code, unit->name});
    if (options.size() > 1) options.insert(options.begin(), {"", words(lang(), Msg::EntryPickUnit)});
    Field field{std::string(kUnitField), words(lang(), Msg::EntryUnit)};
    field.required = true;
    field.value = typed(kUnitField);
    field.problem = problem_at(kUnitField);
    draw_select(o_, lang(), field, options);
  }

  /// With `only`, just these of its options.
  void draw_chips(const Item& item, const std::vector<const pilar::Option*>& only) {
    Choice choice{item.key, only.empty() ? item.label.in(lang()) : words(lang(), Msg::TallyWay), item.hint.in(lang()),
                  problem_at(item.key)};
    for (const auto& option : item.options) {
      if (!only.empty() && std::ranges::find(only, &option) == only.end()) continue;
      choice.options.push_back({option.key, option.label.in(lang()), "", std::to_string(choice.options.size() + 1)});
    }
    if (const auto value = typed(item.key); !value.empty()) choice.chosen = {value};
    choice.tiles = Tiles::Segments;
    choice.required = item.required;
    o_.el("div", {{"class", "question"}, {"data-item", item.key}, {"data-required", item.required}, {"data-way", !only.empty()}},
          [&] { draw_choice(o_, choice); });
  }

  void draw_press(std::string_view value, Message label, std::string_view look) {
    o_.el("button", {{"class", "btn press " + std::string(look)}, {"name", kOutcomeField}, {"value", value}}, say(lang(), label));
  }

  void draw_buttons() {
    o_.el("div", {{"class", "tally-end"}}, [&] {
      o_.el("p", {{"class", "said"}, {"data-count", true}, {"role", "status"}}, counted_words(lang(), counted_));
      o_.el("p", {{"class", "note"}, {"data-draft-state", true}, {"role", "status"}});
      o_.el("div", {{"class", "presses"}}, [&] {
        draw_press(kDone, Msg::TallyDone, "btn-primary");
        draw_press(kNotDone, Msg::TallyNotDone, "not-done");
      });
      o_.el("p", {{"class", "choices"}}, [&] {
        o_.el("button", {{"class", "btn"}, {"type", "button"}, {"hidden", true}, {"data-undo", true}}, say(lang(), Msg::TallyUndo));
        o_.el("button", {{"class", "btn"}, {"type", "button"}, {"hidden", true}, {"data-end", true}}, say(lang(), Msg::TallyEnd));
      });
    });
  }

  std::string script_words() const {
    const auto with = [&](Message message) { return say(lang(), message, {"{0}", "{1}", "{2}"}); };
    const auto said = [&](Message message) { return words(lang(), message); };
    const auto& tally = request_.tally;
    return json::print(json::Object{{"item", form_.items[tally.item].key},
                                    {"done", tally.done.size() == 1 ? tally.done.front()->key : std::string()},
                                    {"notDone", tally.not_done->key},
                                    {"few", kFew},
                                    {"zone", static_cast<int>(request_.entry.node->zone)},
                                    {"words", json::Object{{"nothing", said(Msg::TallyNothing)},
                                                           {"fewCount", with(Msg::TallyFew)},
                                                           {"count", with(Msg::TallyCount)},
                                                           {"choose", said(Msg::AnswerChooseRequired)},
                                                           {"unit", said(Msg::EntryUnitMissing)},
                                                           {"noted", with(Msg::TallyNoted)},
                                                           {"undone", said(Msg::TallyUndone)},
                                                           {"nothingToUndo", said(Msg::TallyNothingToUndo)},
                                                           {"sentAlready", said(Msg::TallySentAlready)},
                                                           {"see", said(Msg::EntrySee)},
                                                           {"ended", with(Msg::TallyEnded)},
                                                           {"notKept", said(Msg::QueueNotKept)}}}});
  }

  html::Out& o_;
  const Visit& visit_;
  const TallyRequest& request_;
  const Instrument& form_;
  const http::Fields& typed_;
  const Problems& problems_;
  Counted counted_;
};

http::Reply draw_tally_page(const Visit& visit, const TallyRequest& request, const http::Fields& typed, const Problems& problems,
                            const Counted& counted) {
  const auto lang = visit.lang;
  const auto& form = request.entry.version->form;
  const auto& node = *request.entry.node;
  auto frame = staff_page(visit, Place::Entry, say(lang, Msg::TallyTitle, {form.title.in(lang)}));
  frame.entry = true;
  frame.place = node.name + (form.mark.empty() ? "" : " · " + form.mark.in(lang));
  frame.path = {{words(lang, Msg::EntryTitle), entry_href("", node)}, {form.title.in(lang), entry_href(form.key, node)}};
  tell_saved(visit, node, frame);
  return html_page(problems.empty() ? 200 : status_of(problems),
                   draw_staff_page(frame, [&](html::Out& o) { TallyDrawing(o, visit, request, typed, problems, counted).draw(); }));
}

http::Reply get_tally(const Visit& visit) {
  const auto request = read_tally(visit);
  if (!request) return request.error();
  const auto counted = counted_in(visit.request.param(kCountField), visit.request.param(kCountDoneField));
  return draw_tally_page(visit, *request, visit.request.query, {}, counted);
}

/// The fields of the form as a record of the instrument has them.
http::Fields record_fields(const Visit& visit, const TallyRequest& request) {
  const auto& item = request.entry.version->form.items[request.tally.item];
  const bool is_done = visit.field(kOutcomeField) == kDone;
  auto fields = visit.form;
  if (!is_done || request.tally.done.size() == 1) {
    std::erase_if(fields, [&](const auto& field) { return field.first == item.key; });
    fields.emplace_back(item.key, is_done ? request.tally.done.front()->key : request.tally.not_done->key);
  }
  fields.emplace_back(std::string(kAtField), local_text(visit.context.clock.now(), request.entry.node->zone));
  return fields;
}

/// To the next opportunity: who was observed stays chosen, which opportunity it was does not.
std::string next_tally_href(const Visit& visit, const TallyRequest& request, const Uuid& saved, const Counted& counted) {
  const auto& form = request.entry.version->form;
  auto more = "&tersimpan=" + text(saved) + "&instrumen=" + form.key + "&_n=" + std::to_string(counted.n) +
              "&_ya=" + std::to_string(counted.done) + "&_unit=" + http::percent_encode(visit.field(kUnitField));
  for (std::size_t i = 0; i + 1 < request.tally.about.size(); ++i) {
    const auto& key = form.items[request.tally.about[i]].key;
    more += "&" + key + "=" + http::percent_encode(visit.field(key));
  }
  return entry_href(form.key + "/hitung", *request.entry.node, more);
}

http::Reply post_tally(const Visit& visit) {
  const auto request = read_tally(visit);
  if (!request) return request.error();
  const auto id = parse_uuid(visit.field(kIdField));
  const auto outcome = visit.field(kOutcomeField);
  if (!id || (outcome != kDone && outcome != kNotDone)) return refuse_tally(visit, {Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}});
  auto counted = counted_in(visit.field(kCountField), visit.field(kCountDoneField));
  const auto sent = save_entry(visit, request->entry, *id, record_fields(visit, *request));
  if (!sent.saved) return draw_tally_page(visit, *request, visit.form, sent.saved.error(), counted);
  if (!sent.saved->repeated) counted = {counted.n + 1, counted.done + (outcome == kDone ? 1 : 0)};
  return redirect(next_tally_href(visit, *request, *id, counted));
}

constexpr std::array kTallyRoutes{
    Route{http::Method::Get, "/isi/:arg/hitung", May::WriteRecords, Work::Blocking, &get_tally,
          "Counts opportunities of an instrument by two buttons."},
    Route{http::Method::Post, "/isi/:arg/hitung", May::WriteRecords, Work::Blocking, &post_tally, "Saves one counted opportunity.",
          kEntryMemoryBytes},
};

}  // namespace

std::span<const Route> tally_routes() { return kTallyRoutes; }

}  // namespace pilar::web
