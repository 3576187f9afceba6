#include "http/reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "http/chunked.h"

namespace pilar::http {
namespace {

namespace beast = boost::beast::http;
using Error = boost::beast::error_code;
using View = boost::beast::string_view;

constexpr std::size_t kMaxHeaders = 100;
/// More is reserved only as it comes: a claimed length costs the other end nothing.
constexpr std::uint64_t kMaxReserve = std::uint64_t{64} * 1024;

std::string_view plain(View text) { return {text.data(), text.size()}; }

Method method_of(beast::verb verb) {
  switch (verb) {
    case beast::verb::get:
      return Method::Get;
    case beast::verb::head:
      return Method::Head;
    case beast::verb::post:
      return Method::Post;
    case beast::verb::put:
      return Method::Put;
    case beast::verb::patch:
      return Method::Patch;
    case beast::verb::delete_:
      return Method::Delete;
    default:
      return Method::Other;
  }
}

std::size_t count(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(request.headers, name, &Fields::value_type::first));
}

/// What the grammar allows and two readers in a row could understand differently. Source: RFC 9112, 3.2, 6.1 and 6.3.
bool is_unambiguous(const Request& request, bool http_1_0) {
  if (count(request, "host") > 1 || (!http_1_0 && count(request, "host") == 0)) return false;
  const auto codings = count(request, "transfer-encoding"), lengths = count(request, "content-length");
  if (codings + lengths > 1) return false;
  if (codings == 1) return !http_1_0 && lower_ascii(request.header("transfer-encoding")) == "chunked";
  return lengths == 0 || std::ranges::all_of(request.header("content-length"), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

struct RequestReader::Impl final : beast::basic_parser<true> {
  Impl() {
    header_limit(kMaxHead);
    body_limit(boost::none);
  }

  void on_request_impl(beast::verb verb, View, View target, int version, Error& error) override {
    http_1_0 = version == 10;
    auto parsed = http::parse_target(plain(target));
    if (!parsed) {
      error = beast::error::bad_target;
      return;
    }
    request.method = method_of(verb);
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
  }
  void on_field_impl(beast::field, View name, View value, Error& error) override {
    if (request.headers.size() == kMaxHeaders)
      error = beast::error::header_limit;
    else
      request.headers.emplace_back(lower_ascii(plain(name)), plain(value));
  }
  void on_header_impl(Error& error) override {
    if (!is_unambiguous(request, http_1_0)) error = beast::error::bad_value;
  }
  // Only heads are read with Beast.
  void on_response_impl(int, View, int, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(View, Error&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View, Error&) override { return 0; }
  void on_finish_impl(Error&) override {}

  void refuse(int status) {
    step = Step::Refused;
    refusal = status;
  }

  std::size_t put_head(std::string_view bytes);
  std::size_t put_body(std::string_view bytes);

  Step step = Step::Head;
  int refusal = 0;
  bool http_1_0 = false;
  std::uint64_t left = 0;  ///< bytes of a body with Content-Length
  ChunkedBody chunks{};
  std::size_t searched = 0;  ///< bytes of the head that hold no end, so that a drip is not searched again and again
  Request request{};
};

std::size_t RequestReader::Impl::put_head(std::string_view bytes) {
  std::size_t skipped = 0;
  while (bytes.starts_with("\r\n")) {  // RFC 9112, 2.2: empty lines before a request
    bytes.remove_prefix(2);
    skipped += 2;
    searched = 0;
  }
  if (!bytes.empty() && bytes.front() != '\r' && (bytes.front() < 'A' || bytes.front() > 'Z')) {
    refuse(400);  // no HTTP at all, such as a TLS greeting: waiting for the end of its head would be in vain
    return skipped;
  }
  const auto end = bytes.find("\r\n\r\n", searched);
  if (end == bytes.npos ? bytes.size() >= kMaxHead : end + 4 > kMaxHead) {
    refuse(431);
    return skipped;
  }
  if (end == bytes.npos) {
    searched = bytes.size() - std::min<std::size_t>(bytes.size(), 3);
    return skipped;
  }
  const auto head = bytes.substr(0, end + 4);
  if (head.contains("\r\n ") || head.contains("\r\n\t")) {
    refuse(400);
    return skipped;
  }
  Error error;
  skipped += put(boost::asio::buffer(head), error);
  if (error || !is_header_done()) {  // "more is needed" too: some line is too short for what it should hold
    refuse(error == beast::error::header_limit ? 431 : 400);
    return skipped;
  }
  left = content_length().value_or(0);
  step = is_done() ? Step::Done : Step::Body;
  return skipped;
}

std::size_t RequestReader::Impl::put_body(std::string_view bytes) {
  if (!chunked()) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
    request.body.append(bytes.substr(0, n));
    left -= n;
    if (left == 0) step = Step::Done;
    return n;
  }
  const auto used = chunks.put(bytes, request.body);
  if (chunks.step() == ChunkedBody::Step::Done) step = Step::Done;
  if (chunks.step() == ChunkedBody::Step::Malformed) refuse(400);
  if (chunks.step() == ChunkedBody::Step::TooLarge) refuse(413);
  return used;
}

void RequestReader::limit_body(std::uint64_t bytes) {
  if (impl_->step != Step::Body) return;
  if (impl_->left > bytes) return impl_->refuse(413);
  impl_->chunks.limit(bytes);
  impl_->request.body.reserve(static_cast<std::size_t>(std::min(impl_->left, kMaxReserve)));
}

RequestReader::RequestReader() : impl_(std::make_unique<Impl>()) {}
RequestReader::~RequestReader() = default;

std::size_t RequestReader::put(std::string_view bytes) {
  if (impl_->step == Step::Head) return impl_->put_head(bytes);
  if (impl_->step == Step::Body) return impl_->put_body(bytes);
  return 0;
}

RequestReader::Step RequestReader::step() const { return impl_->step; }
int RequestReader::refusal() const { return impl_->refusal; }
Request& RequestReader::request() { return impl_->request; }
bool RequestReader::is_http_1_0() const { return impl_->http_1_0; }
bool RequestReader::may_keep_alive() const { return !impl_->http_1_0 && impl_->keep_alive(); }

bool RequestReader::wants_continue() const {
  return impl_->step == Step::Body && !impl_->http_1_0 && lower_ascii(impl_->request.header("expect")) == "100-continue";
}

}  // namespace pilar::http
