#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace pilar::html {

/// The name of an element, judged while compiling: letters, digits and hyphens. `script` and `style` are no elements of
/// this program; data for a script goes through Out::json.
class Tag {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): written as the name itself
  consteval Tag(const char* name) : name_(name) {
    if (name_.empty() || name_ == "script" || name_ == "style") throw "no such element here";
    for (const char c : name_)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) throw "not an element name";
    for (const std::string_view v : {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
      is_void_ = is_void_ || v == name_;
    drops_newline_ = name_ == "textarea" || name_ == "pre";
  }
  constexpr std::string_view name() const { return name_; }
  constexpr bool is_void() const { return is_void_; }
  /// A parser drops a line break right after this start tag (HTML Standard, 13.1.2.5).
  constexpr bool drops_newline() const { return drops_newline_; }

 private:
  std::string_view name_;
  bool is_void_ = false, drops_newline_ = false;
};

/// The name of an attribute, judged while compiling. Style attributes, handlers (on..., hx-on...) and srcdoc are refused,
/// because the pages' security policy forbids what they do.
class Name {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): written as the name itself
  consteval Name(const char* name) : name_(name) {
    if (name_.empty() || name_ == "style" || name_ == "srcdoc" || name_.starts_with("on") || name_.starts_with("hx-on"))
      throw "no such attribute here";
    for (const char c : name_)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) throw "not an attribute name";
    for (const std::string_view v : {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"})
      is_address_ = is_address_ || v == name_;
  }
  constexpr std::string_view text() const { return name_; }
  constexpr bool is_address() const { return is_address_; }

 private:
  std::string_view name_;
  bool is_address_ = false;
};

/// A picture carried in the address itself ("data:image/png;base64,..."); the only way to have one.
struct DataImage {
  std::string_view address;
};

/// One attribute of an element. A bool makes a boolean attribute: present or absent. Addresses may be relative, http, https
/// or mailto; any other scheme is replaced by "#". Texts are borrowed for the length of the call.
class Attribute {
 public:
  Attribute(Name name, bool present) : name_(name), value_(present) {}
  Attribute(Name name, std::string_view value) : name_(name), value_(value) {}
  Attribute(Name name, const char* value) : Attribute(name, std::string_view(value)) {}
  Attribute(Name name, const std::string& value) : Attribute(name, std::string_view(value)) {}
  Attribute(Name name, DataImage picture) : name_(name), value_(picture) {}
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  Attribute(Name name, Number value) : name_(name),
                                       value_(static_cast<std::int64_t>(value)) {}
  /// For drawings: at most two digits after the point.
  Attribute(Name name, double value) : name_(name), value_(value) {}
  /// Left out where `present` is false.
  template <class Value>
  Attribute(Name name, const Value& value, bool present) : Attribute(name, value) {
    if (!present) value_ = false;
  }

 private:
  friend class Out;
  Name name_;
  std::variant<bool, std::string_view, std::int64_t, double, DataImage> value_;
};
using Attributes = std::initializer_list<Attribute>;

/// Is this an address a page may point to: relative, http, https or mailto, however a browser would read it?
bool is_safe_address(std::string_view address);

/// Writes HTML into one growing string. Everything is escaped; there is no door for markup made elsewhere.
///
///     o.el("section", {{"class", "card"}}, [&] {
///       o.el("h2", {}, title);
///       o.el("input", {{"name", "q"}, {"required", true}});
///     });
class Out {
 public:
  /// "<!doctype html>", first.
  void doctype() { text_ += "<!doctype html>"; }

  void el(Tag tag, Attributes attributes = {}) {
    open(tag, attributes);
    if (!tag.is_void()) close(tag);
  }
  void el(Tag tag, Attributes attributes, std::string_view text) {
    open(tag, attributes);
    if (tag.drops_newline() && text.starts_with('\n')) text_ += '\n';
    this->text(text);
    close(tag);
  }
  template <std::invocable Body>
  void el(Tag tag, Attributes attributes, Body&& body) {
    open(tag, attributes);
    std::forward<Body>(body)();
    close(tag);
  }
  /// Text between elements; NUL is left out, because HTML cannot hold it.
  void text(std::string_view text);
  /// Inert data for a script: `json` is JSON text, in which '<', '>' and '&' become \u escapes.
  void json(Attributes attributes, std::string_view json);
  /// A script of our own, by its address; it runs after the page is read.
  void script(std::string_view address);

  const std::string& str() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void open(Tag tag, Attributes attributes);
  void close(Tag tag);
  void write(const Attribute& attribute);

  std::string text_;
};

}  // namespace pilar::html
