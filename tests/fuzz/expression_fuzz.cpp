#include <cstdint>
#include <cstdlib>

#include "domain/expression.h"

using namespace pilar;
using expression::Type;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<expression::Symbol> symbols{{"penjamin", Type::Text, {"jkn", "umum"}},
                                                       {"nilai", Type::Number, {}},
                                                       {"keluhan", Type::Set, {"demam", "batuk"}},
                                                       {"lahir", Type::Date, {}},
                                                       {"kosong", Type::Number, {}}};
  static const std::vector<expression::Value> values{
      std::string("jkn"), *Decimal::make(INT64_MAX, 6), expression::Set{"demam"}, Day{-30000}, {}};
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  for (const auto wanted : {Type::Number, Type::Boolean, Type::Date, Type::Text, Type::Set}) {
    const auto program = expression::compile(source, symbols, wanted, 1);
    if (program)
      expression::evaluate(*program, values, Day{20000});
    else if (program.error().offset > size)
      std::abort();
  }
  return 0;
}
