#include "web/photo_field.h"

#include <algorithm>

#include "app/photo.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/photo.h"

namespace pilar::web {
namespace {

/// The tick that says not to send what was kept. No item can have such a name.
std::string drop_name(const Item& item) { return "_drop_" + item.key; }

const http::Part* posted_file(const Visit& visit, const Item& item) {
  const auto at = std::ranges::find(visit.files, item.key, &http::Part::name);
  return at == visit.files.end() ? nullptr : &*at;
}

/// The photo that the form names from before, where it is still there.
Problems take_kept(const Visit& visit, FacilityKey facility, const Item& item, RawAnswers& typed) {
  const auto at = typed.find(item.key);
  if (at == typed.end() || at->second.values.empty()) return {};
  if (!visit.field(drop_name(item)).empty() || posted_file(visit, item) != nullptr) {
    at->second.values.clear();
    return {};
  }
  at->second.values.resize(1);
  if (app::is_photo_stored(visit.context, facility, at->second.values.front())) return {};
  at->second.values.clear();
  return {{Problem::Kind::Invalid, Msg::PhotoChooseAgain, item.key, {}}};
}

Problems take_new(const Visit& visit, const Scope& scope, FacilityKey facility, const Item& item, RawAnswers& typed) {
  const auto* file = posted_file(visit, item);
  if (file == nullptr) return {};
  if (file->content.empty()) return {{Problem::Kind::Invalid, Msg::PhotoEmpty, item.key, {}}};
  auto saved = app::save_photo(visit.context, scope, facility, file->content);
  if (saved) {
    typed[item.key].values = {saved->hash};
    return {};
  }
  for (auto& problem : saved.error()) problem.field = item.key;
  return saved.error();
}

void draw_thumbnail(html::Out& o, Lang lang, const Item& item, const std::string& href) {
  o.el("a", {{"class", "photo"}, {"href", href}, {"target", "_blank"}},
       [&] { o.el("img", {{"src", href + "?ukuran=kecil"}, {"alt", item.label.in(lang)}}); });
}

}  // namespace

void draw_photo_field(html::Out& o, Lang lang, const PhotoField& field) {
  const auto& item = field.item;
  const auto id = "f-" + item.key;
  const bool kept = !field.kept.empty();
  const auto hint = item.hint.empty() ? say(lang, Msg::PhotoHint, {std::to_string(kMostPictureBytes >> 20U)}) : item.hint.in(lang);
  const auto notes = (field.problem.empty() ? "" : id + "-m ") + (kept ? id + "-k " : "") + id + "-h";
  o.el("div", {{"class", field.problem.empty() ? "field" : "field wrong"}}, [&] {
    o.el("label", {{"class", field.quiet ? "form-label visually-hidden" : "form-label"}, {"for", id}}, [&] {
      o.text(item.label.in(lang));
      if (!item.required) o.el("small", {}, say(lang, Msg::CommonOptional));
    });
    o.el("p", {{"class", "hint"}, {"id", id + "-h"}}, hint);
    if (!field.problem.empty()) o.el("p", {{"class", "message"}, {"id", id + "-m"}}, field.problem);
    if (kept) {
      if (!field.folder.empty()) draw_thumbnail(o, lang, item, field.folder + field.kept);
      o.el("p", {{"class", "kept"}, {"id", id + "-k"}}, say(lang, Msg::PhotoKept));
      o.el("input", {{"type", "hidden"}, {"name", item.key}, {"value", field.kept}});
    }
    o.el("input", {{"class", "form-control"},
                   {"id", id},
                   {"name", item.key},
                   {"type", "file"},
                   {"accept", "image/jpeg,image/png,image/webp"},
                   {"required", item.required && !kept},
                   {"aria-invalid", "true", !field.problem.empty()},
                   {"aria-describedby", notes}});
    if (!kept) return;
    const auto drop = id + "-drop";
    o.el("div", {{"class", "tiles escape"}}, [&] {
      o.el("span", {}, [&] {
        o.el("input", {{"type", "checkbox"}, {"id", drop}, {"name", drop_name(item)}, {"value", "1"}});
        o.el("label", {{"for", drop}}, [&] { o.el("span", {}, say(lang, Msg::PhotoDrop)); });
      });
    });
  });
}

Problems take_photos(const Visit& visit, const Scope& scope, FacilityKey facility, const Instrument& form, RawAnswers& typed) {
  Problems all;
  for (const auto& item : form.items) {
    if (item.kind != ItemKind::Photo) continue;
    for (auto part : {take_kept(visit, facility, item, typed), take_new(visit, scope, facility, item, typed)})
      std::ranges::move(part, std::back_inserter(all));
  }
  return all;
}

Problems photos_to_choose_again(const Visit& visit, const Instrument& form) {
  Problems all;
  for (const auto& item : form.items)
    if (item.kind == ItemKind::Photo && posted_file(visit, item) != nullptr)
      all.push_back({Problem::Kind::Invalid, Msg::PhotoChooseAgain, item.key, {}});
  return all;
}

void add_other_problems(Problems& problems, const Problems& more) {
  const auto already = problems;
  for (const auto& problem : more)
    if (problem.field.empty() || std::ranges::find(already, problem.field, &Problem::field) == already.end()) problems.push_back(problem);
}

}  // namespace pilar::web
