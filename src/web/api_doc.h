#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "i18n/lang.h"
#include "i18n/messages.h"

/// What a caller must know of a route of the API. It stands beside the route, and /api/v1/openapi.json, the page /api and the tests
/// that call every route are made from it.
namespace pilar::web {

struct ApiParameter {
  enum class In : std::uint8_t { Path, Query, Header };
  std::string_view name;
  In in = In::Query;
  Message meaning{};
  std::string_view schema;   ///< JSON Schema 2020-12
  std::string_view example;  ///< a value on the demonstration's data
  bool required = false;
};

struct ApiBody {
  std::string_view media;    ///< "application/json"
  std::string_view schema;   ///< JSON Schema, of one line where the media type has one value a line
  std::string_view example;  ///< JSON
};

struct ApiReply {
  int status = 200;
  Message meaning{};
  std::string_view media = "application/json";
  std::string_view schema;    ///< JSON Schema; "{}": anything of the media type
  std::string_view example{};  ///< JSON
  bool etag = false;          ///< carries the revision
};

struct ApiDoc {
  std::string_view id;   ///< operationId: "readRecord"
  std::string_view tag;  ///< "records"
  Message title{};
  std::span<const ApiParameter> parameters{};  ///< those of the path in its order, then the others
  std::span<const ApiBody> bodies{};
  std::span<const ApiReply> replies{};
  std::span<const int> problems{};  ///< statuses of refusals beyond those that every route may answer with
};

/// A schema that several routes name: "#/components/schemas/Record".
struct ApiSchema {
  std::string_view name, schema;
};
/// All of them, by name.
std::span<const ApiSchema> api_schemas();
/// Those of indicators and their months, which are among them.
std::span<const ApiSchema> indicator_schemas();

/// The parts of the API in the order of its description.
struct ApiTag {
  std::string_view tag;
  Message meaning;
};
std::span<const ApiTag> api_tags();

/// The description of the whole API in OpenAPI 3.1 with JSON Schema 2020-12, made from the routes; its words in `lang`.
json::Value openapi_document(Lang lang);

/// "/api/v1/records/{facility}/{id}".
std::string path_of(std::string_view pattern, const ApiDoc& doc);

/// The same parameter in many places.
inline constexpr std::string_view kTextSchema = R"({"type": "string"})";
inline constexpr std::string_view kDaySchema = R"({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"})";

}  // namespace pilar::web
