#include "app/published.h"

#include <algorithm>

#include "app/chart_mark.h"
#include "app/survey_link.h"
#include "i18n/words/result.h"

namespace pilar::app {
namespace {

constexpr int kTrendMonths = 24, kMonthsBack = 3, kQuartersBack = 4;

const InstalledVersion* survey_with(const Reference& reference, MeasureKind kind) {
  for (const auto* version : reference.latest_of_all()) {
    const auto& measures = version->form.measures;
    if (version->form.is_public && !measures.empty() && measures.front().kind == kind) return version;
  }
  return nullptr;
}

class PublishedReader {
 public:
  PublishedReader(Context& context, std::shared_ptr<const Reference> reference, const Node& node)
      : context_(context),
        scope_(Role::Surveyor, node.key, "public") {
    out_.reference = std::move(reference);
    out_.node = &node;
    const auto above = node.supervisor ? node.supervisor : node.parent;
    if (above) out_.above = out_.reference->organisation.find(*above);
    out_.as_of = context.clock.now();
    running_ = month_of(civil_day(out_.as_of, node.zone));
  }

  Published read() {
    if (const auto* version = survey_with(*out_.reference, MeasureKind::Rating)) out_.rating = last_month(*version);
    if (out_.rating) context_.db.read([&](store::Tx& tx) { out_.rating->marks = load_chart_setup(tx, *out_.reference, *out_.node, {}); });
    if (const auto* version = survey_with(*out_.reference, MeasureKind::Skm)) out_.index = last_quarter(*version);
    read_link();
    return std::move(out_);
  }

 private:
  std::optional<ResultView> read(const InstalledVersion& version, Period period, int trend) {
    ResultQuery query{version.form.key, out_.node->key, {}, period};
    query.trend_months = trend;
    auto view = read_result(context_, scope_, query);
    if (!view || view->records == 0) return {};
    return *std::move(view);
  }

  std::optional<ResultView> last_month(const InstalledVersion& version) {
    for (int back = 1; back <= kMonthsBack; ++back)
      if (auto view = read(version, period_of({running_.value - back}), kTrendMonths)) return view;
    return {};
  }

  std::optional<ResultView> last_quarter(const InstalledVersion& version) {
    const auto begun = running_.value - running_.value % 3;
    for (int back = 1; back <= kQuartersBack; ++back) {
      const Month from{begun - 3 * back};
      if (auto view = read(version, {first_day(from), first_day({from.value + 3})}, 0)) return view;
    }
    return {};
  }

  void read_link() {
    if (!out_.rating) return;
    const auto links = read_links(context_, scope_, out_.node->key);
    if (!links) return;
    for (const auto& link : *links)
      if (link.open && link.unit == UnitKey{0} && link.instrument == out_.rating->version->instrument) out_.survey = link_name(link);
  }

  Context& context_;
  Scope scope_;
  Published out_;
  Month running_;
};

}  // namespace

Result<Published> read_published(Context& context, std::string_view code) {
  auto reference = context.reference.get();
  const auto* node = reference->organisation.find(code);
  const bool exists = node != nullptr && node->kind == NodeKind::Facility && node->exists_on(civil_day(context.clock.now(), node->zone));
  if (!exists) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return PublishedReader(context, std::move(reference), *node).read();
}

}  // namespace pilar::app
