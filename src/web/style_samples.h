#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "i18n/lang.h"
#include "web/charts.h"
#include "web/drawings.h"
#include "web/html.h"

namespace pilar::web {

/// The sample sentences of this page are content, as a pack's words are: both languages side by side.
class Sample {
 public:
  Sample(html::Out& out, Lang lang) : o(out), lang_(lang) {}
  std::string in(const char* id, const char* en) const { return lang_ == Lang::Id ? id : en; }
  Lang lang() const { return lang_; }
  html::Out& o;

 private:
  Lang lang_;
};

// The made-up charts of the style page.
SpcChart sample_control_chart(const Sample& s);
FunnelChart sample_funnel_chart(const Sample& s);
LineChart sample_line_chart(const Sample& s);
/// How often a promise was kept, broken, or did not apply.
std::vector<Part> sample_promise(const Sample& s, std::int64_t kept, std::int64_t broken, std::int64_t outside);

}  // namespace pilar::web
