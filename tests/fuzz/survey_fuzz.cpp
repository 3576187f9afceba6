// What a public page is sent, in three lines: the name in the address, the form's token, the form itself. Whatever the first step
// accepts can be stored and read again, and every form can be drawn.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/form_token.h"
#include "app/survey.h"
#include "app/survey_link.h"
#include "base/embedded.h"
#include "base/text.h"
#include "interchange/pack.h"
#include "web/survey_form.h"

using namespace pilar;

namespace {

const Instrument& kessan() {
  static const Instrument form = [] {
    for (const auto& file : embedded_files())
      if (file.name == "packs/kessan.yaml") return read_pack(file.bytes, file.name).value();
    std::abort();
  }();
  return form;
}

void check_name(std::string_view line) {
  const auto name = app::parse_link_name(line);
  if (!name) return;
  const auto again = app::parse_link_name(app::link_name({name->facility, name->code, {}, {}, true}));
  if (!again || again->facility != name->facility || again->code != name->code) std::abort();
}

void check_token(std::string_view line) {
  const SigningKey key{{7}};
  const auto token = app::open_token(key, line, Instant{});
  if (token && app::seal(key, *token) != line) std::abort();
}

void check_form(std::string_view line) {
  const auto fields = http::parse_form(line);
  if (!fields) return;
  const auto raw = web::read_survey_form(kessan(), web::Steps::First, *fields, Zone::Wib);
  const auto answers = app::check_first_step(kessan(), raw, start_of(Day{20'000}, Zone::Wib), Zone::Wib);
  if (answers && from_canonical(to_canonical(*answers)) != *answers) std::abort();
  html::Out o;
  web::draw_survey_form(o, {.form = kessan(), .typed = raw, .problems = answers ? Problems{} : answers.error()});
  if (!is_utf8(o.str())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = split(std::string_view(reinterpret_cast<const char*>(data), size), '\n');
  check_name(lines[0]);
  if (lines.size() > 1) check_token(lines[1]);
  if (lines.size() > 2) check_form(lines[2]);
  return 0;
}
