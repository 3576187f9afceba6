#pragma once
#include <string_view>

namespace pilar::test {

/// Every kind of item that is entered, with relevance, constraint and calculation.
inline constexpr std::string_view kRoundPack = R"(
instrument: ronde
version: 1
title: {id: Ronde harian, en: Daily round}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: ppk
public: no
sections:
  - key: a
    title: {id: Pengamatan, en: Observation}
    items:
      - key: profesi
        type: choice
        label: {id: Profesi, en: Profession}
        required: yes
        options:
          - {key: perawat, code: 1, label: {id: Perawat, en: Nurse}}
          - {key: dokter, code: 2, label: {id: Dokter, en: Doctor}}
      - key: patuh
        type: yesno
        label: {id: Patuh, en: Compliant}
        may_be: not_observed
      - key: cara
        type: multiple
        label: {id: Caranya, en: By what}
        when: ${patuh} = 'ya'
        options:
          - {key: alkohol, code: 1, label: {id: Alkohol, en: Alcohol rub}}
          - {key: sabun, code: 2, label: {id: Sabun, en: Soap}}
      - key: lama
        type: number
        label: {id: Lamanya, en: Duration}
        unit: detik
        digits: 1
        low: 0
        high: 300
        may_be: not_applicable
        must: . > 0
        message: {id: "Isi lebih dari 0 detik.", en: "More than 0 seconds."}
      - key: menit
        type: calculation
        label: {id: Menit, en: Minutes}
        digits: 2
        formula: ${lama} div 60
  - key: b
    title: {id: Lainnya, en: Other}
    items:
      - {key: hari, type: date, label: {id: Hari, en: Day}}
      - {key: jam, type: time, label: {id: Jam, en: Time}}
      - {key: saat, type: instant, label: {id: Saat, en: Moment}}
      - {key: catatan, type: text, label: {id: Catatan, en: Note}}
)";

}  // namespace pilar::test
