#include "app/photo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "app/account.h"
#include "app/doctor.h"
#include "app/instrument.h"
#include "app/record.h"
#include "app/record_batch.h"
#include "app/record_list.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/photo.h"
#include "store/draft_store.h"
#include "store/photo_store.h"
#include "support/picture_bytes.h"
#include "support/shipped_store.h"

namespace pilar::photo_test {

using namespace pilar::app;

constexpr std::int64_t kHour = 3'600'000'000LL, kDay = 24 * kHour;

/// A round of photos in a ward: not for the public.
constexpr const char* kRonde = R"(
instrument: ronde
version: 1
title: {id: Ronde, en: Round}
purpose: {id: Uji, en: Test}
source: uji
pillar: ppk
sections:
  - key: satu
    title: {id: Satu, en: One}
    items:
      - {key: bersih, type: yesno, label: {id: Bersih, en: Clean}}
      - {key: foto, type: photo, label: {id: Foto, en: Photo}}
)";

class PhotoTest : public test::ShippedStoreTest {
 protected:
  PhotoTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'790'000'000'000'000});  // 21 September 2026
    refresh_reference(context_);
    const Scope system(Role::Administrator, {0}, "test");
    const auto installed = install_instrument(context_, system, kRonde, "ronde.yaml");
    EXPECT_TRUE(installed) << say(Lang::En, installed.error().front());
    refresh_reference(context_);
  }

  static std::string picture(std::uint32_t colour = 0x336699) {
    return test::png_bytes(60, 40, [=](int, int) { return colour; });
  }
  std::string saved(std::uint32_t colour = 0x336699) {
    const auto photo = save_photo(context_, team_, test::kFirst, picture(colour));
    EXPECT_TRUE(photo);
    return photo->hash;
  }
  Result<Saved> enter(std::string_view instrument, const RawAnswers& raw, Channel channel = Channel::Staff) {
    const auto* version = context_.reference.get()->latest(instrument);
    const auto now = clock_.now();
    const auto answers = check_answers(version->form, raw, civil_day(now, Zone::Wib), false);
    if (!answers) return std::unexpected(answers.error());
    return save_record(context_, team_, {make_uuid(now), test::kFirst, {1}, version->version, now, channel, *answers});
  }
  Message refusal(const Scope& scope, const std::string& hash) {
    const auto read = read_photo(context_, scope, test::kFirst, hash, PhotoSize::Full);
    return read ? Message{} : read.error().front().message;
  }
  std::int64_t stored() { return number("test.photos", "SELECT COUNT(*) FROM photo"); }
  Health health() {
    const auto all = examine({context_}, checks(), "photos");
    return all.at(0).health;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope team_{Role::QualityLead, test::kFirst, "account:1"};
  Scope other_{Role::QualityLead, test::kSecond, "account:2"};
};
PILAR_BOTH_ENGINES(PhotoTest);

TEST_P(PhotoTest, IsStoredOnceAFacility) {
  const auto first = save_photo(context_, team_, test::kFirst, picture());
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->repeated);
  EXPECT_EQ(first->width, 60);
  const auto again = save_photo(context_, team_, test::kFirst, picture());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->hash, first->hash);
  EXPECT_EQ(stored(), 1);
  ASSERT_TRUE(save_photo(context_, other_, test::kSecond, picture()));
  EXPECT_EQ(stored(), 2);
  EXPECT_EQ(save_photo(context_, other_, test::kFirst, picture()).error().front().message, Msg::AccessMayNotWrite);
  EXPECT_EQ(save_photo(context_, team_, test::kFirst, "bukan foto").error().front().message, Msg::PhotoOtherType);
}

TEST_P(PhotoTest, ARecordNamesOnlyAPhotoOfItsFacility) {
  const auto hash = saved();
  const auto kept = enter("ronde", {{"foto", {{hash}, {}}}});
  ASSERT_TRUE(kept);
  const auto elsewhere = save_photo(context_, other_, test::kSecond, picture(0xFF0000))->hash;
  for (const auto& unknown : {elsewhere, std::string(64, 'a')}) {
    const auto refused = enter("ronde", {{"foto", {{unknown}, {}}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().message, Msg::AnswerPhotoUnknown);
    EXPECT_EQ(refused.error().front().field, "foto");
  }
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record"), 1);
  const auto* version = context_.reference.get()->latest("ronde");
  Correction correction{test::kFirst, kept->id, 1, {1}, version->version, clock_.now(), {Code{1}, Photo{elsewhere}}, "uji"};
  EXPECT_EQ(correct_record(context_, team_, correction).error().front().message, Msg::AnswerPhotoUnknown);
  correction.answers[1] = Photo{saved(0x00FF00)};
  EXPECT_TRUE(correct_record(context_, team_, correction));
}

TEST_P(PhotoTest, ABatchLeavesOutRecordsWhosePhotoIsNotThere) {
  const auto* version = context_.reference.get()->latest("ronde");
  const auto now = clock_.now();
  std::vector<NewRecord> records;
  for (const auto& hash : {saved(), std::string(64, 'b')})
    records.push_back({make_uuid(now), test::kFirst, {1}, version->version, now, Channel::Import, {Code{1}, Photo{hash}}});
  std::promise<BatchResult> done;
  submit_batch(context_, team_, test::kFirst, records, "uji",
               [&](Result<BatchResult> result, std::exception_ptr) { done.set_value(result.value()); });
  const auto result = done.get_future().get();
  EXPECT_EQ(result.added, 1);
  EXPECT_EQ(result.photoless, std::vector<std::size_t>{1});
}

TEST_P(PhotoTest, OnlyReadersOfTheFacilitysRecordsSeeIt) {
  const auto hash = saved();
  EXPECT_EQ(refusal(Scope(Role::BranchVerifier, kEverywhere, "test"), hash), Msg::PhotoNotFound) << "no record names it yet";
  ASSERT_TRUE(enter("ronde", {{"foto", {{hash}, {}}}}));
  const auto full = read_photo(context_, team_, test::kFirst, hash, PhotoSize::Full);
  ASSERT_TRUE(full);
  EXPECT_EQ(sha256(*full), *parse_photo_hash(hash));
  EXPECT_TRUE(read_photo(context_, team_, test::kFirst, hash, PhotoSize::Small)->starts_with("\xFF\xD8\xFF"));
  EXPECT_EQ(refusal(other_, hash), Msg::AccessMayNotRead);
  EXPECT_EQ(refusal(Scope(Role::Machine, test::kFirst, "public"), hash), Msg::AccessMayNotRead);
  EXPECT_EQ(refusal(team_, "../../etc/passwd"), Msg::PhotoNotFound);
}

TEST_P(PhotoTest, ParticipantsPhotosOpenWithTheirComments) {
  const auto hash = saved();
  ASSERT_TRUE(enter("lapor", {{"keadaan", {{"kotor"}, {}}}, {"foto", {{hash}, {}}}}, Channel::Public));
  const auto day = civil_day(clock_.now(), Zone::Wib);
  const RecordListQuery query{"lapor", test::kFirst, {}, day, {day.value + 1}, "foto"};
  EXPECT_EQ(refusal(team_, hash), Msg::PhotoNotOpen);
  const auto early = list_records(context_, team_, query);
  ASSERT_EQ(early->lines.size(), 1U);
  EXPECT_EQ(early->lines[0].answers[0].opens, (Day{day.value + kCommentDays}));
  EXPECT_FALSE(early->lines[0].answers[0].answer) << "its hash would tell";
  clock_.set({clock_.now().micros + kCommentDays * kDay});
  EXPECT_TRUE(read_photo(context_, team_, test::kFirst, hash, PhotoSize::Full));
  EXPECT_EQ(list_records(context_, team_, query)->lines[0].answers[0].answer, Answer{Photo{hash}});
}

TEST_P(PhotoTest, WhatNobodyNamesGoesAfterADay) {
  const auto used = saved(0xFF0000), unused = saved(0x00FF00), late = saved(0x0000FF);
  ASSERT_TRUE(enter("ronde", {{"foto", {{used}, {}}}}));
  clock_.set({clock_.now().micros + 23 * kHour});
  EXPECT_EQ(remove_unused_photos(context_, 100), 0U);
  EXPECT_EQ(saved(0x0000FF), late) << "sent again: it counts from now";
  clock_.set({clock_.now().micros + 2 * kHour});
  EXPECT_EQ(remove_unused_photos(context_, 100), 1U);
  EXPECT_TRUE(is_photo_stored(context_, test::kFirst, used));
  EXPECT_FALSE(is_photo_stored(context_, test::kFirst, unused));
  EXPECT_TRUE(is_photo_stored(context_, test::kFirst, late));
  EXPECT_EQ(remove_unused_photos(context_, 100), 0U);
}

TEST_P(PhotoTest, WhatADraftNamesStaysAsLongAsTheDraft) {
  const auto named = saved(0x00FF00), other = saved(0x0000FF);
  const Scope system(Role::Administrator, kEverywhere, "test");
  const auto account = create_account(context_, system, {"sari", "Sari", "kata sandi panjang", Role::QualityLead, test::kFirst});
  ASSERT_TRUE(account);
  const store::StoredDraft draft{test::kFirst,
                                 make_uuid(clock_.now()),
                                 *account,
                                 reference_.get()->latest("ronde")->instrument,
                                 "_unit=-&foto=" + named + "&bersih=ya",
                                 1,
                                 clock_.now(),
                                 clock_.now()};
  db().write(test::kFirst, [&](store::Write& write) { EXPECT_TRUE(store::save_draft(write.tx(), draft)); });
  clock_.set({clock_.now().micros + 25 * kHour});
  EXPECT_EQ(remove_unused_photos(context_, 100), 1U);
  EXPECT_TRUE(is_photo_stored(context_, test::kFirst, named));
  EXPECT_FALSE(is_photo_stored(context_, test::kFirst, other));
  EXPECT_EQ(remove_unused_photos(context_, 100), 0U) << "looked at again a day later";
  db().write(test::kFirst, [&](store::Write& write) { store::delete_draft(write.tx(), test::kFirst, draft.id); });
  clock_.set({clock_.now().micros + 25 * kHour});
  EXPECT_EQ(remove_unused_photos(context_, 100), 1U);
  EXPECT_FALSE(is_photo_stored(context_, test::kFirst, named));
}

TEST_P(PhotoTest, WhatNoRecordNamesYetIsForWhoWritesThere) {
  const auto hash = saved();
  const Scope writer(Role::BranchOfficer, kEverywhere, "test"), reader(Role::BranchVerifier, kEverywhere, "test"),
      neither(Role::Surveyor, kEverywhere, "test");
  EXPECT_TRUE(read_photo(context_, writer, test::kFirst, hash, PhotoSize::Small));
  EXPECT_FALSE(read_photo(context_, reader, test::kFirst, hash, PhotoSize::Small));
  EXPECT_FALSE(read_photo(context_, neither, test::kFirst, hash, PhotoSize::Small));
  EXPECT_FALSE(read_photo(context_, writer, test::kSecond, hash, PhotoSize::Small)) << "another facility's";
  ASSERT_TRUE(enter("ronde", {{"foto", {{hash}, {}}}}));
  EXPECT_FALSE(read_photo(context_, writer, test::kFirst, hash, PhotoSize::Small)) << "who writes need not read records";
  EXPECT_TRUE(read_photo(context_, reader, test::kFirst, hash, PhotoSize::Small));
}

TEST_P(PhotoTest, TheDoctorMissesAndDistrusts) {
  const auto hash = saved();
  ASSERT_TRUE(enter("ronde", {{"foto", {{hash}, {}}}}));
  EXPECT_EQ(health(), Health::Ok);
  const auto meddle = [&](const char* name, const char* text) {
    db().shared([&](store::Tx& tx) { EXPECT_EQ(tx.run({name, text}, {}), 1); });
  };
  meddle("test.damage", "UPDATE photo SET content = small");
  EXPECT_EQ(health(), Health::Fail);
  EXPECT_EQ(check_photos(context_, test::kFirst, 10).at(0).record, "");
  meddle("test.lose", "DELETE FROM photo");
  EXPECT_EQ(health(), Health::Fail);
  EXPECT_NE(check_photos(context_, test::kFirst, 10).at(0).record, "");
}

TEST_P(PhotoTest, GoesWithAnExport) {
  const auto hash = saved();
  ASSERT_TRUE(enter("ronde", {{"foto", {{hash}, {}}}}));
  ASSERT_TRUE(enter("ronde", {{"foto", {{hash}, {}}}}));
  saved(9);
  std::vector<std::string> given;
  const auto month = month_of(civil_day(clock_.now(), Zone::Wib));
  const auto give = [&](const std::string& facility, const std::string& named, std::string_view jpeg) {
    EXPECT_EQ(sha256(jpeg), *parse_photo_hash(named));
    given.push_back(facility + "/" + named);
  };
  EXPECT_EQ(export_photos(context_, team_, {"ronde", test::kFirst, month, {month.value + 1}}, give), 1);
  EXPECT_EQ(given, std::vector<std::string>{context_.reference.get()->organisation.find(test::kFirst)->code + "/" + hash});
  EXPECT_FALSE(export_photos(context_, other_, {"ronde", test::kFirst, month, {month.value + 1}}, give));
}

}  // namespace pilar::photo_test
