#include "web/integrity_words.h"

#include <cmath>

#include "i18n/format.h"
#include "i18n/words/entry.h"
#include "i18n/words/integrity.h"
#include "web/audit_words.h"
#include "web/result_address.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Chances below this are told as "less than".
constexpr double kSmallestTold = 1e-6;
constexpr int kPlaces = 1;

std::string share_of(Lang lang, math::Share share) { return format::percent(lang, share.x, share.n, kPlaces); }
std::string part_words(Lang lang, math::Share share) {
  return say(lang, Msg::IntegrityPart, {format::number(lang, share.x), format::number(lang, share.n), share_of(lang, share)});
}
std::string goal_words(Lang lang, const app::FoundSign& sign) { return sign.target ? format::share(lang, *sign.target) : std::string(); }

std::string round_words(Lang lang, const app::FoundSign& sign) {
  return say(lang, sign.uneven ? Msg::EvidenceUneven : Msg::EvidenceRound, {part_words(lang, sign.first)});
}

std::string over_words(Lang lang, const app::FoundSign& sign) {
  return say(lang, Msg::EvidenceOver, {format::number(lang, sign.first.x), format::number(lang, sign.first.n), share_of(lang, sign.first)});
}

std::string month_end_words(Lang lang, const app::FoundSign& sign) {
  return say(lang, Msg::EvidenceMonthEnd,
             {part_words(lang, sign.first), part_words(lang, sign.second),
              share_of(lang, {sign.first.x + sign.second.x, sign.first.n + sign.second.n}), goal_words(lang, sign)});
}

std::string unusual_words(Lang lang, const app::FoundSign& sign) {
  return say(lang, Msg::EvidenceUnusual,
             {format::number(lang, sign.figure, sign.item->digits), oddness_words(lang, *sign.oddness, *sign.usual, sign.item->digits)});
}

std::string count_words(Lang lang, std::int64_t count) { return format::number(lang, count); }

}  // namespace

void draw_severity(html::Out& o, Lang lang, Severity severity) {
  const bool high = severity == Severity::High;
  draw_badge(o, high ? Mark::Concern : Mark::None, words(lang, title_of(severities(), severity)), high ? Ground::Filled : Ground::Clear);
}

std::string sign_words(Lang lang, SignKind kind) { return words(lang, title_of(sign_kinds(), kind)); }

std::string sign_subject(Lang lang, const app::IntegrityView& view, const app::FoundSign& sign) {
  auto out = sign.version->form.title.in(lang);
  if (sign.measure != nullptr) out += ", " + sign.measure->title.in(lang);
  if (sign.item != nullptr) out += ", " + sign.item->label.in(lang);
  if (sign.unit) {
    const auto* unit = view.reference->organisation.find_unit(view.node->key, *sign.unit);
    out += ", " + (unit == nullptr ? words(lang, Msg::EntryWhole) : unit->name);
  }
  if (sign.day) out += ", " + format::date(lang, *sign.day);
  if (sign.hour) out += ", " + format::moment(lang, *sign.hour, view.node->zone);
  return out;
}

std::string evidence_words(Lang lang, const app::FoundSign& sign) {
  switch (sign.kind) {
    case SignKind::MonthEnd:
      return month_end_words(lang, sign);
    case SignKind::JustOver:
      return say(lang, Msg::EvidenceJustOver,
                 {count_words(lang, sign.first.x), count_words(lang, sign.first.n - sign.first.x), goal_words(lang, sign)});
    case SignKind::Speed:
      return say(lang, Msg::EvidenceSpeed, {count_words(lang, sign.first.x)});
    case SignKind::Seconds:
      return say(lang, Msg::EvidenceSeconds, {part_words(lang, sign.first), format::number(lang, sign.figure, kPlaces)});
    case SignKind::CopiedMonth:
      return say(lang, Msg::EvidenceCopied, {count_words(lang, sign.first.x), format::month(lang, *sign.like)});
    case SignKind::RoundNumbers:
      return round_words(lang, sign);
    case SignKind::Duplicates:
      return say(lang, Msg::EvidenceDuplicates, {count_words(lang, sign.first.x), count_words(lang, sign.first.n)});
    case SignKind::OverDenominator:
      return over_words(lang, sign);
    case SignKind::TooGood:
      return say(lang, Msg::EvidenceTooGood, {count_words(lang, sign.first.x), count_words(lang, sign.first.n)});
    case SignKind::Unusual:
      return unusual_words(lang, sign);
    case SignKind::Rule:
      break;
  }
  return say(lang, Msg::EvidenceRule, {count_words(lang, sign.first.x), sign.rule->message.in(lang)});
}

std::string chance_words(Lang lang, const app::FoundSign& sign) {
  if (!(sign.sign.chance > 0)) return {};
  if (sign.sign.chance < kSmallestTold) return words(lang, Msg::IntegrityChanceTiny);
  return say(lang, Msg::IntegrityChance, {format::number(lang, std::round(1 / sign.sign.chance), 0)});
}

Link sign_link(Lang lang, const app::IntegrityView& view, const app::FoundSign& sign) {
  ResultAddress address;
  address.instrument = sign.version->form.key;
  address.place = view.node->code;
  address.period = sign.day ? Period{*sign.day, {sign.day->value + 1}} : period_of(view.month);
  if (sign.unit)
    if (const auto* unit = view.reference->organisation.find_unit(view.node->key, *sign.unit)) address.unit = unit->code;
  if (sign.version->form.is_public || sign.measure != nullptr) {
    if (sign.measure != nullptr) address.measure = sign.measure->key;
    return {words(lang, Msg::IntegritySeeResult), address.href()};
  }
  return {words(lang, Msg::IntegritySeeRecords), address.records_href()};
}

std::string checked_words(Lang lang, const app::AuditNames& names, const app::IntegrityView& view, const store::StoredCheck& check) {
  return say(lang, Msg::IntegrityCheckedBy,
             {who_words(lang, names, check.actor), format::moment(lang, check.at, view.node->zone), check.reason});
}

std::string integrity_href(const Node& node, Month month, std::string_view below) {
  return "/indikator/keutuhan" + std::string(below) + "?tempat=" + http::percent_encode(node.code) + "&bulan=" + iso(month);
}

std::string oddness_words(Lang lang, Oddness oddness, const Usual& usual, int digits) {
  const auto range = format::range(format::number(lang, usual.low, digits), format::number(lang, usual.high, digits));
  switch (oddness) {
    case Oddness::TenTimes:
      return say(lang, Msg::OddTenTimes, {range});
    case Oddness::OneTenth:
      return say(lang, Msg::OddOneTenth, {range});
    case Oddness::DigitSwap:
      return say(lang, Msg::OddDigitSwap, {range});
    case Oddness::Far:
      break;
  }
  return say(lang, Msg::OddFar, {range});
}

}  // namespace pilar::web
