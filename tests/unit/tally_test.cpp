// Which instruments can be counted by two buttons.
#include "domain/tally.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "interchange/pack.h"

namespace pilar::tally_test {
Instrument shipped_pack(const std::string& key) {
  std::ifstream in(std::filesystem::path(PILAR_SOURCE) / "packs" / (key + ".yaml"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto pack = read_pack(text, key);
  EXPECT_TRUE(pack) << key;
  return pack ? *std::move(pack) : Instrument{};
}

/// Hand hygiene with a change.
template <class Change>
std::optional<Tally> changed(Change change) {
  static auto form = Instrument{};
  form = shipped_pack("kebersihan-tangan");
  change(form);
  return find_tally(form);
}

TEST(Tally, HandHygieneIsCountedByProfessionAndMoment) {
  const auto form = shipped_pack("kebersihan-tangan");
  const auto tally = find_tally(form);
  ASSERT_TRUE(tally);
  EXPECT_EQ(form.items[tally->item].key, "tindakan");
  ASSERT_EQ(tally->about.size(), 2U);
  EXPECT_EQ(form.items[tally->about[0]].key, "profesi");
  EXPECT_EQ(form.items[tally->about[1]].key, "saat");
  ASSERT_EQ(tally->done.size(), 2U);
  EXPECT_EQ(tally->done[0]->key, "alkohol");
  EXPECT_EQ(tally->done[1]->key, "sabun");
  EXPECT_EQ(tally->not_done->key, "tidak");
}

TEST(Tally, ProtectiveEquipmentAndIdentificationAreCountedToo) {
  for (const auto* key : {"apd", "identifikasi-inm"}) {
    const auto form = shipped_pack(key);
    const auto tally = find_tally(form);
    ASSERT_TRUE(tally) << key;
    EXPECT_EQ(tally->done.size(), 1U) << key;
    EXPECT_FALSE(tally->about.empty()) << key;
  }
}

TEST(Tally, WhatTwoButtonsCannotSayHasNone) {
  for (const auto* key : {"kessan", "skm", "kunjungan-bulanan", "resep", "tb-so", "telaah-kasus"})
    EXPECT_FALSE(find_tally(shipped_pack(key))) << key;
  EXPECT_TRUE(changed([](Instrument&) {}));
  EXPECT_FALSE(changed([](Instrument& form) { form.is_public = true; }));
  EXPECT_FALSE(changed([](Instrument& form) { form.measures.clear(); }));
  EXPECT_FALSE(changed([](Instrument& form) { form.items[3].required = true; })) << "one more answer is needed after it";
  EXPECT_FALSE(changed([](Instrument& form) { form.items[2].required = false; })) << "it may be left out";
  EXPECT_FALSE(changed([](Instrument& form) { form.items[2].options.push_back({"lupa", 3, {}, false}); })) << "two ways of not doing it";
  EXPECT_TRUE(changed([](Instrument& form) { form.items[2].options.push_back({"tak_ada", 3, {}, true}); }))
      << "what does not apply is no case";
  EXPECT_FALSE(changed([](Instrument& form) { form.items[0].kind = ItemKind::Text; })) << "a text is no choice";
}

}  // namespace pilar::tally_test
