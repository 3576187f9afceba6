#include <gtest/gtest.h>

#include "i18n/messages.h"

using namespace pilar;

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
