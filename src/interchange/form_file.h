#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/instrument.h"

/// A form in whatever file it came: an XLSForm, a FHIR Questionnaire, or a pack.
namespace pilar {

enum class FormFormat : std::uint8_t { XlsForm, Fhir, Pack };

struct FormFile {
  FormFormat format = FormFormat::Pack;
  Instrument form{};  ///< its content is the text of the pack
};

/// Reads it whole. What the file is follows from its bytes; the name tells a pack from any other text. A problem's field says where:
/// "survey!C5", "12:3" (line and column, from 1), "item LINK", a member's name, or nothing for the file as a whole.
Result<FormFile> read_form_file(std::string bytes, std::string_view name);

}  // namespace pilar
