#include "web/result_groups.h"

#include <algorithm>
#include <cmath>

#include "domain/share_gap.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kChanceDigits = 4;
/// How packs name the payers whose patients are compared.
constexpr std::string_view kMemberPayer = "jkn", kPrivatePayer = "umum";

std::string group_name(Lang lang, const app::ResultGroup& group) { return group.option->label.in(lang); }

/// From one group to the page that shows it alone.
std::string group_href(const ResultPage& page, const Item& by, const app::ResultGroup& group) {
  auto address = page.address;
  address.parts = {};
  address.breakdown = by.key + ":" + group.option->key;
  return address.href();
}

void draw_group_row(Row& row, html::Out& o, const ResultPage& page, const Item& by, const app::ResultGroup& group) {
  const auto lang = page.lang;
  const auto told = tell(lang, page.form(), group.reading);
  const bool few = told.point && told.n < kFew;
  row.name(group_name(lang, group), group_href(page, by, group));
  row.cell([&] {
    o.text(!told.point ? std::string(format::kNone) : few ? "(" + told.value + ")" : told.value);
    if (!told.interval.empty()) o.el("small", {}, told.interval);
    if (!told.also.empty()) o.el("small", {}, told.also);
  });
  row.cell([&] {
    o.text(told.cases);
    if (few) o.el("small", {}, say(lang, Msg::CommonFewData));
  });
}

std::string gap_chance(Lang lang, double p) {
  const auto least = std::pow(10.0, -kChanceDigits);
  return p < least ? "< " + format::number(lang, least, kChanceDigits) : "= " + format::number(lang, p, kChanceDigits);
}

/// The two groups that have cases, the higher one first; what to say of them.
std::string gap_words(Lang lang, const app::ResultGroup& one, const app::ResultGroup& other) {
  const auto gap = gap_between(one.reading, other.reading);
  if (!gap) return {};
  if (gap->difference < 0) return gap_words(lang, other, one);
  if (std::min(one.reading.share.denominator, other.reading.share.denominator) < kFew)
    return say(lang, Msg::ResultGapFew, {format::number(lang, kFew)});
  if (gap->difference == 0) return say(lang, Msg::ResultGapSame, {group_name(lang, one), group_name(lang, other)});
  const auto points = [&](double value) { return format::number(lang, value * 100, 1); };
  const auto reach = say(lang, Msg::ResultFromTo, {points(gap->interval.low), points(gap->interval.high)});
  return say(lang, gap->is_beyond_chance() ? Msg::ResultGapBeyond : Msg::ResultGapChance,
             {group_name(lang, one), points(gap->difference), group_name(lang, other), reach, gap_chance(lang, gap->p)});
}

/// The groups with cases; of more than two, members and private patients, where it is payers that they differ by.
std::vector<const app::ResultGroup*> groups_compared(const app::ResultGroups& all) {
  std::vector<const app::ResultGroup*> counted;
  for (const auto& group : all.groups)
    if (group.reading.share.denominator > 0) counted.push_back(&group);
  if (counted.size() > 2)
    std::erase_if(counted, [](const auto* group) { return group->option->key != kMemberPayer && group->option->key != kPrivatePayer; });
  return counted;
}

void draw_gap(html::Out& o, const ResultPage& page, const app::ResultGroups& all) {
  const auto counted = groups_compared(all);
  if (counted.size() != 2) return;
  const auto told = gap_words(page.lang, *counted.front(), *counted.back());
  if (told.empty()) return;
  o.el("p", {}, told);
  o.el("p", {{"class", "source"}}, say(page.lang, Msg::ResultGapNote));
}

}  // namespace

std::vector<app::ResultGroups> groups_behind(const Visit& visit, const ResultPage& page, const app::ResultQuery& query) {
  if (page.headline == nullptr || page.view.breakdown || page.view.is_empty || page.headline->measure->kind == MeasureKind::Skm) return {};
  auto groups = app::read_groups(visit.context, *visit.scope, query, page.headline->measure->key);
  if (!groups) return {};
  return *std::move(groups);
}

void draw_groups(html::Out& o, const ResultPage& page, std::span<const app::ResultGroups> all) {
  const auto lang = page.lang;
  for (const auto& one : all) {
    const auto title = say(lang, Msg::ResultGroupsTitle, {one.by->label.in(lang), period_words(lang, page.view.period)});
    draw_card(o, {.title = title, .id = "menurut-" + one.by->key}, [&] {
      const TableHead head{
          .caption = title,
          .columns = {{words(lang, Msg::ResultGroup)}, {words(lang, Msg::CommonValue), true}, {words(lang, Msg::ResultGroupCases), true}},
          .stacks = true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& group : one.groups) rows.row([&](Row& row) { draw_group_row(row, o, page, *one.by, group); });
      });
      draw_gap(o, page, one);
    });
  }
}

}  // namespace pilar::web
