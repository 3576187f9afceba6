#include "domain/answer.h"

#include <cstdio>

#include "base/text.h"

namespace pilar {
namespace {

constexpr std::pair<Empty, std::string_view> kNamedEmpties[] = {
    {Empty::NotAsked, "asked"}, {Empty::NotObserved, "observed"}, {Empty::NotApplicable, "applicable"}};

std::string two(std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

/// Appends one answer's canonical text.
struct Appender {
  std::string& out;

  void operator()(Empty empty) const {
    if (empty == Empty::Blank) {
      out += "null";
      return;
    }
    for (const auto& [value, name] : kNamedEmpties)
      if (value == empty) out.append(R"({"not":")").append(name).append("\"}");
  }
  void operator()(Code code) const { out += std::to_string(code.value); }
  void operator()(const Codes& codes) const {
    out += '[';
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (i > 0) out += ',';
      out += std::to_string(codes[i]);
    }
    out += ']';
  }
  void operator()(const Decimal& number) const { out.append(R"({"n":)").append(text(number)).append("}"); }
  void operator()(Day day) const { out.append(R"({"d":")").append(iso(day)).append("\"}"); }
  void operator()(TimeOfDay time) const {
    out.append(R"({"t":")").append(two(time.minutes / 60)).append(":").append(two(time.minutes % 60)).append("\"}");
  }
  void operator()(Instant at) const { out.append(R"({"at":)").append(std::to_string(at.micros)).append("}"); }
  void operator()(const std::string& words) const { json::append_string(out, words); }
  void operator()(const Photo& photo) const {
    out += R"({"photo":)";
    json::append_string(out, photo.hash);
    out += '}';
  }
};

[[noreturn]] void damaged(std::string_view what) { throw Fault("reading stored answers", std::string(what)); }

template <class T>
T need(std::optional<T> value, std::string_view what) {
  if (!value) damaged(what);
  return *std::move(value);
}

Answer read_empty(const std::string& name) {
  for (const auto& [value, known] : kNamedEmpties)
    if (known == name) return value;
  damaged("unknown empty");
}

TimeOfDay read_time(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') damaged("bad time");
  const auto h = need(parse_int(std::string_view(text).substr(0, 2)), "bad hour");
  const auto m = need(parse_int(std::string_view(text).substr(3)), "bad minute");
  return {static_cast<std::int32_t>(h * 60 + m)};
}

Answer read_object(const json::Object& object) {
  if (object.size() != 1) damaged("bad answer object");
  const auto& [key, value] = object.front();
  if (key == "not") return read_empty(value.string());
  if (key == "n") return need(value.to_decimal(), "bad number");
  if (key == "d") return need(parse_day(value.string()), "bad day");
  if (key == "t") return read_time(value.string());
  if (key == "at") return Instant{need(value.to_int(), "bad instant")};
  if (key == "photo") return Photo{value.string()};
  damaged("unknown answer object");
}

std::int32_t read_code(const json::Value& value) { return static_cast<std::int32_t>(need(value.to_int(), "bad code")); }

Answer read_answer(const json::Value& value) {
  if (value.is_null()) return Empty::Blank;
  if (value.is_number()) return Code{read_code(value)};
  if (value.is_string()) return value.string();
  if (value.is_object()) return read_object(value.object());
  if (!value.is_array()) damaged("unknown answer");
  Codes codes;
  for (const auto& code : value.array()) codes.push_back(read_code(code));
  return codes;
}

}  // namespace

std::string to_canonical(const Answers& answers) {
  std::string out = "[";
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i > 0) out += ',';
    std::visit(Appender{out}, answers[i]);
  }
  out += ']';
  return out;
}

Answers from_canonical(std::string_view text) {
  const auto parsed = json::parse(text);
  const auto* value = std::get_if<json::Value>(&parsed);
  if (value == nullptr || !value->is_array()) damaged("not a JSON array");
  Answers answers;
  answers.reserve(value->array().size());
  for (const auto& answer : value->array()) answers.push_back(read_answer(answer));
  return answers;
}

}  // namespace pilar
