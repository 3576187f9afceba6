#include "http/wire.h"

#include <algorithm>
#include <array>

#include "base/result.h"
#include "base/text.h"

namespace pilar::http {
namespace {

/// RFC 9110, section 15; the ones that Pilar sends. The phrase of others stays empty, which is allowed.
std::string_view phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kMarks.contains(c);
  });
}

bool is_ours(std::string_view name) {
  const auto lower = lower_ascii(name);
  return lower == "content-length" || lower == "transfer-encoding" || lower == "connection" || lower == "date";
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_checked(std::string& out, std::string_view name, std::string_view value) {
  require(is_token(name), "the name of a reply header is a token");
  require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos, "a reply header has no CR, LF or NUL");
  append_field(out, name, value);
}

void append_two(std::string& out, std::int64_t number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

}  // namespace

std::string http_date(Instant at) {
  constexpr std::array<std::string_view, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01 was a Thursday
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = at.micros / 1'000'000;
  const Day day{static_cast<std::int32_t>(seconds / 86'400)};
  const auto date = civil(day);
  std::string out(kDays[static_cast<std::size_t>(day.value % 7)]);
  out += ", ";
  append_two(out, date.day);
  out.append(" ").append(kMonths[static_cast<std::size_t>(date.month - 1)]).append(" ");
  append_two(out, date.year / 100);
  append_two(out, date.year % 100);
  out += ' ';
  append_two(out, seconds / 3600 % 24);
  out += ':';
  append_two(out, seconds / 60 % 60);
  out += ':';
  append_two(out, seconds % 60);
  return out + " GMT";
}

std::string reply_head(const Reply& reply, Framing framing, bool keep_alive, std::string_view date) {
  std::string out;
  out.reserve(512);
  out.append("HTTP/1.1 ").append(std::to_string(reply.status)).append(" ").append(phrase(reply.status)).append("\r\n");
  append_field(out, "Date", date);
  if (framing != Framing::None && !reply.content_type.empty()) append_checked(out, "Content-Type", reply.content_type);
  if (framing == Framing::Length) append_field(out, "Content-Length", std::to_string(reply.body.size()));
  if (framing == Framing::Chunked) append_field(out, "Transfer-Encoding", "chunked");
  if (!keep_alive) append_field(out, "Connection", "close");
  for (const auto& [name, value] : reply.headers) {
    require(!is_ours(name), "Content-Length, Transfer-Encoding, Connection and Date are the server's");
    append_checked(out, name, value);
  }
  return out.append("\r\n");
}

}  // namespace pilar::http
