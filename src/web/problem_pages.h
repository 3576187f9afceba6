#pragma once
#include "base/result.h"
#include "web/site.h"

namespace pilar::web {

/// The words for a request that never became one: 400, 408, 413, 431, 503, else "page not found".
Message message_of(int status);

}  // namespace pilar::web
