#include "web/record_request.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/words/answer.h"
#include "i18n/words/result.h"
#include "web/entry_address.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kMostPages = 1'000'000;
constexpr std::array<std::string_view, 3> kStateNames{"dihitung", "dibatalkan", "perlu-diperiksa"};
constexpr std::array<std::string_view, 5> kChannelNames{"peserta", "petugas", "sistem", "berkas", "contoh"};

/// The place of the name in the list, from 1; empty where none is asked for or known.
template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return {};
  return static_cast<Enum>(found - names.begin() + 1);
}

Result<std::optional<Decimal>> number_in(const std::string& typed, const char* field) {
  if (typed.empty()) return std::optional<Decimal>{};
  auto text = typed;
  std::ranges::replace(text, ',', '.');
  const auto number = parse_decimal(text);
  if (!number) return refuse(Msg::AnswerNotANumber, field, {typed});
  return std::optional(*number);
}

app::RecordSort sort_of(std::string_view text, bool newest_first) {
  if (text.empty()) return {"", newest_first};
  const bool down = text.starts_with('-');
  const auto by = down ? text.substr(1) : text;
  return {by == "hari" ? std::string() : std::string(by), down};
}

std::string encoded(const http::Fields& fields) {
  const auto body = encode_fields(fields, {});
  return body.empty() ? "" : "?" + body;
}

}  // namespace

http::Fields RecordRequest::fields() const {
  auto out = address.records_fields();
  const auto add = [&](const char* name, std::string_view value) {
    if (!value.empty()) out.emplace_back(name, value);
  };
  if (filter.state) add("keadaan", name_of(*filter.state));
  if (filter.channel) add("lewat", name_of(*filter.channel));
  add("oleh", filter.login);
  add("butir", item);
  add("jawaban", filter.answer);
  add("min", low);
  add("maks", high);
  add("kata", filter.words);
  const auto by = sort.by.empty() ? std::string("hari") : sort.by;
  if (!sort.by.empty() || !sort.down) add("urut", (sort.down ? "-" : "") + by);
  for (const auto& column : columns) add("kolom", column);
  return out;
}

std::string RecordRequest::href(std::string_view page_path) const {
  return "/catatan/" + http::percent_encode(address.instrument) + std::string(page_path) + encoded(fields());
}

Result<RecordRequest> read_record_request(const Visit& visit) {
  auto asked = read_address(visit);
  if (!asked) return std::unexpected(asked.error());
  RecordRequest out{std::move(asked->address), {}, {}, {}};
  const auto& given = visit.request;
  out.query.instrument = asked->query.instrument;
  out.query.facility = asked->query.place;
  out.query.unit = asked->query.unit;
  out.query.from = asked->query.period.from;
  out.query.to = asked->query.period.to;
  const auto* node = visit.reference->organisation.find(out.query.facility);
  if (node->kind != NodeKind::Facility) return refuse(Problem::Kind::NotFound, Msg::RecordListPickFacility, "tempat");
  const auto* version = visit.reference->latest(out.query.instrument);
  const bool is_public = version != nullptr && version->form.is_public;
  out.item = given.param("butir");
  if (is_public) out.query.item = out.item;
  out.filter.item = out.item;
  out.filter.state = named<RecordState>(kStateNames, given.param("keadaan"));
  out.filter.channel = named<Channel>(kChannelNames, given.param("lewat"));
  if (!is_public) out.filter.login = given.param("oleh");
  if (!out.item.empty()) out.filter.answer = given.param("jawaban");
  out.filter.words = trim(given.param("kata"));
  if (!out.item.empty()) out.low = given.param("min");
  if (!out.item.empty()) out.high = given.param("maks");
  const auto low = number_in(out.low, "min"), high = number_in(out.high, "maks");
  if (!low) return std::unexpected(low.error());
  if (!high) return std::unexpected(high.error());
  out.filter.low = *low;
  out.filter.high = *high;
  out.sort = sort_of(given.param("urut"), !is_public);
  for (const auto& [name, value] : given.query)
    if (name == "kolom" && !is_public && version != nullptr && version->form.find(value) != nullptr) out.columns.push_back(value);
  const auto page = given.param("hal");
  out.page = page.empty() ? 1 : parse_int(page).value_or(0);
  if (out.page < 1 || out.page > kMostPages) return refuse(Msg::RecordListBadPosition, "hal");
  return out;
}

std::string_view name_of(RecordState state) { return kStateNames.at(static_cast<std::size_t>(state) - 1); }
std::string_view name_of(Channel channel) { return kChannelNames.at(static_cast<std::size_t>(channel) - 1); }

}  // namespace pilar::web
