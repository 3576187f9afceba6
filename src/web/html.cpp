#include "web/html.h"

#include <charconv>
#include <cmath>

#include "base/result.h"
#include "base/text.h"

namespace pilar::html {
namespace {

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};  // NUL
  }
}

constexpr std::string_view kSpecial{"&<>\"'\0", 6};

/// Copies stretches between special characters, which are rare.
void append_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const auto at = text.find_first_of(kSpecial);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return;
    out += entity(text[at]);
    text.remove_prefix(at + 1);
  }
}

void append_number(std::string& out, double value) {
  require(std::isfinite(value), "a drawing has finite coordinates");
  const auto hundredths = std::llround(value * 100);
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<double>(hundredths) / 100).ptr;
  out.append(buffer, end);
}

}  // namespace

bool is_safe_address(std::string_view address) {
  std::string scheme;
  for (const char c : address) {
    if (c == '/' || c == '?' || c == '#') return true;
    if (c == ':') {
      const auto lower = lower_ascii(scheme);
      return lower == "http" || lower == "https" || lower == "mailto";
    }
    // Browsers drop white space and control characters here, so "java\nscript:" is a scheme to them.
    if (static_cast<unsigned char>(c) > ' ') scheme += c;
  }
  return true;
}

void Out::text(std::string_view text) { append_escaped(text_, text); }

void Out::write(const Attribute& attribute) {
  const auto& value = attribute.value_;
  if (const auto* present = std::get_if<bool>(&value); present && !*present) return;
  text_ += ' ';
  text_ += attribute.name_.text();
  if (std::holds_alternative<bool>(value)) return;
  text_ += "=\"";
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    append_escaped(text_, attribute.name_.is_address() && !is_safe_address(*text) ? "#" : *text);
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    text_ += std::to_string(*number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    append_number(text_, *real);
  } else {
    const auto picture = std::get<DataImage>(value).address;
    append_escaped(text_, picture.starts_with("data:image/") ? picture : "#");
  }
  text_ += '"';
}

void Out::open(Tag tag, Attributes attributes) {
  text_ += '<';
  text_ += tag.name();
  for (const auto& attribute : attributes) write(attribute);
  text_ += '>';
}

void Out::close(Tag tag) {
  require(!tag.is_void(), "a void element has no content");
  text_ += "</";
  text_ += tag.name();
  text_ += '>';
}

void Out::json(Attributes attributes, std::string_view json) {
  text_ += "<script type=\"application/json\"";
  for (const auto& attribute : attributes) write(attribute);
  text_ += '>';
  for (const char c : json) {
    switch (c) {
      case '<':
        text_ += "\\u003c";
        break;
      case '>':
        text_ += "\\u003e";
        break;
      case '&':
        text_ += "\\u0026";
        break;
      default:
        text_ += c;
    }
  }
  text_ += "</script>";
}

void Out::script(std::string_view address) {
  require(address.starts_with('/') && !address.starts_with("//"), "a script comes from this program");
  text_ += "<script defer src=\"";
  append_escaped(text_, address);
  text_ += "\"></script>";
}

}  // namespace pilar::html
