#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"

namespace pilar::app {

/// Who the accounts of the demonstration and its other rows were made by: the actor of its scopes.
inline constexpr std::string_view kDemoActor = "demo";

/// An account of the demonstration with its password, which is shown once.
struct DemoAccount {
  std::string login, password, role, place;
};
struct Demo {
  std::vector<DemoAccount> accounts{};
  std::size_t records = 0;
  std::string survey{};       ///< address of a participant's form, from the root: "/s/1-k7m2q"
  std::string public_page{};  ///< what everybody may read about the same facility: "/f/melati-contoh"
};

/// How many of the visits are in the registers: all, some 400,000 with their prescriptions and examinations, or one in fifty, which is
/// made in a few seconds. Everything else is the same.
enum class DemoSize : std::uint8_t { Full, Small };

/// How far it is, in per cent. Called from the caller's own thread.
using OnDemoProgress = std::function<void(int percent)>;

/// Fills an empty store with a made-up district: places, people's answers, visit counts and registers of 24 months up to the clock's today,
/// accounts (demo_places.h says what is to be found in it). The same day gives the same answers; passwords are drawn at random where
/// `password` is empty. Refused when the store has any place.
Result<Demo> make_demo(Context& context, const std::string& password, DemoSize size, const OnDemoProgress& on_progress = {});

}  // namespace pilar::app
