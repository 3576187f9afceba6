#include "http/multipart.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/result.h"
#include "base/text.h"

namespace pilar::http {
namespace {

constexpr std::size_t kMostParts = 1000, kMostHead = 4096, kMostBoundary = 70;
constexpr std::string_view kLine = "\r\n", kHeadEnd = "\r\n\r\n";

/// RFC 2046, section 5.1.1.
bool is_boundary(std::string_view text) {
  constexpr std::string_view kMarks = "'()+_,-./:=? ";
  const auto allowed = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kMarks.contains(c);
  };
  return !text.empty() && text.size() <= kMostBoundary && text.back() != ' ' && std::ranges::all_of(text, allowed);
}

/// `name="value"` parameters behind the first semicolon. Browsers escape nothing but the quotation mark and line ends, as %22,
/// %0D and %0A (HTML, "multipart/form-data encoding algorithm"), so a backslash is a backslash.
std::optional<Fields> parameters(std::string_view text) {
  Fields out;
  while (!text.empty()) {
    if (text.front() != ';') return {};
    text = text.substr(1);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const auto equals = text.find('=');
    if (equals == text.npos || equals == 0) return {};
    auto name = lower_ascii(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    if (text.empty()) return {};
    const bool quoted = text.front() == '"';
    const auto end = quoted ? text.find('"', 1) : std::min(text.find_first_of("; \t"), text.size());
    if (end == text.npos) return {};
    out.emplace_back(std::move(name), text.substr(quoted ? 1 : 0, end - (quoted ? 1 : 0)));
    text.remove_prefix(std::min(end + (quoted ? 1 : 0), text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  }
  return out;
}

/// The three characters that browsers escape, and only those.
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto three = text.substr(i, 3);
    const char escaped = three == "%22" ? '"' : three == "%0D" ? '\r' : three == "%0A" ? '\n' : '\0';
    out += escaped == '\0' ? text[i] : escaped;
    if (escaped != '\0') i += 2;
  }
  return out;
}

bool take_disposition(std::string_view value, Part& part) {
  constexpr std::string_view kForm = "form-data";
  if (lower_ascii(value.substr(0, kForm.size())) != kForm) return false;
  const auto given = parameters(trim(value.substr(kForm.size())));
  if (!given) return false;
  bool named = false;
  for (const auto& [key, text] : *given) {
    auto plain = unescape(text);
    if (!is_utf8(plain)) return false;
    if (key == "name") {
      if (std::exchange(named, true)) return false;
      part.name = std::move(plain);
    } else if (key == "filename") {
      if (part.file_name) return false;
      part.file_name = std::move(plain);
    }
  }
  return named && !part.name.empty();
}

/// The head of a part without the empty line at its end.
std::optional<Part> read_head(std::string_view head) {
  Part part;
  bool disposed = false;
  while (!head.empty()) {
    const auto end = std::min(head.find(kLine), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + kLine.size(), head.size()));
    const auto colon = line.find(':');
    if (colon == line.npos || colon == 0 || line.find_first_of("\r\n") != line.npos) return {};
    if (lower_ascii(line.substr(0, colon)) != "content-disposition") continue;
    if (std::exchange(disposed, true) || !take_disposition(trim(line.substr(colon + 1)), part)) return {};
  }
  if (!disposed) return {};
  return part;
}

[[noreturn]] void fail_to_read() { throw Fault("read an upload", std::generic_category().message(errno), /*may_retry=*/true); }

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  constexpr std::string_view kType = "multipart/form-data";
  if (lower_ascii(content_type.substr(0, kType.size())) != kType) return {};
  const auto given = parameters(trim(content_type.substr(kType.size())));
  if (!given) return {};
  const auto at = std::ranges::find(*given, "boundary", &Fields::value_type::first);
  return at != given->end() && is_boundary(at->second) ? at->second : std::string();
}

std::optional<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary) {
  if (!is_boundary(boundary)) return {};
  const auto first = "--" + std::string(boundary), next = "\r\n" + first;
  if (!body.starts_with(first)) return {};
  body.remove_prefix(first.size());
  std::vector<Part> parts;
  while (body.starts_with(kLine)) {
    body.remove_prefix(kLine.size());
    const auto head = body.substr(0, kMostHead).find(kHeadEnd);
    if (head == body.npos || parts.size() == kMostParts) return {};
    auto part = read_head(body.substr(0, head));
    if (!part) return {};
    body.remove_prefix(head + kHeadEnd.size());
    const auto end = body.find(next);
    if (end == body.npos) return {};
    part->content = body.substr(0, end);
    body.remove_prefix(end + next.size());
    parts.push_back(*std::move(part));
  }
  if (body != "--" && body != "--\r\n") return {};
  return parts;
}

BodyView::BodyView(const Request& request) : bytes_(request.body) {
  if (request.body_file.empty()) return;
  const int file = ::open(request.body_file.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail_to_read();
  struct stat about{};
  const bool known = ::fstat(file, &about) == 0;
  const auto size = known ? static_cast<std::size_t>(about.st_size) : 0;
  mapped_ = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (!known || mapped_ == MAP_FAILED) fail_to_read();
  bytes_ = {static_cast<const char*>(mapped_), size};
}

BodyView::~BodyView() {
  if (mapped_ != nullptr) ::munmap(mapped_, bytes_.size());
}

}  // namespace pilar::http
