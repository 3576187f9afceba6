#include "web/device_words.h"

#include <array>
#include <span>

namespace pilar::web {
namespace {

struct AgentMark {
  std::string_view sign, name;
};
// The first that is found counts: each browser also names those it resembles.
constexpr std::array kPrograms{
    AgentMark{"Edg", "Edge"},     AgentMark{"OPR/", "Opera"},       AgentMark{"SamsungBrowser", "Samsung Internet"},
    AgentMark{"UCBrowser", "UC"}, AgentMark{"Firefox/", "Firefox"}, AgentMark{"FxiOS", "Firefox"},
    AgentMark{"CriOS", "Chrome"}, AgentMark{"Chrome/", "Chrome"},   AgentMark{"Safari/", "Safari"},
    AgentMark{"curl/", "curl"}};
constexpr std::array kDevices{AgentMark{"Android", "Android"}, AgentMark{"iPhone", "iPhone"}, AgentMark{"iPad", "iPad"},
                              AgentMark{"Windows", "Windows"}, AgentMark{"Mac OS X", "Mac"},  AgentMark{"CrOS", "Chromebook"},
                              AgentMark{"Linux", "Linux"}};

std::string_view find_mark(std::span<const AgentMark> marks, std::string_view text) {
  for (const auto& [sign, name] : marks)
    if (text.find(sign) != std::string_view::npos) return name;
  return {};
}

}  // namespace

std::string device_of(std::string_view user_agent) {
  const auto program = find_mark(kPrograms, user_agent), device = find_mark(kDevices, user_agent);
  return std::string(program) + (program.empty() || device.empty() ? "" : ", ") + std::string(device);
}

}  // namespace pilar::web
