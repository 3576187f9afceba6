#include "web/route.h"

#include "base/text.h"
#include "web/account_pages.h"
#include "web/api_pages.h"
#include "web/home_pages.h"
#include "web/instrument_pages.h"
#include "web/record_pages.h"
#include "web/result_pages.h"
#include "web/survey_pages.h"

namespace pilar::web {
namespace {

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string_view>& args) {
  const auto wanted = split(pattern, '/'), given = split(path, '/');
  if (wanted.size() != given.size()) return false;
  args.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == ":arg") {
      if (given[i].empty()) return false;
      args.push_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return false;
    }
  }
  return true;
}

std::vector<Route> joined() {
  std::vector<Route> all;
  for (const auto part : {account_routes(), api_routes(), home_routes(), instrument_routes(), record_routes(), result_routes(),
                          survey_routes(), survey_staff_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

std::string_view Visit::field(std::string_view name) const {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

std::span<const Route> all_routes() {
  static const auto all = joined();
  return all;
}

Match find_route(http::Method method, std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const auto wanted = method == http::Method::Head ? http::Method::Get : method;
  Match match;
  for (const auto& route : all_routes()) {
    std::vector<std::string_view> args;
    if (!matches(route.pattern, path, args)) continue;
    if (route.method == wanted) return {&route, std::move(args), false};
    match.other_method = true;
  }
  return match;
}

}  // namespace pilar::web
