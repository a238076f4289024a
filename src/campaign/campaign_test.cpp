#include "campaign/campaign_model.hpp"
#include "campaign/duty_model.hpp"
#include "campaign/own_model.hpp"
#include "view/renderer.hpp"
#include <gmock/gmock.h>

namespace kpuhub::campaign {

TEST(CampaignPages, templates_use_only_names_that_their_models_have)
{
    auto const messages = text::Messages::embedded();
    view::Renderer const renderer { messages };
    EXPECT_THAT(renderer.unknown_names<CampaignsPage>("campaign/list"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<CampaignPage>("campaign/campaign"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<OwnPage>("campaign/own"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<MatrixPage>("campaign/matrix"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<DutyPage>("campaign/duty"), ::testing::IsEmpty());
}

TEST(Campaign, who_left_or_is_exempt_counts_in_no_share)
{
    Person filed, missing, exempt, left;
    filed.meaning = Meaning::Accepted;
    exempt.meaning = Meaning::Exempt;
    left.meaning = Meaning::Filed;
    left.here = false;
    auto const counts = counts_of({ filed, missing, exempt, left });
    EXPECT_EQ(counts.share(), (Ratio { 1, 2 }));
    EXPECT_EQ(counts.complete(), (Ratio { 1, 2 }));
    EXPECT_EQ(counts.exempt, 1);
    EXPECT_EQ(counts.left, 1);
}

}
