#include "interchange/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/text.h"
#include "i18n/words/pack.h"

namespace pilar::yaml {
namespace {

/// Leaves the library's parser; caught in parse().
struct Stop {
  YAML::Mark mark;
  Message message;
  std::vector<std::string> args{};
};

/// Builds the tree from the library's events.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(Faults& faults) : faults_(faults) {}

  Node take() { return std::move(root_); }
  bool has_document() const { return documents_ > 0; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) throw Stop{mark, Msg::PackOneDocument};
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override { throw Stop{mark, Msg::PackNoAnchors}; }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { throw Stop{mark, Msg::PackNoAnchors}; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (expects_key()) throw Stop{mark, Msg::PackKeyIsText};
    put(make(mark, Node::Kind::Null, {}, anchor));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    auto node = make(mark, Node::Kind::Scalar, tag, anchor);
    if (expects_key()) {
      open_.back().key = Key{value, node.at};
      return;
    }
    node.text = value;
    put(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, Node::Kind::Sequence, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/) override {
    open(mark, Node::Kind::Mapping, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Key {
    std::string text;
    Position at;
  };
  struct Open {
    Node node;
    std::optional<Key> key{};  ///< of the member that comes next
    std::set<std::string, std::less<>> seen{};
  };

  bool expects_key() const { return !open_.empty() && open_.back().node.kind == Node::Kind::Mapping && !open_.back().key; }

  Node make(const YAML::Mark& mark, Node::Kind kind, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) throw Stop{mark, Msg::PackNoAnchors};
    if (!tag.empty() && tag != "?" && tag != "!") throw Stop{mark, Msg::PackNoTags};
    Node node;
    node.kind = kind;
    node.offset = faults_.offset_of(mark.line, mark.column);
    node.at = faults_.position_of(node.offset);
    return node;
  }

  void open(const YAML::Mark& mark, Node::Kind kind, const std::string& tag, YAML::anchor_t anchor) {
    if (expects_key()) throw Stop{mark, Msg::PackKeyIsText};
    if (open_.size() == kMaxDepth) throw Stop{mark, Msg::PackTooDeep, {std::to_string(kMaxDepth)}};
    open_.push_back({make(mark, kind, tag, anchor)});
  }

  void close() {
    auto done = std::move(open_.back().node);
    open_.pop_back();
    put(std::move(done));
  }

  void put(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& parent = open_.back();
    if (parent.node.kind == Node::Kind::Mapping) {
      node.key = std::move(parent.key->text);
      node.key_at = parent.key->at;
      parent.key.reset();
      if (!parent.seen.insert(node.key).second) {
        faults_.add(node.key_at, Msg::PackKeyTwice, {node.key});
        return;
      }
    }
    parent.node.children.push_back(std::move(node));
  }

  Faults& faults_;
  Node root_{};
  std::vector<Open> open_{};
  int documents_ = 0;
};

/// The first byte that no text file holds. The library ends a file silently at one of them.
std::optional<std::size_t> control_character(std::string_view text) {
  const auto at = std::ranges::find_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\t' && c != '\n' && c != '\r') || byte == 0x7FU;
  });
  if (at == text.end()) return {};
  return static_cast<std::size_t>(at - text.begin());
}

}  // namespace

const Node* Node::find(std::string_view member) const {
  const auto found = std::ranges::find(children, member, &Node::key);
  return found == children.end() ? nullptr : &*found;
}

Faults::Faults(std::string_view file, std::string_view text) : file_(file), text_(text), lines_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') lines_.push_back(i + 1);
}

void Faults::add(Position at, Message message, std::vector<std::string> args) {
  if (found_.size() >= kMaxFaults) return;
  const auto field = file_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  const auto behind = std::ranges::upper_bound(found_, at, {}, &Found::at);
  found_.insert(behind, {at, {Problem::Kind::Invalid, message, field, std::move(args)}});
}

Problems Faults::take() {
  Problems out;
  for (auto& found : found_) out.push_back(std::move(found.problem));
  found_.clear();
  return out;
}

Position Faults::position_of(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto line = static_cast<std::size_t>(std::ranges::upper_bound(lines_, offset) - lines_.begin()) - 1;
  const auto before = text_.substr(lines_[line], offset - lines_[line]);
  return {static_cast<int>(line) + 1, static_cast<int>(code_points(before)) + 1};
}

Position Faults::position_in(const Node& scalar, std::size_t offset) const {
  auto begin = scalar.offset;
  if (begin < text_.size() && (text_[begin] == '"' || text_[begin] == '\'')) ++begin;
  const bool as_written = begin <= text_.size() && text_.substr(begin).starts_with(std::string_view(scalar.text).substr(0, offset));
  return as_written ? position_of(begin + offset) : scalar.at;
}

std::size_t Faults::offset_of(int line, int column) const {
  if (line < 0 || column < 0) return 0;
  const auto begin = static_cast<std::size_t>(line) < lines_.size() ? lines_[static_cast<std::size_t>(line)] : text_.size();
  return std::min(text_.size(), begin + static_cast<std::size_t>(column));
}

Node parse(std::string_view text, Faults& faults) {
  const auto refuse_at = [&](Position at, Message message, std::vector<std::string> args = {}) {
    faults.add(at, message, std::move(args));
    return Node{};
  };
  if (text.size() > kMaxBytes) return refuse_at({}, Msg::PackTooLarge, {std::to_string(kMaxBytes / 1024)});
  if (const auto control = control_character(text)) return refuse_at(faults.position_of(*control), Msg::PackControlCharacter);
  if (!is_utf8(text)) return refuse_at({}, Msg::PackNotText);
  const auto position = [&](const YAML::Mark& mark) { return faults.position_of(faults.offset_of(mark.line, mark.column)); };
  Builder builder(faults);
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {}
  } catch (const Stop& stop) { return refuse_at(position(stop.mark), stop.message, stop.args); } catch (const YAML::Exception& fault) {
    return refuse_at(position(fault.mark), Msg::PackSyntax);
  }
  if (!builder.has_document()) return refuse_at({}, Msg::PackEmpty);
  return builder.take();
}

}  // namespace pilar::yaml
