#pragma once
#include <string>

#include "app/result.h"
#include "http/message.h"

namespace pilar::web {

/// Everything of the view as one table, a figure a line, numbers with a decimal point; the head says what was asked, as of when and
/// how many lines follow.
std::string result_csv(Lang lang, const app::ResultView& view);
/// "pilar-kessan-puskesmas-melati-2026-10.csv".
std::string csv_name(const app::ResultView& view);
/// A reply that a browser saves under that name.
http::Reply csv_reply(const std::string& name, std::string body);

}  // namespace pilar::web
