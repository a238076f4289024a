#include "record/form_model.hpp"
#include "record/list_model.hpp"
#include "record/read_log_model.hpp"
#include "record/recap_model.hpp"
#include "record/record_model.hpp"
#include "record/retention_model.hpp"
#include "view/renderer.hpp"
#include <gmock/gmock.h>

namespace kpuhub::record {

TEST(RecordPages, templates_use_only_names_that_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer { messages };
    EXPECT_THAT(renderer.unknown_names<ListPage>("record/list"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<RecapPage>("record/recap"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<ReadLogPage>("record/reads"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<RetentionPage>("record/retention"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<RetentionGroupPage>("record/retention_group"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<FormPage>("record/form"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<RecordPage>("record/record"), ::testing::IsEmpty());
}

TEST(RecordPages, the_address_of_a_list_keeps_its_filters_and_loses_its_place)
{
    http::Fields query;
    query.add("f.need", "a b");
    query.add("after", "12~x");
    query.add("sort", "-value");
    EXPECT_EQ(query_with(query, "sort", "value"), "?f.need=a%20b&sort=value");
    EXPECT_EQ(query_with(query, "f.need", ""), "?sort=-value");
}

}
