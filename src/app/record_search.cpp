#include "app/record_search.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/record.h"
#include "app/record_detail.h"
#include "app/record_line.h"
#include "app/record_pages.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/entry.h"
#include "store/account_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kSearchPage = 5000;
constexpr std::size_t kSortedText = 64;

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

/// What the filter asks of a record, and of what may be seen of it.
class LineFilter {
 public:
  LineFilter(const RecordFilter& filter, std::size_t column, std::set<Uuid> by_author)
      : filter_(filter),
        column_(column),
        by_author_(std::move(by_author)),
        phrases_(search_phrases(filter.words)) {
    for (const auto& phrase : phrases_)
      for (const auto word : split(phrase, ' '))
        if (!word.empty() && !word.contains('\\')) words_.emplace_back(word);  // stored texts escape it
  }

  bool is_empty() const { return filter_.is_empty(); }
  bool asks_answers() const { return !phrases_.empty() || !filter_.answer.empty() || filter_.low || filter_.high; }

  /// Whether the record may match at all, as cheaply as that can be said; its texts are not read one by one.
  bool may_take(const store::StoredRecord& record) const {
    if (filter_.state && record.state != *filter_.state) return false;
    if (filter_.channel && record.channel != *filter_.channel) return false;
    if (!filter_.login.empty() && !by_author_.contains(record.id)) return false;
    if (words_.empty()) return true;
    const auto texts = fold_text(record.answers);
    return std::ranges::all_of(words_, [&](const std::string& word) { return texts.contains(word); });
  }

  bool takes(const RecordLine& line) const {
    if (!filter_.answer.empty() && !has_option(line.answers[column_], filter_.answer)) return false;
    return in_range(line) && has_phrases(line);
  }

 private:
  bool in_range(const RecordLine& line) const {
    if (!filter_.low && !filter_.high) return true;
    const auto* answer = shown_answer(line, column_);
    const auto number = answer == nullptr ? std::nullopt : number_of(*answer);
    return number && (!filter_.low || *filter_.low <= *number) && (!filter_.high || *number <= *filter_.high);
  }

  bool has_phrases(const RecordLine& line) const {
    if (phrases_.empty()) return true;
    std::string texts;
    for (const auto& seen : line.answers)
      if (const auto* said = seen.answer ? std::get_if<std::string>(&*seen.answer) : nullptr) texts += fold_text(*said) + "\n";
    return std::ranges::all_of(phrases_, [&](const std::string& phrase) { return texts.contains(phrase); });
  }

  const RecordFilter& filter_;
  std::size_t column_;
  std::set<Uuid> by_author_;
  std::vector<std::string> phrases_, words_{};
};

std::size_t column_named(const RecordList& list, std::string_view item) {
  return static_cast<std::size_t>(std::ranges::find(list.columns, item, &Item::key) - list.columns.begin());
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

/// One way through all records of a list's period, in the order (day, unit, id).
class RecordScan {
 public:
  /// The line is there when `wants_lines` or the filter needs it.
  using OnRecord = std::function<void(const store::StoredRecord&, RecordLine*)>;

  RecordScan(Context& context, const Scope& scope, RecordListQuery query, RecordList list, LineFilter filter)
      : context_(context),
        scope_(scope),
        query_(std::move(query)),
        list_(std::move(list)),
        filter_(std::move(filter)),
        today_(civil_day(context.clock.now(), list_.node->zone)) {}

  static Result<RecordScan> open(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter) {
    std::set<Uuid> authored;
    if (!filter.login.empty()) {
      auto ids = entered_by(context, query.facility, filter.login);
      if (!ids) return std::unexpected(ids.error());
      authored = *std::move(ids);
    }
    auto list = open_list(context, scope, query);
    if (!list) return std::unexpected(list.error());
    const auto column = column_named(*list, filter.item);
    const bool asks_answer = !filter.answer.empty() || filter.low || filter.high;
    if (asks_answer && column == list->columns.size()) return refuse(Msg::RecordListFilterItem, "jawaban");
    return RecordScan(context, scope, query, *std::move(list), LineFilter(filter, column, std::move(authored)));
  }

  const RecordList& list() const { return list_; }
  bool is_public() const { return list_.version->form.is_public; }

  /// How many records match.
  std::int64_t count() {
    std::int64_t found = 0;
    if (takes_all())
      context_.db.read(
          [&](store::Tx& tx) { found = store::count_records(tx, query_.facility, list_.version->instrument, query_.from, query_.to); });
    else
      run(false, [&](const store::StoredRecord&, const RecordLine*) { ++found; });
    return found;
  }

  void run(bool wants_lines, const OnRecord& on_record) {
    const bool reads = wants_lines || filter_.asks_answers() || list_.columns.size() == 1;
    RecordPages pages(context_, {query_.facility}, list_.version->instrument, {query_.from, query_.to, query_.unit, {}, kSearchPage});
    while (const auto page = pages.next()) {
      keep(page->reference);
      for (const auto& record : page->records) visit(record, reads, on_record);
    }
  }

 private:
  /// Whether every record of the period is a line, so that none has to be looked at.
  bool takes_all() const {
    const bool may_leave_out = list_.columns.size() == 1;  // comments that nobody wrote
    return filter_.is_empty() && !query_.unit && !may_leave_out &&
           scope_.may(Right::ReadRecords, list_.reference->organisation, query_.facility, UnitKey{});
  }

  void keep(std::shared_ptr<const Reference> reference) {
    if (kept_.empty() || kept_.back() != reference) kept_.push_back(std::move(reference));
  }

  void visit(const store::StoredRecord& record, bool reads, const OnRecord& on_record) {
    if (!may_read(record.unit) || !filter_.may_take(record)) return;
    if (!reads) return on_record(record, nullptr);
    auto line = line_of(context_, *kept_.back(), list_, record, today_);
    if (!is_unwritten(line) && filter_.takes(line)) on_record(record, &line);
  }

  bool may_read(UnitKey unit) {
    if (!may_ || may_->first != unit) may_ = {unit, scope_.may(Right::ReadRecords, list_.reference->organisation, query_.facility, unit)};
    return may_->second;
  }

  Context& context_;
  const Scope& scope_;
  RecordListQuery query_;
  RecordList list_;
  LineFilter filter_;
  Day today_;
  std::optional<std::pair<UnitKey, bool>> may_{};
  std::vector<std::shared_ptr<const Reference>> kept_{};  ///< what lines point to; another one only where somebody installs meanwhile
};

FoundRecord found_of(const RecordScan& scan, const store::StoredRecord& record, const RecordLine* line, std::size_t column) {
  FoundRecord out{record.id, record.day, record.unit};
  if (!scan.is_public() && record.channel != Channel::Public) out.at = record.at;
  if (line == nullptr) return out;
  const auto* answer = shown_answer(*line, column);
  out.is_missing = answer == nullptr;
  if (answer != nullptr) out.number = number_of(*answer);
  if (scan.is_public())
    out.text = answer_text(*line).substr(0, kSortedText) + line->mark;
  else if (answer != nullptr)
    out.text = to_canonical({*answer}).substr(0, kSortedText);
  return out;
}

/// Answers in an order: numbers and codes by size, texts by letters, what is missing behind.
bool less_answer(const FoundRecord& a, const FoundRecord& b) {
  if (a.is_missing || b.is_missing) return !a.is_missing && b.is_missing;
  if (a.number.has_value() != b.number.has_value()) return a.number.has_value();
  if (a.number) return *a.number < *b.number;
  return a.text < b.text;
}

/// By the order wanted; those that are equal in it, of an instrument for the public, by their answer: never by who came first.
void sort_found(std::vector<FoundRecord>& records, const RecordSort& sort, bool is_public) {
  if (is_public)
    std::ranges::stable_sort(records, [](const FoundRecord& a, const FoundRecord& b) {
      return std::tie(a.day, a.unit, a.text) < std::tie(b.day, b.unit, b.text);
    });
  const auto less = [&](const FoundRecord& a, const FoundRecord& b) {
    if (sort.by == "unit") return a.unit < b.unit;
    if (sort.by.empty()) return std::pair(a.day, a.at) < std::pair(b.day, b.at);
    return less_answer(a, b);
  };
  if (sort.down)
    std::ranges::stable_sort(records, [&](const FoundRecord& a, const FoundRecord& b) { return less(b, a); });
  else if (!sort.by.empty() || !is_public)
    std::ranges::stable_sort(records, less);
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
    const auto take = [&](const store::StoredRecord& record) {
      if (list_mark(context, query.item, record.id) == listed.mark) found = record;
    };
    store::each_record(tx, query.facility, instrument, listed.day, {listed.day.value + 1}, take, listed.unit);
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
  auto scan = RecordScan::open(context, scope, query, filter);
  if (!scan) return std::unexpected(scan.error());
  const auto column = column_named(scan->list(), sort.by);
  FoundRecords found{scan->list()};
  scan->run(scan->is_public() || column < found.list.columns.size(), [&](const store::StoredRecord& record, const RecordLine* line) {
    found.records.push_back(found_of(*scan, record, line, column));
  });
  sort_found(found.records, sort, scan->is_public());
  return found;
}

FoundLines load_found(Context& context, const Scope& scope, const FoundRecords& found, std::size_t first, std::size_t count) {
  const auto& list = found.list;
  const auto today = civil_day(context.clock.now(), list.node->zone);
  const auto begin = std::min(first, found.records.size()), end = std::min(begin + count, found.records.size());
  FoundLines out;
  context.db.read([&](store::Tx& tx) {
    out = {reference_in(context, tx), {}};
    for (auto i = begin; i < end; ++i) {
      const auto record = store::find_record(tx, list.node->key, found.records[i].id);
      if (record && scope.may(Right::ReadRecords, out.reference->organisation, list.node->key, record->unit))
        out.lines.push_back(line_of(context, *out.reference, list, *record, today));
    }
  });
  return out;
}

Result<std::int64_t> each_found(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter,
                                const std::function<void(const RecordLine&)>& on_line) {
  auto scan = RecordScan::open(context, scope, query, filter);
  if (!scan) return std::unexpected(scan.error());
  std::int64_t count = 0;
  std::vector<RecordLine> unit_day;
  const auto flush = [&] {
    if (scan->is_public()) hide_order(unit_day);
    for (const auto& line : unit_day) on_line(line);
    unit_day.clear();
  };
  scan->run(true, [&](const store::StoredRecord&, RecordLine* line) {
    const bool goes_on = scan->is_public() && !unit_day.empty() && unit_day.back().day == line->day && unit_day.back().unit == line->unit;
    if (!goes_on) flush();
    unit_day.push_back(std::move(*line));
    ++count;
  });
  flush();
  return count;
}

Result<std::int64_t> count_found(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter) {
  auto scan = RecordScan::open(context, scope, query, filter);
  if (!scan) return std::unexpected(scan.error());
  return scan->count();
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
