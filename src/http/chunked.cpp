#include "http/chunked.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace pilar::http {
namespace {

bool is_line_text(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F); }

}  // namespace

std::size_t ChunkedBody::put(std::string_view bytes, std::string& out) {
  const auto all = bytes.size();
  while (step_ < Step::Done) {
    if (step_ == Step::Data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      out.append(bytes.substr(0, n));
      bytes.remove_prefix(n);
      left_ -= n;
      if (left_ > 0) break;
      step_ = Step::DataEnd;
    }
    const auto end = bytes.substr(0, kMaxLine).find('\n');
    if (end == bytes.npos) {
      if (bytes.size() >= kMaxLine) step_ = Step::Malformed;
      break;
    }
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    if (line.ends_with('\r') && std::ranges::all_of(line.substr(0, end - 1), is_line_text))
      take(line.substr(0, end - 1));
    else
      step_ = Step::Malformed;
  }
  return all - bytes.size();
}

void ChunkedBody::take(std::string_view line) {
  if (step_ == Step::Size) return take_size(line);
  if (step_ == Step::DataEnd) {
    step_ = line.empty() ? Step::Size : Step::Malformed;
  } else {
    trailer_ += line.size();
    step_ = line.empty() ? Step::Done : trailer_ > kMaxTrailer ? Step::Malformed : Step::Trailer;
  }
}

void ChunkedBody::take_size(std::string_view line) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
  const auto rest = trim(line.substr(static_cast<std::size_t>(end - line.data())));
  const bool bad_end = !rest.empty() && rest.front() != ';';
  const bool huge = error == std::errc::result_out_of_range;
  if (!huge && (error != std::errc{} || bad_end)) {
    step_ = Step::Malformed;
  } else if (huge || left_ > allowed_) {
    step_ = Step::TooLarge;
  } else {
    allowed_ -= left_;
    step_ = left_ == 0 ? Step::Trailer : Step::Data;
  }
}

}  // namespace pilar::http
