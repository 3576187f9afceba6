#include "app/calc_guide.h"

#include <algorithm>
#include <array>

#include "i18n/words/guide.h"

namespace pilar::calc {
namespace {

constexpr std::array kGuides{
    Guide{"spc", Topic::Charts, Msg::GuideSpc, Msg::GuideSpcWhen},
    Guide{"describe", Topic::Charts, Msg::GuideDescribe, Msg::GuideDescribeWhen},
    Guide{"skm", Topic::Surveys, Msg::GuideSkm, Msg::GuideSkmWhen},
    Guide{"nps", Topic::Surveys, Msg::GuideNps, Msg::GuideNpsWhen},
    Guide{"servqual", Topic::Surveys, Msg::GuideServqual, Msg::GuideServqualWhen},
    Guide{"ipa_csi", Topic::Surveys, Msg::GuideIpaCsi, Msg::GuideIpaCsiWhen},
    Guide{"reliability", Topic::Surveys, Msg::GuideReliability, Msg::GuideReliabilityWhen},
    Guide{"sample_size", Topic::Surveys, Msg::GuideSampleSize, Msg::GuideSampleSizeWhen},
    Guide{"proportion", Topic::Comparing, Msg::GuideProportion, Msg::GuideProportionWhen},
    Guide{"two_proportions", Topic::Comparing, Msg::GuideTwoProportions, Msg::GuideTwoProportionsWhen},
    Guide{"funnel", Topic::Comparing, Msg::GuideFunnel, Msg::GuideFunnelWhen},
    Guide{"shrinkage", Topic::Comparing, Msg::GuideShrinkage, Msg::GuideShrinkageWhen},
    Guide{"standardise", Topic::Comparing, Msg::GuideStandardise, Msg::GuideStandardiseWhen},
    Guide{"multiple", Topic::Comparing, Msg::GuideMultiple, Msg::GuideMultipleWhen},
    Guide{"queue", Topic::Queues, Msg::GuideQueue, Msg::GuideQueueWhen},
    Guide{"staffing", Topic::Queues, Msg::GuideStaffing, Msg::GuideStaffingWhen},
    Guide{"network", Topic::Queues, Msg::GuideNetwork, Msg::GuideNetworkWhen},
    Guide{"premium", Topic::Money, Msg::GuidePremium, Msg::GuidePremiumWhen},
    Guide{"aggregate_loss", Topic::Money, Msg::GuideAggregateLoss, Msg::GuideAggregateLossWhen},
    Guide{"kbk", Topic::Money, Msg::GuideKbk, Msg::GuideKbkWhen},
    Guide{"allocate", Topic::Money, Msg::GuideAllocate, Msg::GuideAllocateWhen},
    Guide{"abc", Topic::Money, Msg::GuideAbc, Msg::GuideAbcWhen},
    Guide{"tdabc", Topic::Money, Msg::GuideTdabc, Msg::GuideTdabcWhen},
    Guide{"credibility", Topic::Money, Msg::GuideCredibility, Msg::GuideCredibilityWhen},
    Guide{"reserve", Topic::Money, Msg::GuideReserve, Msg::GuideReserveWhen},
    Guide{"risk_grade", Topic::Risk, Msg::GuideRiskGrade, Msg::GuideRiskGradeWhen},
};

}  // namespace

Message title(Topic topic) {
  constexpr std::array kTitles{Msg::GuideCharts, Msg::GuideSurveys, Msg::GuideComparing, Msg::GuideQueues, Msg::GuideMoney, Msg::GuideRisk};
  return kTitles.at(static_cast<std::size_t>(topic));
}

std::span<const Guide> guides() { return kGuides; }

const Guide* find_guide(std::string_view method) {
  const auto* at = std::ranges::find(kGuides, method, &Guide::method);
  return at == kGuides.end() ? nullptr : at;
}

}  // namespace pilar::calc
