#include "cli/demo.h"

#include <ostream>

#include "app/demo.h"
#include "app/indicator.h"
#include "app/instrument.h"
#include "cli/open_store.h"
#include "i18n/format.h"
#include "i18n/words/command.h"

namespace pilar::cli {

Result<Exit> demo(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  app::install_shipped_instruments(opened.context(), operator_scope());
  app::install_shipped_kamus(opened.context(), operator_scope());
  const auto size = invocation.has("small") ? app::DemoSize::Small : app::DemoSize::Full;
  const auto made = app::make_demo(opened.context(), invocation.text("password"), size, [&](int percent) {
    invocation.err << '\r' << say(invocation.lang, Msg::DemoMaking, {std::to_string(percent)}) << std::flush;
  });
  invocation.err << '\n';
  if (!made) return std::unexpected(made.error());
  if (invocation.json()) {
    json::Array accounts;
    for (const auto& one : made->accounts)
      accounts.emplace_back(json::Object{{"login", one.login}, {"password", one.password}, {"role", one.role}, {"place", one.place}});
    invocation.print(json::Object{{"records", static_cast<std::int64_t>(made->records)},
                                  {"accounts", std::move(accounts)},
                                  {"survey", made->survey},
                                  {"public_page", made->public_page}});
    return Exit::Ok;
  }
  invocation.tell(Msg::DemoMade, {format::number(invocation.lang, static_cast<std::int64_t>(made->records))});
  for (const auto& one : made->accounts)
    invocation.out << "  " << one.login << "  " << one.password << "  " << one.role << ", " << one.place << '\n';
  invocation.tell(Msg::DemoPublic, {made->survey, made->public_page});
  return Exit::Ok;
}

}  // namespace pilar::cli
