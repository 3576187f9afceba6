#include "web/import_setup.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "interchange/typed_text.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/import_pages.h"
#include "web/import_values.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostPlaces = 300;  // offered by name; where there are more, a column names them
constexpr std::string_view kColumn = "k:", kFixed = "t:", kNothing = "-";

std::string chosen_of(const ImportProfile::Source& source) {
  if (!source.column.empty()) return std::string(kColumn) + source.column;
  return source.fixed.empty() ? std::string() : std::string(kFixed) + source.fixed;
}

ImportProfile::Source source_of(std::string_view chosen, const ImportProfile::Source& before) {
  ImportProfile::Source source;
  if (chosen.starts_with(kColumn)) source.column = chosen.substr(kColumn.size());
  if (chosen.starts_with(kFixed)) source.fixed = chosen.substr(kFixed.size());
  if (source.column == before.column && !source.column.empty()) source.values = before.values;
  return source;
}

class SetupPage {
 public:
  SetupPage(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile, const app::ImportPreview* preview,
            const Problems& problems)
      : visit_(visit),
        import_(import),
        profile_(profile),
        preview_(preview),
        problems_(problems),
        kept_(app::list_profiles(visit.context, *visit.scope, import.place)) {}

  std::string draw() {
    auto frame = staff_page(visit_, Place::Imports, import_.file_name);
    frame.path = {{in(Msg::ImportTitle), "/impor"}};
    const auto* node = visit_.reference->organisation.find(import_.place);
    frame.place = node == nullptr ? "" : node->name;
    if (visit_.request.param("sudah") == "profil") frame.notice = in(Msg::ImportProfileSaved);
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_post_form(o, visit_, import_href(import_.id), {{"version", std::to_string(import_.version)}}, [&] {
        draw_problems(o, visit_.lang, problems_, [](std::string_view field) { return std::string(field); });
        if (preview_ != nullptr) draw_profiles(o);
        draw_reading(o);
        if (preview_ == nullptr) return;
        draw_first_rows(o);
        draw_meaning(o);
        draw_columns(o);
        draw_values(o);
        draw_end(o);
      });
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }

  std::vector<Option> column_options(Message none) const {
    std::vector<Option> options{{std::string(kNothing), in(none)}};
    for (const auto& column : preview_->columns) options.push_back({std::string(kColumn) + column.name, column.name});
    return options;
  }

  void select(html::Out& o, std::string name, std::string label, std::string value, const std::vector<Option>& options,
              std::string hint = {}) const {
    Field field{std::move(name), std::move(label), std::move(hint), value.empty() ? std::string(kNothing) : std::move(value)};
    field.required = true;  // there is always an option that says so
    draw_select(o, visit_.lang, field, options);
  }

  /// The kept profile that set the import up, by the name that people gave it.
  const store::StoredProfile* kept_profile() const {
    const auto at = std::ranges::find(kept_, profile_.name, [](const store::StoredProfile& one) { return profile_name(one.name); });
    return at == kept_.end() ? nullptr : &*at;
  }

  void draw_profiles(html::Out& o) const {
    const auto* mine = kept_profile();
    if (mine != nullptr || profile_.name != profile_name(profile_.instrument))
      o.el("p", {{"class", "note"}}, say(visit_.lang, Msg::ImportByProfile, {mine == nullptr ? profile_.name : mine->name}));
    draw_missing(o);
    if (kept_.empty()) return;
    draw_card(o, {in(Msg::ImportProfiles), {}, in(Msg::ImportProfileChooseNote), {}}, [&] {
      std::vector<Option> options{{std::string(kNoProfile), in(Msg::ImportProfileNone)}};
      for (const auto& one : kept_)  // the nearest of a name
        if (std::ranges::find(options, one.name, &Option::value) == options.end()) options.push_back({one.name, one.name});
      select(o, "pakai", in(Msg::ImportProfileChoose), mine == nullptr ? "" : mine->name, options);
      draw_button(o, in(Msg::ImportProfileUse), Button::Quiet, "aksi", "pakai");
    });
  }

  /// Just chosen, and not all of its columns are there.
  void draw_missing(html::Out& o) const {
    const auto at = std::ranges::find(kept_, visit_.request.param("pakai"), &store::StoredProfile::name);
    const auto profile = at == kept_.end() ? std::nullopt : std::optional(read_import_profile(at->content, at->name, ProfileNeed::Draft));
    if (!profile || !*profile) return;
    std::string names;
    for (const auto& column : app::missing_columns(**profile, *preview_)) names += (names.empty() ? "" : ", ") + column;
    if (!names.empty()) o.el("p", {{"class", "note"}}, say(visit_.lang, Msg::ImportProfileMissing, {at->name, names}));
  }

  void draw_reading(html::Out& o) {
    const auto& reading = preview_ == nullptr ? profile_.file : preview_->reading;
    const auto& chosen = profile_.file;
    draw_card(o, {in(Msg::ImportReadTitle), {}, in(Msg::ImportReadNote), {}}, [&] {
      o.el("div", {{"class", "field-grid"}}, [&] {
        if (preview_ != nullptr && !preview_->sheets.empty())
          draw_sheets(o, reading);
        else
          draw_text_reading(o, reading);
        Field line{"baris", in(Msg::ImportHeaderLine), in(Msg::ImportHeaderHint),
                   std::to_string(std::max<std::int64_t>(reading.header_line, 1))};
        line.type = "number";
        line.required = true;
        draw_field(o, visit_.lang, line);
        select(o, "desimal", in(Msg::ImportMark), chosen.mark == ',' ? "," : ".",
               {{",", in(Msg::ImportMarkComma)}, {".", in(Msg::ImportMarkPoint)}});
        select(o, "tanggal", in(Msg::ImportDates), chosen.order == DateOrder::MonthFirst ? "b" : "h",
               {{"h", in(Msg::ImportDayFirst)}, {"b", in(Msg::ImportMonthFirst)}});
      });
      if (preview_ != nullptr && preview_->broken_places > 0)
        o.el("p", {{"class", "note"}}, say(visit_.lang, Msg::ImportBrokenPlaces, {format::number(visit_.lang, preview_->broken_places)}));
      draw_button(o, in(Msg::ImportReadAgain), Button::Quiet, "aksi", "baca");
    });
  }

  void draw_sheets(html::Out& o, const ImportProfile::Reading& reading) const {
    std::vector<Option> sheets;
    for (const auto& sheet : preview_->sheets) sheets.push_back({sheet, sheet});
    select(o, "lembar", in(Msg::ImportSheet), reading.sheet, sheets);
  }

  void draw_text_reading(html::Out& o, const ImportProfile::Reading& reading) const {
    std::vector<Option> encodings;
    for (const auto one : {Encoding::Utf8, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be})
      encodings.push_back({std::string(name(one)), lower_ascii(name(one)) == "utf-8" ? "UTF-8" : std::string(name(one))});
    select(o, "kode", in(Msg::ImportEncoding), std::string(name(reading.encoding.value_or(Encoding::Utf8))), encodings);
    select(o, "pemisah", in(Msg::ImportSeparator),
           reading.separator == '\t' ? "tab" : std::string(1, reading.separator == '\0' ? ',' : reading.separator),
           {{",", in(Msg::ImportComma)}, {";", in(Msg::ImportSemicolon)}, {"tab", in(Msg::ImportTab)}, {"|", in(Msg::ImportBar)}});
  }

  /// Whether what stands in the column is taken for a day or a moment.
  bool is_dated(const std::string& column) const {
    if (profile_.at.column == column) return true;
    const auto* instrument = form();
    return std::ranges::any_of(profile_.items, [&](const ImportProfile::ItemSource& one) {
      const auto* item = instrument == nullptr || one.from.column != column ? nullptr : instrument->find(one.item);
      return item != nullptr && (item->kind == ItemKind::Date || item->kind == ItemKind::Instant);
    });
  }

  std::optional<LocalTime> time_in(const ColumnGuess& column, std::string_view text) const {
    const bool is_date = column.kind == ColumnGuess::Kind::Date;
    if (is_date)
      if (auto local = parse_local_time(text, profile_.file.order.value_or(DateOrder::DayFirst))) return local;
    return preview_->days && (is_date || is_dated(column.name)) ? xlsx::time_of_serial(text, *preview_->days) : std::nullopt;
  }

  /// A cell as it will be understood.
  std::string as_read(const ColumnGuess& column, std::string_view text) const {
    if (const auto local = time_in(column, text)) {
      auto out = format::short_date(visit_.lang, local->day);
      if (local->second) out += " " + iso(*local).substr(11, 5);
      return out;
    }
    if (column.kind == ColumnGuess::Kind::Number)
      if (const auto number = parse_number(text, profile_.file.mark == ',' ? ',' : '.')) return format::number(visit_.lang, *number);
    return std::string(text);
  }

  void draw_first_rows(html::Out& o) {
    draw_card(o, {in(Msg::ImportFirstRows), {}, in(Msg::ImportFirstNote), {}}, [&] {
      if (preview_->rows.empty()) return draw_empty(o, in(Msg::ImportOnlyNames));
      TableHead head{.caption = in(Msg::ImportFirstRows), .wide = true};
      for (const auto& column : preview_->columns) head.columns.push_back({column.name, column.kind == ColumnGuess::Kind::Number});
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& cells : preview_->rows)
          rows.row([&](Row& row) {
            for (std::size_t i = 0; i < preview_->columns.size(); ++i) {
              const auto words = i < cells.size() ? as_read(preview_->columns[i], trim(cells[i])) : std::string();
              if (i == 0)
                row.name(words);
              else
                row.cell(words);
            }
          });
      });
    });
  }

  void draw_meaning(html::Out& o) {
    draw_card(o, {in(Msg::ImportMeaning), {}, {}, {}}, [&] {
      std::vector<Option> instruments;
      for (const auto* one : app::fitting_instruments(*visit_.reference, preview_->columns))
        instruments.push_back({one->form.key, one->form.title.in(visit_.lang)});
      select(o, "instrumen", in(Msg::ImportInstrument), profile_.instrument, instruments, in(Msg::ImportInstrumentHint));
      select(o, "faskes", in(Msg::ImportFacility), chosen_of(profile_.facility), facility_options());
      select(o, "waktu", in(Msg::ImportAt), chosen_of(profile_.at), column_options(Msg::ImportChooseColumn));
      select(o, "jam", in(Msg::ImportTime), profile_.time.empty() ? "" : std::string(kColumn) + profile_.time,
             column_options(Msg::ImportNoTimeColumn));
      select(o, "unit", in(Msg::ImportUnit), chosen_of(profile_.unit), unit_options());
      Choice key{"kunci", in(Msg::ImportKey), in(Msg::ImportKeyHint), {}, {}, profile_.key};
      for (const auto& column : preview_->columns) key.options.push_back({column.name, column.name, {}});
      key.several = true;
      key.tiles = Tiles::Segments;
      draw_choice(o, key);
    });
  }

  std::vector<Option> facility_options() const {
    auto options = column_options(Msg::ImportChooseColumn);
    std::vector<Option> places;
    const auto& organisation = visit_.reference->organisation;
    for (const auto& node : organisation.nodes())
      if (node.kind == NodeKind::Facility && organisation.is_under(node.key, import_.place) &&
          visit_.scope->may(Right::WriteRecords, organisation, node.key))
        places.push_back({std::string(kFixed) + node.code, say(visit_.lang, Msg::ImportAlways, {node.name})});
    if (places.size() <= kMostPlaces) options.insert(options.end(), places.begin(), places.end());
    return options;
  }

  std::vector<Option> unit_options() const {
    auto options = column_options(Msg::ImportWholeFacility);
    const auto* node = visit_.reference->organisation.find(profile_.facility.fixed);
    if (node != nullptr)
      for (const auto& unit : visit_.reference->organisation.units(node->key))
        options.push_back({std::string(kFixed) + unit.code, say(visit_.lang, Msg::ImportAlways, {unit.name})});
    return options;
  }

  const Instrument* form() const {
    const auto* version = visit_.reference->latest(profile_.instrument);
    return version == nullptr ? nullptr : &version->form;
  }

  void draw_columns(html::Out& o) {
    const auto* instrument = form();
    if (instrument == nullptr) return;
    draw_card(o, {in(Msg::ImportColumns), {}, in(Msg::ImportColumnsNote), {}}, [&] {
      o.el("div", {{"class", "field-grid"}}, [&] {
        for (const auto& item : instrument->items) {
          if (item.kind == ItemKind::Calculation || item.kind == ItemKind::Photo) continue;
          auto options = column_options(Msg::ImportNoColumnFor);
          for (const auto& option : item.options)
            options.push_back({std::string(kFixed) + option.key, say(visit_.lang, Msg::ImportAlways, {option.label.in(visit_.lang)})});
          const auto* source = profile_.find(item.key);
          auto label = item.label.in(visit_.lang);
          if (item.required) label += " *";
          select(o, "butir." + item.key, label, source == nullptr ? "" : chosen_of(source->from), options);
        }
      });
      o.el("p", {{"class", "note"}}, in(Msg::ImportRequiredStar));
    });
  }

  void draw_values(html::Out& o) {
    const auto* instrument = form();
    if (instrument != nullptr) draw_import_values(o, visit_, {*instrument, profile_, *preview_, import_.place});
  }

  void draw_end(html::Out& o) {
    draw_card(o, {in(Msg::ImportNext), {}, in(Msg::ImportNextNote), {}}, [&] {
      o.el("p", {}, [&] { draw_button(o, in(Msg::ImportCheck), Button::Primary, "aksi", "periksa"); });
      Field name{"profil", in(Msg::ImportProfileName), in(Msg::ImportProfileHint), std::string(visit_.field("profil"))};
      name.max_length = 80;
      draw_field(o, visit_.lang, name);
      draw_button(o, in(Msg::ImportProfileSave), Button::Quiet, "aksi", "simpan");
    });
  }

  const Visit& visit_;
  const store::StoredImport& import_;
  const ImportProfile& profile_;
  const app::ImportPreview* preview_;
  const Problems& problems_;
  std::vector<store::StoredProfile> kept_;
};

void read_file_part(const Visit& visit, ImportProfile::Reading& reading) {
  if (const auto sheet = visit.field("lembar"); !sheet.empty()) reading.sheet = sheet;
  if (const auto encoding = parse_encoding(visit.field("kode"))) reading.encoding = encoding;
  const auto separator = visit.field("pemisah");
  if (separator == "tab")
    reading.separator = '\t';
  else if (separator.size() == 1 && std::string_view(",;|").find(separator[0]) != std::string_view::npos)
    reading.separator = separator[0];
  if (const auto line = parse_int(visit.field("baris")); line && *line >= 1 && *line <= 1000) reading.header_line = *line;
  if (visit.field("desimal") == ",") reading.mark = ',';
  if (visit.field("desimal") == ".") reading.mark = '.';
  if (visit.field("tanggal") == "h") reading.order = DateOrder::DayFirst;
  if (visit.field("tanggal") == "b") reading.order = DateOrder::MonthFirst;
}

/// "nilai.KEY.TEXT" = an option's key, for every text that somebody gave a meaning.
ImportProfile::Values read_values(const Visit& visit, const std::string& prefix, ImportProfile::Values values) {
  for (const auto& [name, value] : visit.form) {
    if (!name.starts_with(prefix)) continue;
    const auto text = name.substr(prefix.size());
    std::erase_if(values, [&](const auto& one) { return one.first == text; });
    if (!value.empty() && value != kNothing) values.emplace_back(text, value);
  }
  return values;
}

}  // namespace

std::string draw_import_setup(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile,
                              const app::ImportPreview& preview, const Problems& problems) {
  return SetupPage(visit, import, profile, &preview, problems).draw();
}

std::string draw_unreadable(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile, const Problems& problems) {
  return SetupPage(visit, import, profile, nullptr, problems).draw();
}

ImportProfile read_setup(const Visit& visit, ImportProfile profile) {
  read_file_part(visit, profile.file);
  const auto has = [&](std::string_view name) {
    return std::ranges::find(visit.form, name, &std::pair<std::string, std::string>::first) != visit.form.end();
  };
  if (!has("instrumen")) return profile;  // only how the file is read could be said
  const auto before = profile;
  const auto* version = visit.reference->latest(visit.field("instrumen"));
  if (version == nullptr) return profile;
  profile.instrument = version->form.key;
  profile.facility = source_of(visit.field("faskes"), before.facility);
  profile.at = source_of(visit.field("waktu"), before.at);
  profile.unit = source_of(visit.field("unit"), before.unit);
  profile.unit.values = read_values(visit, "unit.", profile.unit.values);
  if (profile.unit.column.empty()) profile.unit.values.clear();
  const auto time = visit.field("jam");
  profile.time = time.starts_with(kColumn) ? std::string(time.substr(kColumn.size())) : std::string();
  profile.key.clear();
  for (const auto& [name, value] : visit.form)
    if (name == "kunci") profile.key.push_back(value);
  profile.items.clear();
  for (const auto& item : version->form.items) {
    const auto* earlier = before.find(item.key);
    auto source = source_of(visit.field("butir." + item.key), earlier == nullptr ? ImportProfile::Source{} : earlier->from);
    if (!source.column.empty() && !item.options.empty()) source.values = read_values(visit, "nilai." + item.key + ".", source.values);
    if (!source.empty()) profile.items.push_back({item.key, std::move(source)});
  }
  return profile;
}

}  // namespace pilar::web
