#pragma once
#include <string>
#include <string_view>

namespace pilar::log {

/// Levels by meaning: Error = someone must act; Warn = the operator should look; Info = start, stop, migration.
/// Nothing that a stranger can trigger at will is written above Debug. No personal data: ids only.
enum class Level { Debug, Info, Warn, Error };

void set_level(Level level);
/// One line to standard error: time, level, event and key=value pairs made by the caller.
void write(Level level, std::string_view event, std::string_view detail = {});

inline void info(std::string_view event, std::string_view detail = {}) { write(Level::Info, event, detail); }
inline void warn(std::string_view event, std::string_view detail = {}) { write(Level::Warn, event, detail); }
inline void error(std::string_view event, std::string_view detail = {}) { write(Level::Error, event, detail); }

}  // namespace pilar::log
