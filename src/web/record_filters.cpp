#include "web/record_filters.h"

#include <algorithm>
#include <array>

#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/result.h"
#include "web/forms.h"
#include "web/record_words.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class FilterDrawing {
 public:
  FilterDrawing(const Visit& visit, const RecordRequest& request, const app::RecordList& list)
      : r_(request),
        list_(list),
        lang_(visit.lang),
        item_(list.version->form.find(request.item)) {}

  FilterBar bar() const {
    FilterBar bar{.action = action(), .summary = period_words(lang_, r_.address.period)};
    bar.filters = {day("dari", Msg::RecordListFrom, r_.address.period.from),
                   day("sampai", Msg::RecordListTo, {r_.address.period.to.value - 1}), unit(), state(), channel()};
    if (!is_public()) bar.filters.push_back({"oleh", in(Msg::RecordListBy), r_.filter.login});
    bar.filters.push_back(question());
    if (item_ != nullptr) add_answer(bar.filters);
    bar.filters.push_back({"kata", in(Msg::RecordListWords), r_.filter.words});
    bar.kept = kept({"dari", "sampai", "bulan", "unit", "keadaan", "lewat", "oleh", "butir", "jawaban", "min", "maks", "kata"});
    return bar;
  }
  void draw(html::Out& o) const {
    draw_filters(o, lang_, bar());
    if (!is_public()) draw_columns(o);
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_public() const { return list_.version->form.is_public; }
  std::string action() const { return "/catatan/" + r_.address.instrument; }

  /// The parts of the address that this form does not ask for.
  http::Fields kept(std::initializer_list<std::string_view> asked) const {
    auto fields = r_.fields();
    std::erase_if(fields, [&](const auto& field) { return std::ranges::find(asked, std::string_view(field.first)) != asked.end(); });
    return fields;
  }

  Filter day(const char* name, Message label, Day value) const { return {name, in(label), iso(value), {}, "date"}; }

  Filter unit() const {
    Filter filter{"unit", in(Msg::ResultUnit), r_.address.unit, {{"", in(Msg::RecordListAny)}}};
    for (const auto& one : list_.reference->organisation.units(list_.node->key)) filter.options.push_back({one.code, one.name});
    return filter;
  }

  Filter state() const {
    Filter filter{
        "keadaan", in(Msg::RecordListState), r_.filter.state ? std::string(name_of(*r_.filter.state)) : "", {{"", in(Msg::RecordListAny)}}};
    for (const auto one : {RecordState::Valid, RecordState::Flagged, RecordState::Voided})
      filter.options.push_back({std::string(name_of(one)), in(state_words(one))});
    return filter;
  }

  Filter channel() const {
    Filter filter{"lewat",
                  in(Msg::RecordListChannel),
                  r_.filter.channel ? std::string(name_of(*r_.filter.channel)) : "",
                  {{"", in(Msg::RecordListAny)}}};
    for (const auto one : {Channel::Public, Channel::Staff, Channel::Api, Channel::Import, Channel::Demo})
      filter.options.push_back({std::string(name_of(one)), in(channel_words(one))});
    return filter;
  }

  Filter question() const {
    Filter filter{"butir", in(Msg::RecordListItem), r_.item, {{"", in(is_public() ? Msg::RecordListNoItem : Msg::RecordListAny)}}};
    for (const auto& item : list_.version->form.items) filter.options.push_back({item.key, item.label.in(lang_)});
    return filter;
  }

  void add_answer(std::vector<Filter>& filters) const {
    if (!item_->options.empty()) {
      Filter filter{"jawaban", in(Msg::RecordListAnswer), r_.filter.answer, {{"", in(Msg::RecordListAny)}}};
      for (const auto& option : item_->options) filter.options.push_back({option.key, option.label.in(lang_)});
      filters.push_back(std::move(filter));
    }
    if (!is_numeric(item_->kind) && item_->kind != ItemKind::Scale) return;
    filters.push_back({"min", in(Msg::RecordListLow), r_.low});
    filters.push_back({"maks", in(Msg::RecordListHigh), r_.high});
  }

  void draw_columns(html::Out& o) const {
    o.el("details", {{"class", "periods"}}, [&] {
      o.el("summary", {}, say(lang_, Msg::RecordListColumns));
      o.el("form", {{"method", "get"}, {"action", action()}}, [&] {
        for (const auto& [name, value] : kept({"kolom"})) o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
        o.el("div", {{"class", "links"}}, [&] {
          for (const auto* item : list_.columns) draw_column(o, *item);
        });
        draw_button(o, say(lang_, Msg::CommonShow));
      });
    });
  }

  void draw_column(html::Out& o, const Item& item) const {
    const bool shown = r_.columns.empty() || std::ranges::find(r_.columns, item.key) != r_.columns.end();
    const auto id = "k-" + item.key;
    o.el("div", {{"class", "check"}}, [&] {
      o.el("input", {{"type", "checkbox"}, {"id", id}, {"name", "kolom"}, {"value", item.key}, {"checked", shown}});
      o.el("label", {{"for", id}}, item.label.in(lang_));
    });
  }

  const RecordRequest& r_;
  const app::RecordList& list_;
  Lang lang_;
  const Item* item_;
};

}  // namespace

void draw_record_filters(html::Out& o, const Visit& visit, const RecordRequest& request, const app::RecordList& list) {
  FilterDrawing(visit, request, list).draw(o);
}

FilterBar record_filters(const Visit& visit, const RecordRequest& request, const app::RecordList& list) {
  return FilterDrawing(visit, request, list).bar();
}

}  // namespace pilar::web
