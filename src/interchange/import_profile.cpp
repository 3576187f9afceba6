#include "interchange/import_profile.h"

#include "i18n/messages.h"
#include "interchange/fields.h"

namespace pilar {
namespace {

using yaml::Fields;
using yaml::Need;
using yaml::Node;

ImportProfile::Source read_source(yaml::Faults& faults, Fields& top, std::string_view key, Need need) {
  ImportProfile::Source source;
  const auto* node = top.find(key, need);
  if (node == nullptr) return source;
  if (node->kind != Node::Kind::Mapping) {
    faults.add(node->at, Msg::PackNeedsMapping);
    return source;
  }
  Fields fields(faults, *node);
  source.column = fields.text("column");
  source.fixed = fields.text("fixed");
  fields.finish();
  if (source.column.empty() == source.fixed.empty()) faults.add(node->at, Msg::ImportColumnOrFixed);
  return source;
}

void read_items(yaml::Faults& faults, Fields& top, ImportProfile& profile) {
  const auto* node = top.find("items", Need::Required);
  if (node == nullptr) return;
  if (node->kind != Node::Kind::Mapping) return faults.add(node->at, Msg::PackNeedsMapping);
  for (const auto& member : node->children) profile.items.push_back({member.key, member.text});
}

}  // namespace

Result<ImportProfile> read_import_profile(std::string_view text, std::string_view file) {
  yaml::Faults faults(file, text);
  const auto document = yaml::parse(text, faults);
  ImportProfile profile;
  if (faults.none()) {
    Fields fields(faults, document);
    profile.name = fields.name("import", /*hyphens=*/true);
    profile.instrument = fields.name("instrument", /*hyphens=*/true);
    for (const auto& column : fields.texts("key", Need::Required)) profile.key.push_back(column.text);
    profile.facility = read_source(faults, fields, "facility", Need::Required);
    profile.unit = read_source(faults, fields, "unit", Need::Optional);
    profile.at = read_source(faults, fields, "at", Need::Required);
    read_items(faults, fields, profile);
    fields.finish();
  }
  if (!faults.none()) return std::unexpected(faults.take());
  return profile;
}

}  // namespace pilar
