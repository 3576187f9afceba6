#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace pilar::http {

/// One part of a multipart/form-data body (RFC 7578). A control without a chosen file still sends a part, with an empty file name.
struct Part {
  std::string name{};
  std::optional<std::string> file_name{};  ///< set where the part is a file; as the client says, never to be used as a path
  std::string_view content{};              ///< bytes, within the body that was read
};

/// The boundary of a multipart/form-data content type; empty for any other type, or a boundary that RFC 2046 does not allow.
std::string multipart_boundary(std::string_view content_type);

/// The parts in their order. Strict: every line ends in CR LF, every part has one Content-Disposition with a name, nothing stands
/// before the first and nothing but one CR LF behind the last delimiter. Empty where that is not so, where a name or file name is not
/// UTF-8, where there are over 1,000 parts, or a part's head has over 4 KB.
std::optional<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary);

/// A request's body as one text, wherever it lies: in memory, or in its file, which is mapped and not copied. Neither request nor
/// file may go away before it. Throws Fault when the file cannot be read.
class BodyView {
 public:
  explicit BodyView(const Request& request);
  ~BodyView();
  BodyView(const BodyView&) = delete;
  BodyView& operator=(const BodyView&) = delete;
  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_{};
  void* mapped_ = nullptr;
};

}  // namespace pilar::http
