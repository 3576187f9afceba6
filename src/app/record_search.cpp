#include "app/record_search.h"

#include <algorithm>
#include <set>

#include "app/record.h"
#include "app/record_detail.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "store/account_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kPage = 1000;

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> out;
  for (const auto word : split(text, ' '))
    if (!trim(word).empty()) out.push_back(lower_ascii(trim(word)));
  return out;
}

/// The item's answer in the line's own version; null where it is not shown.
const Answer* shown_answer(const RecordLine& line, std::size_t column) {
  if (column >= line.answers.size()) return nullptr;
  const auto& seen = line.answers[column];
  return seen.item == nullptr || !seen.answer ? nullptr : &*seen.answer;
}

bool has_option(const SeenAnswer& seen, const std::string& key) {
  const auto* option = seen.item == nullptr ? nullptr : find_option(*seen.item, std::string_view(key));
  if (option == nullptr || !seen.answer) return false;
  if (const auto* code = std::get_if<Code>(&*seen.answer)) return code->value == option->code;
  const auto* codes = std::get_if<Codes>(&*seen.answer);
  return codes != nullptr && std::ranges::find(*codes, option->code) != codes->end();
}

std::optional<Decimal> number_of(const Answer& answer) {
  if (const auto* number = std::get_if<Decimal>(&answer)) return *number;
  if (const auto* code = std::get_if<Code>(&answer)) return Decimal::whole(code->value);
  return {};
}

class LineFilter {
 public:
  LineFilter(const RecordFilter& filter, std::optional<std::size_t> column, std::set<Uuid> by_author)
      : filter_(filter),
        column_(column),
        by_author_(std::move(by_author)),
        words_(words_in(filter.words)) {}

  bool takes(const RecordLine& line) const {
    if (filter_.state && line.state != *filter_.state) return false;
    if (filter_.channel && line.channel != *filter_.channel) return false;
    if (!filter_.login.empty() && (!line.id || !by_author_.contains(*line.id))) return false;
    if (!filter_.answer.empty() && !has_option(line.answers[*column_], filter_.answer)) return false;
    return in_range(line) && has_words(line);
  }

 private:
  bool in_range(const RecordLine& line) const {
    if (!filter_.low && !filter_.high) return true;
    const auto* answer = shown_answer(line, *column_);
    const auto number = answer == nullptr ? std::nullopt : number_of(*answer);
    return number && (!filter_.low || *filter_.low <= *number) && (!filter_.high || *number <= *filter_.high);
  }

  bool has_words(const RecordLine& line) const {
    if (words_.empty()) return true;
    std::string texts;
    for (const auto& seen : line.answers)
      if (const auto* said = seen.answer ? std::get_if<std::string>(&*seen.answer) : nullptr) texts += lower_ascii(*said) + "\n";
    return std::ranges::all_of(words_, [&](const std::string& word) { return texts.contains(word); });
  }

  const RecordFilter& filter_;
  std::optional<std::size_t> column_;
  std::set<Uuid> by_author_;
  std::vector<std::string> words_;
};

/// Answers in an order: numbers and codes by size, texts by letters, what is missing behind.
bool less_answer(const Answer* a, const Answer* b) {
  if (a == nullptr || b == nullptr) return a != nullptr;
  const auto left = number_of(*a), right = number_of(*b);
  if (left && right) return *left < *right;
  if (left.has_value() != right.has_value()) return left.has_value();
  if (a->index() != b->index()) return a->index() > b->index();
  return to_canonical({*a}) < to_canonical({*b});
}

void sort_lines(RecordList& list, const RecordSort& sort) {
  const auto column = static_cast<std::size_t>(std::ranges::find(list.columns, sort.by, &Item::key) - list.columns.begin());
  const auto less = [&](const RecordLine& a, const RecordLine& b) {
    if (sort.by == "unit") return a.unit < b.unit;
    if (sort.by.empty()) return std::pair(a.day, a.at.value_or(Instant{})) < std::pair(b.day, b.at.value_or(Instant{}));
    return less_answer(shown_answer(a, column), shown_answer(b, column));
  };
  if (sort.down)
    std::ranges::stable_sort(list.lines, [&](const RecordLine& a, const RecordLine& b) { return less(b, a); });
  else
    std::ranges::stable_sort(list.lines, less);
}

/// Reads page after page; true when the period has more than may be looked at.
Result<bool> read_lines(Context& context, const Scope& scope, RecordListQuery query, FoundRecords& found,
                        const std::function<bool(const RecordLine&)>& takes) {
  auto& out = found.list;
  query.limit = kPage;
  for (std::int64_t looked_at = 0;; looked_at += kPage) {
    auto page = list_records(context, scope, query);
    if (!page) return std::unexpected(page.error());
    auto lines = std::move(page->lines);
    query.after = page->next;
    found.references.push_back(page->reference);
    if (looked_at == 0) out = *std::move(page);
    if (looked_at == 0) out.lines.clear();
    for (auto& line : lines)
      if (takes(line)) out.lines.push_back(std::move(line));
    if (!query.after) return false;
    if (looked_at + kPage >= kMostSearched) return true;
  }
}

/// The ids of what this account entered there.
Result<std::set<Uuid>> entered_by(Context& context, FacilityKey facility, const std::string& login) {
  std::set<Uuid> ids;
  bool known = true;
  context.db.read([&](store::Tx& tx) {
    const auto account = store::find_account(tx, login);
    known = account.has_value();
    if (account)
      store::each_by_author(tx, facility, "account:" + std::to_string(account->key.value), [&](const Uuid& id) { ids.insert(id); });
  });
  if (!known) return refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "oleh", {login});
  return ids;
}

/// The stored record behind a line of the list, as it was seen there.
std::optional<store::StoredRecord> find_listed(Context& context, const RecordListQuery& query, InstrumentKey instrument,
                                               const ListedRecord& listed) {
  std::optional<store::StoredRecord> found;
  context.db.read([&](store::Tx& tx) {
    if (listed.id) {
      found = store::find_record(tx, query.facility, *listed.id);
      return;
    }
    const store::RecordPage day{listed.day, {listed.day.value + 1}, listed.unit, {}, kMostSearched};
    for (auto& record : store::load_records(tx, query.facility, instrument, day))
      if (list_mark(context, query.item, record.id) == listed.mark) found = std::move(record);
  });
  if (found && (found->instrument != instrument || found->revision != listed.revision)) return {};
  return found;
}

/// Does it to each record that is still as it was listed.
ManyChanged change_listed(Context& context, const RecordListQuery& query, const std::vector<ListedRecord>& records,
                          const std::function<bool(const store::StoredRecord&)>& change) {
  ManyChanged out;
  const auto reference = context.reference.get();
  const auto* version = reference->latest(query.instrument);
  for (const auto& listed : records) {
    const auto record = version == nullptr ? std::nullopt : find_listed(context, query, version->instrument, listed);
    ++(record && change(*record) ? out.done : out.left);
  }
  return out;
}

}  // namespace

bool RecordFilter::is_empty() const { return !state && !channel && login.empty() && answer.empty() && !low && !high && words.empty(); }

Result<FoundRecords> search_records(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter,
                                    const RecordSort& sort) {
  std::set<Uuid> authored;
  if (!filter.login.empty()) {
    auto ids = entered_by(context, query.facility, filter.login);
    if (!ids) return std::unexpected(ids.error());
    authored = *std::move(ids);
  }
  auto probe = query;
  probe.limit = 0;
  const auto head = list_records(context, scope, probe);
  if (!head) return std::unexpected(head.error());
  const auto column = std::ranges::find(head->columns, filter.item, &Item::key);
  const bool asks_answer = !filter.answer.empty() || filter.low || filter.high;
  if (asks_answer && column == head->columns.end()) return refuse(Msg::RecordListFilterItem, "jawaban");
  const LineFilter lines(filter, static_cast<std::size_t>(column - head->columns.begin()), std::move(authored));
  FoundRecords found;
  const auto capped = read_lines(context, scope, query, found, [&](const RecordLine& line) { return lines.takes(line); });
  if (!capped) return std::unexpected(capped.error());
  found.is_capped = *capped;
  found.list.next.reset();
  if (!sort.by.empty() || sort.down || !found.list.version->form.is_public) sort_lines(found.list, sort);
  return found;
}

std::string text(const ListedRecord& record) {
  const auto revision = std::to_string(record.revision);
  if (record.id) return pilar::text(*record.id) + "." + revision;
  return iso(record.day) + "." + std::to_string(record.unit.value) + "." + record.mark + "." + revision;
}

std::optional<ListedRecord> parse_listed(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 2 && parts.size() != 4) return {};
  const auto revision = parse_int(parts.back());
  if (!revision || *revision < 1 || *revision > INT32_MAX) return {};
  ListedRecord out;
  out.revision = static_cast<std::int32_t>(*revision);
  if (parts.size() == 2) {
    out.id = parse_uuid(parts[0]);
    return out.id ? std::optional(out) : std::nullopt;
  }
  const auto day = parse_day(parts[0]);
  const auto unit = parse_int(parts[1]);
  if (!day || !unit || *unit < 0 || *unit > INT32_MAX) return {};
  out.day = *day;
  out.unit = {static_cast<std::int32_t>(*unit)};
  out.mark = parts[2];
  return out;
}

ManyChanged void_listed(Context& context, const Scope& scope, const RecordListQuery& query, const std::vector<ListedRecord>& records,
                        const std::string& reason) {
  return change_listed(context, query, records, [&](const store::StoredRecord& record) {
    return void_record(context, scope, query.facility, record.id, record.revision, reason).has_value();
  });
}

ManyChanged note_listed(Context& context, const Scope& scope, const RecordListQuery& query, const std::vector<ListedRecord>& records,
                        const std::string& words) {
  return change_listed(context, query, records, [&](const store::StoredRecord& record) {
    const auto detail = read_record(context, scope, query.instrument, query.facility, record.id);
    if (!detail) return false;
    return add_note(context, scope, *detail, {make_uuid(context.clock.now()), store::NoteKind::Comment, words}).has_value();
  });
}

}  // namespace pilar::app
