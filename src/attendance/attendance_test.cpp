#include "attendance/attendance_model.hpp"
#include "view/renderer.hpp"
#include <gmock/gmock.h>

namespace kpuhub::attendance {

TEST(AttendancePages, templates_use_only_names_that_their_models_have)
{
    auto const messages = text::Messages::embedded();
    view::Renderer const renderer { messages };
    EXPECT_THAT(renderer.unknown_names<ListPage>("attendance/list"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<ScreenPage>("attendance/screen"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<SignPage>("attendance/sign"), ::testing::IsEmpty());
}

TEST(AttendanceRules, a_file_without_a_number_or_with_an_unknown_key_is_refused)
{
    auto const refused = load_rules("a.yaml", "id: a\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: X, en: X}\nsource: t\ncode_seconds: 0\ncolour: red\nlists: []\n");
    ASSERT_FALSE(refused);
    EXPECT_GE(refused.error().fields.size(), 3U);
}

}
