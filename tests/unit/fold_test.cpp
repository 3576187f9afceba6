#include "base/fold.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace pilar::fold_test {

TEST(Fold, CaseAndAccentsMakeNoDifference) {
  EXPECT_EQ(fold_text("Café CAFÉ"), "cafe cafe");
  EXPECT_EQ(fold_text("cafe\u0301"), "cafe") << "the accent as a mark of its own";
  EXPECT_EQ(fold_text("Müller Ñandú Žluťoučký Łódź Đăng Hồ Chí"), "muller nandu zlutoucky lodz dang ho chi");
  EXPECT_EQ(fold_text("Straße Æon œuvre ǅ"), "strasse aeon oeuvre dz");
  EXPECT_EQ(fold_text("İstanbul ı"), "istanbul i");
  EXPECT_EQ(fold_text("3×4÷2 Ωμέγα ЖУК 日本"), "3×4÷2 Ωμέγα ЖУК 日本") << "other letters stay";
}

TEST(Fold, BlanksQuotesAndDashesAreThoseOfAKeyboard) {
  EXPECT_EQ(fold_text("a \t\r\n b\u00A0\u2003c"), "a b c");
  EXPECT_EQ(fold_text("“ya”—‘tidak’\u200B"), "\"ya\"-'tidak'");
  EXPECT_EQ(fold_text(""), "");
  EXPECT_EQ(fold_text("  x"), "x") << "none in front: rows of blanks are one";
}

TEST(Fold, AnyBytesAreTakenAndTheResultIsTextWhereTheyWere) {
  std::string all;
  for (char32_t value = 0xA0; value < 0x2100; ++value) {
    if (value < 0x800) {
      all += static_cast<char>(0xC0U | (value >> 6U));
    } else {
      all += static_cast<char>(0xE0U | (value >> 12U));
      all += static_cast<char>(0x80U | ((value >> 6U) & 0x3FU));
    }
    all += static_cast<char>(0x80U | (value & 0x3FU));
  }
  EXPECT_TRUE(is_utf8(fold_text(all)));
  EXPECT_LE(fold_text(all).size(), all.size());
  EXPECT_EQ(fold_text(fold_text(all)), fold_text(all));
  EXPECT_EQ(fold_text("a\xC3"), "a\xC3") << "cut off";
}

TEST(Fold, ASearchIsWordsAndQuotedPhrases) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(search_phrases("Obat  HABIS"), (Words{"obat", "habis"}));
  EXPECT_EQ(search_phrases("“Obat habis” loket"), (Words{"obat habis", "loket"}));
  EXPECT_EQ(search_phrases("loket\"obat  habis"), (Words{"loket", "obat habis"})) << "a quote that is not closed";
  EXPECT_EQ(search_phrases(" \"\" "), Words{});
  EXPECT_EQ(search_phrases(""), Words{});
}

}  // namespace pilar::fold_test
