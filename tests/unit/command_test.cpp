#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "app/account.h"
#include "app/second_factor.h"
#include "base/one_time_code.h"
#include "cli/commands.h"
#include "cli/parse.h"
#include "support/test_store.h"
#include "web/proxies.h"

namespace pilar::command_test {

using namespace pilar::cli;

struct Said {
  int code = 0;
  std::string out, err;
};

Said say_to_pilar(const std::vector<std::string>& words, std::string lang = "C") {
  const FixedClock clock(Instant{1'790'000'000'000'000});
  std::istringstream in;
  std::ostringstream out, err;
  const int code = run(words, {std::move(lang), in, out, err, clock});
  return {code, out.str(), err.str()};
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<std::string> words_of(std::string_view name) {
  const auto blank = name.find(' ');
  if (blank == std::string_view::npos) return {std::string(name)};
  return {std::string(name.substr(0, blank)), std::string(name.substr(blank + 1))};
}

TEST(Command, HelpNamesEveryCommandAndOptionInBothLanguages) {
  for (const std::string lang : {"id", "en"}) {
    const auto read = lang == "id" ? Lang::Id : Lang::En;
    const auto all = say_to_pilar({"--help", "--bahasa", lang});
    EXPECT_EQ(all.code, 0);
    for (const auto& command : commands()) {
      EXPECT_TRUE(holds(all.out, "  " + std::string(command.name) + " ")) << command.name;
      EXPECT_TRUE(holds(all.out, say(read, command.words))) << command.name;
      auto words = words_of(command.name);
      words.insert(words.end(), {"--help", "--bahasa", lang});
      const auto one = say_to_pilar(words);
      EXPECT_EQ(one.code, 0) << command.name;
      for (const auto& option : command.options) {
        EXPECT_TRUE(holds(one.out, "  " + option.shown() + " ")) << command.name << ' ' << option.name;
        EXPECT_TRUE(holds(one.out, option.setting ? app::first_sentence(say(read, option.words)) : say(read, option.words)))
            << command.name << ' ' << option.name;
      }
    }
    for (const auto& [code, words] : exit_codes()) EXPECT_TRUE(holds(all.out, say(read, words)));
  }
}

TEST(Command, NamesAndOptionsAreUniqueAndFlagsHaveNoFallback) {
  for (std::size_t i = 0; i < commands().size(); ++i) {
    const auto& command = commands()[i];
    EXPECT_EQ(find_command(commands(), command.name), &command);
    for (const auto& option : command.options) {
      EXPECT_EQ(std::ranges::count(command.options, option.name, &cli::Option::name), 1) << command.name << ' ' << option.name;
      EXPECT_EQ(std::ranges::count(common_options(), option.name, &cli::Option::name), 0) << command.name << ' ' << option.name;
      EXPECT_TRUE(option.argument || !option.value.empty() || option.fallback.empty()) << option.name;
    }
  }
}

TEST(Command, TheLanguageIsAskedForOrTheEnvironments) {
  EXPECT_TRUE(holds(say_to_pilar({"--help"}).out, "Perintah:"));
  EXPECT_TRUE(holds(say_to_pilar({"--help"}, "en_US.UTF-8").out, "Commands:"));
  EXPECT_TRUE(holds(say_to_pilar({"--bahasa", "id", "--help"}, "en_US.UTF-8").out, "Perintah:"));
  EXPECT_TRUE(holds(say_to_pilar({"help", "serve", "--bahasa=en"}).out, "--certificate FILE"));
  EXPECT_EQ(say_to_pilar({"calc", "--list", "--bahasa", "fr"}).code, 2);
}

TEST(Command, WhatIsUnknownIsAnsweredWithTheNearest) {
  const auto command = say_to_pilar({"srve"});
  EXPECT_EQ(command.code, 2);
  EXPECT_TRUE(holds(command.err, "“serve”")) << command.err;
  EXPECT_EQ(command.out, "");
  const auto option = say_to_pilar({"serve", "--prot", "80"});
  EXPECT_EQ(option.code, 2);
  EXPECT_TRUE(holds(option.err, "“--port”")) << option.err;
  const auto far = say_to_pilar({"xyzzyplugh"});
  EXPECT_EQ(far.code, 2);
  EXPECT_TRUE(holds(far.err, "pilar --help")) << far.err;
}

TEST(Command, WordsThatDoNotFitAreRefused) {
  EXPECT_EQ(say_to_pilar({}).code, 2);
  EXPECT_TRUE(holds(say_to_pilar({"serve", "--port"}).err, "--port"));
  EXPECT_TRUE(holds(say_to_pilar({"serve", "lebih"}).err, "“lebih”"));
  EXPECT_EQ(say_to_pilar({"serve", "--data", "a", "--data", "b"}).code, 2);
  EXPECT_EQ(say_to_pilar({"calc"}).code, 2) << "the method is missing";
  for (const char* port : {"-1", "65536", "http", "1e3"})
    EXPECT_TRUE(holds(say_to_pilar({"serve", "--port=" + std::string(port)}).err, "65535")) << port;
}

TEST(Command, TheOperatorTurnsASecondFactorOffThatNobodyCanUse) {
  const test::TestStore stored(store::Engine::Sqlite, &test::three_facilities);
  const FixedClock clock(Instant{1'790'000'000'000'000});
  const std::string secret = "kata sandi yang panjang";
  const auto within = [&](const std::function<void(app::Context&)>& body) {
    const auto db = store::open(stored.options, clock);
    app::ReferenceHolder reference;
    app::Context context{*db, clock, reference, SigningKey{{7}}, test::kQuickPasswords};
    app::refresh_reference(context);
    body(context);
  };
  within([&](app::Context& context) {
    const Scope system(Role::Administrator, kEverywhere, "cli");
    ASSERT_TRUE(app::create_account(context, system, {"admin", "Admin", secret, Role::Administrator, test::kFirst}));
    const auto person = app::find_person(context, app::sign_in(context, "admin", secret).value()).value();
    const auto key = app::new_factor_key();
    ASSERT_TRUE(app::switch_on_second_factor(context, person, key, one_time_code(decode_base32(key), code_step(clock.now()))));
    ASSERT_TRUE(app::is_half_open(app::sign_in(context, "admin", secret).value()));
  });
  EXPECT_EQ(say_to_pilar({"user", "factor", "siapa", "--database", stored.options.url}).code, 2);
  const auto said = say_to_pilar({"user", "factor", "admin", "--database", stored.options.url});
  EXPECT_EQ(said.code, 0) << said.err;
  within([&](app::Context& context) { EXPECT_FALSE(app::is_half_open(app::sign_in(context, "admin", secret).value())); });
}

TEST(Command, AnOpenAddressNeedsTls) {
  for (const char* address : {"0.0.0.0", "::", "10.1.2.3"}) {
    const auto said = say_to_pilar({"serve", "--address", address});
    EXPECT_EQ(said.code, 2) << address;
    EXPECT_TRUE(holds(said.err, "--insecure-public")) << said.err;
  }
  EXPECT_EQ(say_to_pilar({"serve", "--certificate", "a.pem"}).code, 2) << "a certificate without its key";
  EXPECT_TRUE(web::is_loopback("127.0.0.1") && web::is_loopback("127.8.8.8") && web::is_loopback("::1"));
  EXPECT_FALSE(web::is_loopback("::") || web::is_loopback("0.0.0.0") || web::is_loopback("128.0.0.1"));
}

TEST(Command, CalcIsTheSameBehindTheTable) {
  EXPECT_TRUE(holds(say_to_pilar({"calc", "--list"}).out, "proportion"));
  EXPECT_EQ(say_to_pilar({"calc", "proportion"}).code, 2) << "nothing on standard input";
  EXPECT_TRUE(holds(say_to_pilar({"calc", "propotion"}).out, "proportion"));
  EXPECT_EQ(say_to_pilar({"calc", "nps", "no/such/file"}).code, 1);
}

}  // namespace pilar::command_test
