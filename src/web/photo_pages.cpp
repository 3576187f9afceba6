#include "web/photo_pages.h"

#include <array>

#include "app/photo.h"
#include "base/json.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"
#include "i18n/words/photo.h"
#include "web/api_doc.h"
#include "web/photo_field.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::string_view kPhotoSchema = R"({"type": "object", "required": ["photo", "width", "height", "bytes", "repeated"],
  "additionalProperties": false, "properties": {"photo": {"type": "string", "description": "The hash that names it in an answer."},
  "width": {"type": "integer"}, "height": {"type": "integer"}, "bytes": {"type": "integer"}, "repeated": {"type": "boolean"}}})";
constexpr std::array kPhotoParameters{
    ApiParameter{"facility", ApiParameter::In::Query, Msg::ApiDocFacility, kTextSchema, "melati-contoh", true}};
constexpr std::array kPhotoBodies{ApiBody{"image/jpeg", "{}", ""}, ApiBody{"image/png", "{}", ""}, ApiBody{"image/webp", "{}", ""}};
constexpr std::array kPhotoReplies{ApiReply{.status = 201, .meaning = Msg::ApiDocAdded, .schema = kPhotoSchema},
                                   ApiReply{.status = 200, .meaning = Msg::ApiDocRepeated, .schema = kPhotoSchema}};
constexpr std::array kPhotoProblems{404, 422};
constexpr ApiDoc kPhotoDoc{.id = "addPhoto",
                           .tag = "records",
                           .title = Msg::ApiDocAddPhoto,
                           .parameters = kPhotoParameters,
                           .bodies = kPhotoBodies,
                           .replies = kPhotoReplies,
                           .problems = kPhotoProblems};

http::Reply get_photo(const Visit& visit) {
  const auto refuse = [&](const Problems& problems) { return problem_reply(visit, problems); };
  const auto* node = visit.reference->organisation.find(visit.args.at(0));
  if (node == nullptr) return refuse({{Problem::Kind::NotFound, Msg::PhotoNotFound, "", {}}});
  const auto size = visit.request.param("ukuran") == "kecil" ? app::PhotoSize::Small : app::PhotoSize::Full;
  auto photo = app::read_photo(visit.context, *visit.scope, node->key, visit.args.at(1), size);
  if (!photo) return refuse(photo.error());
  constexpr std::size_t kShown = 12;
  return {200,
          "image/jpeg",
          *std::move(photo),
          {{"Content-Disposition", "inline; filename=\"foto-" + std::string(visit.args.at(1).substr(0, kShown)) + ".jpg\""}}};
}

http::Reply post_photo(const Visit& visit) {
  const auto refuse = [&](const Problems& problems) { return problem_reply(visit, problems); };
  const auto code = visit.request.param("facility");
  if (code.empty()) return refuse({{Problem::Kind::Invalid, Msg::PhotoFacilityMissing, "facility", {}}});
  const auto* node = visit.reference->organisation.find(code);
  if (node == nullptr || node->kind != NodeKind::Facility)
    return refuse({{Problem::Kind::Invalid, Msg::RecordUnknownFacility, "facility", {std::string(code)}}});
  const http::BodyView body(visit.request);
  const auto saved = app::save_photo(visit.context, *visit.scope, node->key, body.bytes());
  if (!saved) return refuse(saved.error());
  return json_reply(saved->repeated ? 200 : 201, json::print(json::Object{{"photo", saved->hash},
                                                                          {"width", static_cast<std::int64_t>(saved->width)},
                                                                          {"height", static_cast<std::int64_t>(saved->height)},
                                                                          {"bytes", static_cast<std::int64_t>(saved->bytes)},
                                                                          {"repeated", saved->repeated}}));
}

constexpr std::array kPhotoRoutes{
    Route{http::Method::Get, "/foto/:arg/:arg", May::SignedIn, Work::Blocking, &get_photo,
          "A photo that a record or a form on its way names."},
    Route{
        http::Method::Post, "/api/v1/photos", May::TokenWrite, Work::Blocking, &post_photo,
        "Keeps the picture in the body (JPEG, PNG or WebP) for records of ?facility=CODE and answers the hash that names it in an answer; "
        "unused ones go after a day.",
        kMostPictureBytes, &kPhotoDoc, kPhotoMemoryBytes},
};

}  // namespace

std::span<const Route> photo_routes() { return kPhotoRoutes; }

std::string photo_href(std::string_view facility, std::string_view hash) { return photo_folder(facility) + std::string(hash); }

std::string photo_folder(std::string_view facility) { return "/foto/" + http::percent_encode(facility) + "/"; }

}  // namespace pilar::web
