#pragma once
#include <gtest/gtest.h>

#include <string_view>

#include "domain/instrument.h"

/// What the tests of other formats of a pack share.
namespace pilar::test {

inline void expect_equal(const Item& a, const Item& b) {
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.kind, b.kind) << a.key;
  EXPECT_EQ(a.label, b.label);
  EXPECT_EQ(a.hint, b.hint);
  EXPECT_EQ(a.help, b.help);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.section, b.section);
  EXPECT_EQ(a.required, b.required) << a.key;
  EXPECT_EQ(a.may_be_not_observed, b.may_be_not_observed);
  EXPECT_EQ(a.may_be_not_applicable, b.may_be_not_applicable);
  EXPECT_EQ(a.digits, b.digits);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.max_length, b.max_length);
  EXPECT_EQ(a.may_lie_ahead, b.may_lie_ahead) << a.key;
  EXPECT_EQ(a.relevance.source, b.relevance.source);
  EXPECT_EQ(a.constraint.source, b.constraint.source);
  EXPECT_EQ(a.constraint_message, b.constraint_message);
  EXPECT_EQ(a.calculation.source, b.calculation.source);
  EXPECT_EQ(a.by, b.by);
  ASSERT_EQ(a.options.size(), b.options.size()) << a.key;
  for (std::size_t i = 0; i < a.options.size(); ++i) {
    EXPECT_EQ(a.options[i].key, b.options[i].key);
    EXPECT_EQ(a.options[i].code, b.options[i].code);
    EXPECT_EQ(a.options[i].label, b.options[i].label);
    EXPECT_EQ(a.options[i].not_applicable, b.options[i].not_applicable);
  }
}

inline void expect_equal(const Instrument& a, const Instrument& b) {
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.version, b.version);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.purpose, b.purpose);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.mark, b.mark);
  EXPECT_EQ(a.pillar, b.pillar);
  EXPECT_EQ(a.valid_from, b.valid_from);
  EXPECT_EQ(a.is_public, b.is_public);
  ASSERT_EQ(a.sections.size(), b.sections.size());
  for (std::size_t i = 0; i < a.sections.size(); ++i) {
    EXPECT_EQ(a.sections[i].key, b.sections[i].key);
    EXPECT_EQ(a.sections[i].title, b.sections[i].title);
    EXPECT_EQ(a.sections[i].hint, b.sections[i].hint);
    EXPECT_EQ(a.sections[i].step, b.sections[i].step);
  }
  ASSERT_EQ(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < a.items.size(); ++i) expect_equal(a.items[i], b.items[i]);
  ASSERT_EQ(a.measures.size(), b.measures.size());
  for (std::size_t i = 0; i < a.measures.size(); ++i) {
    EXPECT_EQ(a.measures[i].key, b.measures[i].key);
    EXPECT_EQ(a.measures[i].kind, b.measures[i].kind);
    EXPECT_EQ(a.measures[i].title, b.measures[i].title);
    EXPECT_EQ(a.measures[i].meaning, b.measures[i].meaning);
    EXPECT_EQ(a.measures[i].items, b.measures[i].items);
    EXPECT_EQ(a.measures[i].positive, b.measures[i].positive);
    EXPECT_EQ(a.measures[i].target, b.measures[i].target);
    EXPECT_EQ(a.measures[i].minimum, b.measures[i].minimum);
    EXPECT_EQ(a.measures[i].visits, b.measures[i].visits);
    EXPECT_EQ(a.measures[i].numerator, b.measures[i].numerator);
    EXPECT_EQ(a.measures[i].denominator, b.measures[i].denominator);
  }
}

/// A pack with every type of question and every kind of condition.
inline constexpr std::string_view kEverything = R"yaml(
instrument: semua-jenis
version: 3
title: {id: Semua jenis, en: Every type}
purpose: {id: "Untuk uji: \"kutip\", dan # tanda", en: For tests}
source: uji
pillar: ppk
sections:
  - key: satu
    title: {id: Satu, en: One}
    hint: {id: Isi semua, en: Fill in all}
    items:
      - {key: ada, type: yesno, label: {id: "Ada?", en: "There?"}, required: yes, may_be: [not_observed, not_applicable]}
      - key: warna
        type: choice
        label: {id: Warna, en: Colour}
        when: ${ada} = 'ya'
        options:
          - {key: merah, code: 1, label: {id: Merah, en: Red}}
          - {key: tak, code: 9, label: {id: Tidak berlaku, en: Does not apply}, not_applicable: yes}
      - key: banyak
        type: multiple
        label: {id: Banyak, en: Many}
        when: ${ada} = 'ya' and ${warna} = 'merah'
        options:
          - {key: a, code: 1, label: {id: A, en: A}}
          - {key: b, code: 2, label: {id: B, en: B}}
      - key: nilai
        type: scale
        label: {id: Nilai, en: Score}
        when: selected(${banyak}, 'a') or selected(${banyak}, 'b')
        by: warna
        options:
          - {key: buruk, code: 1, label: {id: Buruk, en: Bad}}
          - {key: baik, code: 5, label: {id: Baik, en: Good}}
      - {key: lama, type: number, digits: 1, unit: menit, low: 0, high: 300, label: {id: Lama, en: Long}, when: "${nilai} >= 5 or not(${ada} = 'ya')"}
      - {key: bulat, type: number, low: -5, high: 9, label: {id: Bulat, en: Whole}, must: ". != 3", message: {id: Jangan tiga, en: Not three}}
      - {key: hasil, type: calculation, digits: 2, formula: "coalesce(${lama}, 0) * 2 div 3", label: {id: Hasil, en: Result}}
      - {key: hari, type: date, label: {id: Hari, en: Day}, when: "${bulat} > 2"}
      - {key: jam, type: time, label: {id: Jam, en: Time}, when: "${hari} >= date('2026-01-01')"}
      - {key: saat, type: instant, future: yes, label: {id: Saat, en: Moment}}
      - {key: kata, type: text, max_length: 50, hint: {id: Singkat, en: Short}, label: {id: Kata, en: Words}}
      - {key: foto, type: photo, label: {id: Foto, en: Photo}}
measures:
  - {key: ya, type: share, title: {id: Ya, en: Yes}, items: ada, positive: ya, target: 85}
)yaml";

}  // namespace pilar::test
