#include "domain/answer.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>

#include "base/text.h"

namespace pilar {
namespace {

constexpr std::pair<Empty, std::string_view> kNamedEmpties[] = {
    {Empty::NotAsked, "asked"}, {Empty::NotObserved, "observed"}, {Empty::NotApplicable, "applicable"}};

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
  void operator()(TimeOfDay time) const { out.append(R"({"t":")").append(iso(time)).append("\"}"); }
  void operator()(Instant at) const { out.append(R"({"at":)").append(std::to_string(at.micros)).append("}"); }
  void operator()(const std::string& words) const { json::append_string(out, words); }
  void operator()(const NamedPerson&) const { throw Bug("a person's name is about to be stored"); }
  void operator()(const PersonHash& person) const { out.append(R"({"person":")").append(hex(person.hash)).append("\"}"); }
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

PersonHash read_person(const std::string& text) {
  PersonHash person;
  if (text.size() != 2 * person.hash.size()) damaged("bad person");
  for (std::size_t i = 0; i < person.hash.size(); ++i) {
    const auto* begin = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(begin, begin + 2, person.hash[i], 16);
    if (error != std::errc() || end != begin + 2) damaged("bad person");
  }
  return person;
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
  if (key == "person") return read_person(value.string());
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

/// Reads canonical text as to_canonical() writes it, without a tree in between: exports and recounts read millions. Whatever looks
/// different makes it give up, and the text is read as any JSON.
class QuickReader {
 public:
  /// Answers that are not wanted become blank; no set: all are wanted.
  explicit QuickReader(std::string_view text, const std::vector<bool>* wanted = nullptr) : text_(text), wanted_(wanted) {}

  std::optional<Answers> read() {
    Answers answers;
    if (!take('[')) return {};
    if (take(']')) return end(std::move(answers));
    if (wanted_ != nullptr) answers.reserve(wanted_->size());
    do {
      auto answer = is_wanted(answers.size()) ? one() : skipped();
      if (!answer) return {};
      answers.push_back(*std::move(answer));
    } while (take(','));
    if (!take(']')) return {};
    return end(std::move(answers));
  }

 private:
  bool is_wanted(std::size_t place) const { return wanted_ == nullptr || (place < wanted_->size() && (*wanted_)[place]); }
  /// Goes behind one answer without reading it.
  std::optional<Answer> skipped() {
    const char first = peek();
    auto end = text_.find_first_of(first == '"' ? "\"\\" : first == '{' ? "}" : first == '[' ? "]" : ",]", at_ + 1);
    while (end != std::string_view::npos && text_[end] == '\\') end = text_.find_first_of("\"\\", end + 2);
    if (end == std::string_view::npos) return {};
    at_ = first == '"' || first == '{' || first == '[' ? end + 1 : end;
    return Empty::Blank;
  }

  std::optional<Answers> end(Answers answers) const {
    if (at_ != text_.size()) return {};
    return answers;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  std::optional<Answer> one() {
    if (peek() == '"') return some(plain_string());
    if (peek() == '[') return codes();
    if (peek() == '{') return object();
    if (take("null")) return Empty::Blank;
    const auto code = whole();
    if (!code) return {};
    return Code{*code};
  }
  static std::optional<Answer> some(std::optional<std::string_view> words) {
    if (!words) return {};
    return std::string(*words);
  }

  std::optional<std::int32_t> whole() {
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (error != std::errc()) return {};
    at_ = static_cast<std::size_t>(end - text_.data());
    return number;
  }
  /// Without escapes.
  std::optional<std::string_view> plain_string() {
    if (!take('"')) return {};
    const auto end = text_.find_first_of("\"\\", at_);
    if (end == std::string_view::npos || text_[end] == '\\') return {};
    const auto words = text_.substr(at_, end - at_);
    at_ = end + 1;
    return words;
  }
  std::optional<Answer> codes() {
    Codes out;
    take('[');
    if (take(']')) return out;
    do {
      const auto code = whole();
      if (!code) return {};
      out.push_back(*code);
    } while (take(','));
    if (!take(']')) return {};
    return out;
  }
  std::optional<Answer> object() {
    take('{');
    if (take(R"("not":)")) return named(plain_string());
    if (!take(R"("n":)")) return {};
    const auto end = text_.find('}', at_);
    const auto number = end == std::string_view::npos ? std::nullopt : parse_decimal(text_.substr(at_, end - at_));
    if (!number) return {};
    at_ = end + 1;
    return *number;
  }
  std::optional<Answer> named(std::optional<std::string_view> name) {
    if (!name || !take('}')) return {};
    for (const auto& [value, known] : kNamedEmpties)
      if (known == *name) return value;
    return {};
  }

  std::string_view text_;
  const std::vector<bool>* wanted_;
  std::size_t at_ = 0;
};

}  // namespace

bool says_nothing(const Answer& answer) {
  const auto* empty = std::get_if<Empty>(&answer);
  return empty != nullptr && (*empty == Empty::Blank || *empty == Empty::NotAsked);
}

std::string iso(TimeOfDay time) {
  const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(time.minutes / 60) + ":" + two(time.minutes % 60);
}

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
  if (auto quick = QuickReader(text).read()) return *std::move(quick);
  const auto parsed = json::parse(text);
  const auto* value = std::get_if<json::Value>(&parsed);
  if (value == nullptr || !value->is_array()) damaged("not a JSON array");
  Answers answers;
  answers.reserve(value->array().size());
  for (const auto& answer : value->array()) answers.push_back(read_answer(answer));
  return answers;
}

Answers from_canonical(std::string_view text, const std::vector<bool>& wanted) {
  if (auto quick = QuickReader(text, &wanted).read()) return *std::move(quick);
  return from_canonical(text);
}

void hash_persons(Answers& answers, const SigningKey& key, FacilityKey facility) {
  for (auto& answer : answers)
    if (const auto* named = std::get_if<NamedPerson>(&answer)) {
      const auto whole = sign(key, std::to_string(facility.value) + "|" + named->name);
      PersonHash person;
      std::copy_n(whole.begin(), person.hash.size(), person.hash.begin());
      answer = person;
    }
}

}  // namespace pilar
