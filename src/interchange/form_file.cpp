#include "interchange/form_file.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "i18n/words/api.h"
#include "i18n/words/pack.h"
#include "i18n/words/pack_page.h"
#include "interchange/fhir.h"
#include "interchange/pack.h"
#include "interchange/xlsform.h"
#include "interchange/xlsx_reader.h"

namespace pilar {
namespace {

constexpr std::size_t kMostFormJson = std::size_t{16} << 20U;
constexpr int kDeepestFormJson = 64;

/// "12:3" of this place in the text.
std::string line_and_column(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto begin = before.rfind('\n');
  const auto column = code_points(begin == std::string_view::npos ? before : before.substr(begin + 1)) + 1;
  return std::to_string(line) + ":" + std::to_string(column);
}

/// A pack's "file:12:3" without the file.
Problems without_file(Problems problems) {
  for (auto& problem : problems) problem.field.erase(0, problem.field.find(':') + 1);
  return problems;
}

/// What a generated pack says wrongly stands at its nearest key above; nobody sees that text itself.
Problems at_their_items(Problems problems, std::string_view pack) {
  const auto lines = split(pack, '\n');
  for (auto& problem : problems) {
    const auto parts = split(problem.field, ':');
    auto line = static_cast<std::size_t>(parts.size() > 1 ? parse_int(parts[1]).value_or(0) : 0);
    problem.field.clear();
    for (line = std::min(line, lines.size()); line > 0 && problem.field.empty(); --line) {
      auto words = trim(lines[line - 1]);
      if (words.starts_with("- ")) words.remove_prefix(2);
      constexpr std::string_view kKey = "key: ";
      if (words.starts_with(kKey)) problem.field = "item " + std::string(words.substr(kKey.size()));
    }
    std::erase(problem.field, '"');
  }
  return problems;
}

Result<FormFile> from_xlsform(std::string bytes) {
  const auto sheets = xlsform::read_workbook(std::move(bytes));
  if (!sheets) return std::unexpected(sheets.error());
  const auto pack = xlsform::pack_from(*sheets);
  if (!pack) return std::unexpected(pack.error());
  auto form = read_pack(*pack, "pack");
  if (!form) return std::unexpected(at_their_items(form.error(), *pack));
  return FormFile{FormFormat::XlsForm, *std::move(form)};
}

Result<FormFile> from_fhir(std::string_view text) {
  auto parsed = json::parse(text, {kMostFormJson, kDeepestFormJson});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return refuse(Msg::ApiNotJson, line_and_column(text, error->offset), {std::to_string(error->offset), error->what});
  const auto pack = fhir::pack_from(std::get<json::Value>(parsed));
  if (!pack) return std::unexpected(pack.error());
  auto form = read_pack(*pack, "pack");
  if (!form) return std::unexpected(at_their_items(form.error(), *pack));
  return FormFile{FormFormat::Fhir, *std::move(form)};
}

Result<FormFile> from_pack(std::string_view text) {
  auto form = read_pack(text, "pack");
  if (!form) return std::unexpected(without_file(form.error()));
  return FormFile{FormFormat::Pack, *std::move(form)};
}

bool is_named_as_pack(std::string_view name) {
  const auto lower = lower_ascii(name);
  return lower.ends_with(".yaml") || lower.ends_with(".yml");
}

/// Whether a text without such a name says itself that it is one.
bool looks_like_pack(std::string_view text) { return text.starts_with("instrument:") || text.contains("\ninstrument:"); }

}  // namespace

Result<FormFile> read_form_file(std::string bytes, std::string_view name) {
  if (is_zip(bytes) || is_compound(bytes)) return from_xlsform(std::move(bytes));
  std::string_view text(bytes);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto begin = trim(text);
  if (begin.empty()) return refuse(Msg::PackEmpty);
  const bool named = is_named_as_pack(name);
  if (begin.starts_with('{') && !named) return from_fhir(text);
  if (named || looks_like_pack(begin)) return from_pack(text);
  return refuse(Msg::PackPageUnknownType);
}

}  // namespace pilar
