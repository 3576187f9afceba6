#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/instrument.h"
#include "interchange/import_profile.h"
#include "interchange/table_guess.h"

/// Which column is probably which answer. People see every guess and can change it.
namespace pilar {

/// Small letters and digits only, blanks and marks gone: "Tgl. Kunjungan" and "tgl_kunjungan" are alike.
std::string bare_letters(std::string_view text);

/// The option that the text means: its key, its code, its label in either language; null where none does.
const Option* option_meant(const Item& item, std::string_view text);
/// The option whose key or label is nearest to the text, or null.
const Option* nearest_option(const Item& item, std::string_view text);

/// Decimal mark and order of dates as most of the columns that can tell have them.
ImportProfile::Reading guess_marks(std::span<const ColumnGuess> columns);

/// The profile of this instrument for a file with these columns. `facility` is the code of the one facility whose file it is,
/// or empty: then a column is looked for. What is not found stays empty.
ImportProfile guess_profile(const Instrument& instrument, std::span<const ColumnGuess> columns, std::string_view facility);
/// How many items of the instrument have a column of their own name, the required ones counted twice.
int fit_of(const Instrument& instrument, std::span<const std::string> names);

}  // namespace pilar
