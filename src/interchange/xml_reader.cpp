#include "interchange/xml_reader.h"

#include <expat.h>

#include "i18n/words/files.h"

namespace pilar {
namespace {

constexpr int kXmlPiece = 1 << 16;

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
  for (const auto* pair = pairs_; *pair != nullptr; pair += 2)
    if (local_name(pair[0]) == name) return pair[1];
  return {};
}

/// The callbacks that expat knows.
struct XmlReader::Parser {
  XML_Parser expat = XML_ParserCreate(nullptr);
  Parser() = default;
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { XML_ParserFree(expat); }

  static void begin(void* user, const XML_Char* name, const XML_Char** pairs) {
    auto& reader = *static_cast<XmlReader*>(user);
    if (++reader.depth_ > kMostDepth) return reader.refuse({Problem::Kind::Invalid, Msg::XlsxBroken, {}, {}});
    reader.handler_.begin(local_name(name), XmlAttributes(pairs));
  }
  static void end(void* user, const XML_Char* name) {
    auto& reader = *static_cast<XmlReader*>(user);
    --reader.depth_;
    reader.handler_.end(local_name(name));
  }
  static void text(void* user, const XML_Char* piece, int size) {
    static_cast<XmlReader*>(user)->handler_.text({piece, static_cast<std::size_t>(size)});
  }
  static void doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<XmlReader*>(user)->refuse({Problem::Kind::Invalid, Msg::XlsxDoctype, {}, {}});
  }
};

XmlReader::XmlReader(ByteSource source, XmlHandler& handler)
    : source_(std::move(source)),
      handler_(handler),
      parser_(std::make_unique<Parser>()) {
  XML_SetUserData(parser_->expat, this);
  XML_SetElementHandler(parser_->expat, &Parser::begin, &Parser::end);
  XML_SetCharacterDataHandler(parser_->expat, &Parser::text);
  XML_SetStartDoctypeDeclHandler(parser_->expat, &Parser::doctype);
}

XmlReader::~XmlReader() = default;

void XmlReader::pause() {
  if (!refused_) XML_StopParser(parser_->expat, XML_TRUE);
}

void XmlReader::refuse(Problem problem) {
  if (refused_) return;
  refused_ = true;
  problem_ = std::move(problem);
  XML_StopParser(parser_->expat, XML_FALSE);
}

XmlReader::State XmlReader::conclude(int status) {
  paused_ = status == XML_STATUS_SUSPENDED;
  if (paused_) return State::Paused;
  if (status == XML_STATUS_ERROR) {
    if (!refused_) problem_ = {Problem::Kind::Invalid, Msg::XlsxBroken, {}, {}};
    refused_ = true;
    return State::Refused;
  }
  return State::Done;
}

XmlReader::State XmlReader::feed() {
  auto* buffer = XML_GetBuffer(parser_->expat, kXmlPiece);
  if (buffer == nullptr) throw Fault("read XML", "out of memory");
  const auto n = source_(static_cast<char*>(buffer), kXmlPiece);
  fed_ += static_cast<std::int64_t>(n);
  const auto state = conclude(XML_ParseBuffer(parser_->expat, static_cast<int>(n), n == 0 ? XML_TRUE : XML_FALSE));
  if (state == State::Done && n > 0 && fed_ - XML_GetCurrentByteIndex(parser_->expat) > kMostTag) {
    refuse({Problem::Kind::TooLarge, Msg::XlsxBroken, {}, {}});
    return State::Refused;
  }
  return state;
}

XmlReader::State XmlReader::run() {
  if (refused_) return State::Refused;
  auto state = paused_ ? conclude(XML_ResumeParser(parser_->expat)) : State::Done;
  XML_ParsingStatus status{};
  for (;;) {
    if (state != State::Done) return state;
    XML_GetParsingStatus(parser_->expat, &status);
    if (status.parsing == XML_FINISHED) return State::Done;
    state = feed();
  }
}

}  // namespace pilar
