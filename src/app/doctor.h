#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "app/settings.h"
#include "base/result.h"
#include "store/writer.h"

namespace pilar::app {

enum class Health : std::uint8_t { Ok, Warn, Fail };
std::string_view name(Health health);  ///< "ok", "warn", "fail"

/// One thing that is not as it should be, in words.
struct Finding {
  Health health = Health::Warn;
  Problem what{};
};

/// The certificate that the settings name.
struct ServerCertificate {
  std::optional<Problem> fault{};  ///< why it cannot be used
  Instant from{}, until{};
};

/// What is examined: an open store and the folder around it.
struct Patient {
  Context& context;
  std::string folder{};   ///< data folder
  std::string backups{};  ///< where backups are kept; empty when the store has tools of its own
  /// For the questions of security; without them those find nothing.
  const Settings* settings = nullptr;
  std::optional<ServerCertificate> certificate{};
};

/// A row of the table of checks: what is looked at, why it matters, and what to do when something is found.
struct Check {
  std::string_view key;  ///< "cells"
  Message title, why, advice;
  std::vector<Finding> (*run)(const Patient&);
};
std::span<const Check> checks();
/// How the server is set up: who can reach it, read its files, sign in. Some rows are those of checks().
std::vector<Check> security_checks();

struct Examined {
  const Check* check = nullptr;
  Health health = Health::Ok;  ///< the worst of the findings
  std::vector<Finding> findings{};
};
/// Runs every check of `rows`, or only that of the key `only`; one that the world does not let finish is a failed check. Reads
/// everything there is, changes nothing.
std::vector<Examined> examine(const Patient& patient, std::span<const Check> rows, std::string_view only = {});

}  // namespace pilar::app
