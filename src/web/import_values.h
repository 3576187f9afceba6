#pragma once
#include "app/import_run.h"
#include "web/html.h"
#include "web/route.h"

namespace pilar::web {

struct ImportValues {
  const Instrument& form;
  const ImportProfile& profile;
  const app::ImportPreview& preview;
  FacilityKey place;
};
/// The texts in columns of codes and units that are not understood by themselves, each with a choice; the nearest is proposed.
void draw_import_values(html::Out& o, const Visit& visit, const ImportValues& values);

}  // namespace pilar::web
