#pragma once
#include <cstdint>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "app/settings.h"
#include "base/clock.h"
#include "base/json.h"
#include "i18n/messages.h"

/// What a command of `pilar` is: a row of one table, from which parsing, help and the completeness tests come.
namespace pilar::cli {

/// How the program ends; the table exit_codes() says it in words.
enum class Exit : std::uint8_t { Ok = 0, Fault = 1, Usage = 2, Found = 3 };

struct Option {
  std::string_view name;        ///< "data" for --data; of an argument its name in help, "FILE"
  std::string_view value{};     ///< what stands for the value in help ("FOLDER"); empty: a flag
  Message words{};
  std::string_view fallback{};  ///< value when it is not given
  bool required = false;
  bool argument = false;        ///< given by its place, without a name
  bool setting = false;         ///< a row of app::kSettings, which may also stand in a file or in the environment

  std::string shown() const;    ///< "--data FOLDER", "--json", "FILE"
};

/// The words a command was called with, and whom it speaks to.
struct Invocation {
  Lang lang = Lang::Id;
  std::map<std::string, std::string, std::less<>> values{};  ///< by Option::name; a flag that was given is "1"
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Clock& clock;
  app::Settings settings{};  ///< of a command that has some

  /// Empty when it was not given and has no fallback.
  std::string text(std::string_view option) const;
  bool has(std::string_view option) const { return !text(option).empty(); }
  bool json() const { return has("json"); }
  /// A problem names the option when its value is no integer from low to high.
  Result<std::int64_t> number(std::string_view option, std::int64_t low, std::int64_t high) const;
  /// A line of words on `out`.
  void tell(Message message, std::initializer_list<std::string> args = {}) const;
  void print(const json::Value& value) const;
};

struct Command {
  std::string_view name;  ///< "serve", "user add"
  Message words;              ///< one line
  std::span<const Option> options;
  Result<Exit> (*run)(const Invocation&);
};

}  // namespace pilar::cli
