#include "organization/people_csv.hpp"
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace kpuhub::organization {

namespace {

constexpr TableLimits limits { .rows = 5001 };

std::string fault_of(Result<Table> const& table)
{
    return table ? "none" : table.error().fields.front().message_key + " " + table.error().fields.front().argument;
}

/// KiB that the process ever held.
long held()
{
    rusage use {};
    ::getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

constexpr long small_growth = 40'000;       // KiB, beside the file itself

}

TEST(ImportedTable, ten_megabytes_of_line_ends_are_refused_at_the_first_row_too_many)
{
    std::string const lines(10 << 20, '\n'), columns(10 << 20, ';');
    auto const before = held();
    EXPECT_EQ(fault_of(read_people_csv(lines, limits)), "people.import.many_rows 5000");
    EXPECT_EQ(fault_of(read_people_csv("a;b\n" + columns, limits)), "people.import.many_columns 200");
    EXPECT_LT(held() - before, small_growth);
}

TEST(ImportedTable, many_cells_are_refused_though_rows_and_columns_are_not_too_many)
{
    std::string text;
    for (int row = 0; row < 3000; ++row)
        text += std::string(199, ';') + "\n";
    EXPECT_EQ(fault_of(read_people_csv(text, limits)), "people.import.many_cells 300000");
}

TEST(ImportedTable, a_sheet_of_far_cells_is_refused_before_it_grows)
{
    codec::Document document { codec::Format::Xlsx, { {} } };
    for (int row = 1; row <= 100'000; ++row)
        document.pages.front().cells.push_back({ row, 200, 1, 1, "x" });
    auto const before = held();
    EXPECT_EQ(fault_of(table_of(document, limits)), "people.import.many_cells 300000");
    document.pages.front().cells = { { 100'000, 1, 1, 1, "x" } };
    EXPECT_EQ(fault_of(table_of(document, limits)), "people.import.many_rows 5000");
    document.pages.front().cells = { { 1, 400, 1, 1, "x" } };
    EXPECT_EQ(fault_of(table_of(document, limits)), "people.import.many_columns 200");
    EXPECT_LT(held() - before, small_growth);
}

TEST(ImportedTable, a_table_at_the_limits_is_read)
{
    TableLimits const few { .rows = 3, .columns = 2, .cells = 6 };
    auto const read = read_people_csv("a;b\n1;2\n3;4", few);
    ASSERT_TRUE(read) << fault_of(read);
    EXPECT_EQ(*read, (Table { { "a", "b" }, { "1", "2" }, { "3", "4" } }));
    EXPECT_TRUE(read_people_csv("a;b\n1;2\n3;4\n", few));
    EXPECT_EQ(fault_of(read_people_csv("a;b\n1;2\n3;4\n5", few)), "people.import.many_rows 2");
    codec::Document const sheet { codec::Format::Xlsx, { { "s", {}, { { 1, 1, 1, 1, "a" }, { 1, 2, 1, 1, "b" }, { 3, 2, 1, 1, "c" } } } } };
    EXPECT_EQ(table_of(sheet, few).value(), (Table { { "a", "b" }, {}, { "", "c" } }));
}

}
