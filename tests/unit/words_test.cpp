#include <gtest/gtest.h>

#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"
#include "i18n/words/import.h"

namespace pilar::words_test {

TEST(Words, ThePartInBracketsIsLeftOutWithItsArgument) {
  EXPECT_EQ(say(Lang::Id, Msg::RecordUnknownFacility, {"melatti", "melati"}), "Fasilitas “melatti” tidak dikenal. Yang mirip: melati.");
  EXPECT_EQ(say(Lang::Id, Msg::RecordUnknownFacility, {"x", ""}), "Fasilitas “x” tidak dikenal.");
  EXPECT_EQ(say(Lang::En, Msg::RecordUnknownUnit, {"x", "Puskesmas Melati"}), "There is no unit “x” at Puskesmas Melati.");
  EXPECT_EQ(say(Lang::En, Msg::ImportNoColumn, {"hari", "jari"}), "The file has no column “hari”. Nearest: jari.");
}

TEST(Words, WhatAnArgumentBringsIsNotRead) {
  EXPECT_EQ(say(Lang::En, Msg::ApiUnknownKey, {"[[{1}]]", "{0}"}), "The key “[[{1}]]” is not known. Nearest: {0}.");
  EXPECT_EQ(say(Lang::Id, Msg::AnswerNotANumber, {"{0}"}), "“{0}” bukan angka.");
}

TEST(Words, AMomentInAProblemIsSaidInTheReadersLanguage) {
  const Problem later{Problem::Kind::Invalid, Msg::RecordFuture, "at", {"2026-11-21T08:15:00+07:00"}};
  EXPECT_EQ(say(Lang::Id, later), "Waktu isian ada di masa depan: 21 November 2026 08.15 WIB. Periksa jam perangkat.");
  EXPECT_EQ(say(Lang::En, later), "The time of this record is in the future: 21 November 2026 08:15 WIB. Check the device clock.");
  const Problem east{Problem::Kind::Invalid, Msg::RecordTooOld, "at", {"1999-01-02T03:04:05.000006+09:00"}};
  EXPECT_NE(say(Lang::Id, east).find("2 Januari 1999 03.04 WIT."), std::string::npos) << say(Lang::Id, east);
  const Problem typed{Problem::Kind::Invalid, Msg::AnswerNotANumber, "n", {"2026-11-21T08:15:00+07:00"}};
  EXPECT_NE(say(Lang::Id, typed).find("2026-11-21T08:15:00+07:00"), std::string::npos) << "what somebody typed stays as it is";
}

}  // namespace pilar::words_test
