#include "decree/month_words.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::decree;

namespace {

Shape const& shape()
{
    static Shape const built_in = built_in_shape().value();
    return built_in;
}

using Months = std::vector<int>;
Months const all { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

Months certain(std::string_view text, Period bare = Period::None)
{
    auto const read = months_in_words(text, shape(), bare);
    EXPECT_TRUE(read.certain) << text;
    return read.months;
}

}

TEST(MonthWords, RangesAndLists)
{
    for (auto const* text : { "Januari s.d. Maret", "Jan - Mar", "JANUARI S/D MARET", "Januari sampai dengan Maret", "Januari – Maret 2026", "2 Januari s.d. 31 Maret 2026", "bulan 1 - 3", "B01, B02 dan B03" })
        EXPECT_EQ(certain(text), (Months { 1, 2, 3 })) << text;
    EXPECT_EQ(certain("Maret dan September"), (Months { 3, 9 }));
    EXPECT_EQ(certain("Maret, Juni, September & Nopember"), (Months { 3, 6, 9, 11 }));
    EXPECT_EQ(certain("Feb - Apr, Okt"), (Months { 2, 3, 4, 10 }));
}

TEST(MonthWords, QuartersAndSemesters)
{
    for (auto const* text : { "Triwulan II", "TW 2", "TWII", "TW-II", "triwulan kedua", "Triwulan ke-2", "Q2" })
        EXPECT_EQ(certain(text), (Months { 4, 5, 6 })) << text;
    EXPECT_EQ(certain("TW I dan III"), (Months { 1, 2, 3, 7, 8, 9 }));
    EXPECT_EQ(certain("TW I s.d. TW IV"), all);
    EXPECT_EQ(certain("Semester I"), (Months { 1, 2, 3, 4, 5, 6 }));
    EXPECT_EQ(certain("I - II", Period::Quarter), (Months { 1, 2, 3, 4, 5, 6 }));
    EXPECT_EQ(certain("setiap triwulan"), (Months { 3, 6, 9, 12 }));
    EXPECT_EQ(certain("Setiap Semester"), (Months { 6, 12 }));
}

TEST(MonthWords, TheWholeYearInWords)
{
    for (auto const* text : { "setiap bulan", "Sepanjang Tahun", "12 bulan", "Januari-Desember", "Jan s.d Des 2026", "1 tahun" })
        EXPECT_EQ(certain(text), all) << text;
}

TEST(MonthWords, WeeksAndDaysAreNoMonthsButTold)
{
    for (auto const* text : { "Minggu ke-2 Maret", "Maret minggu II", "minggu 1 - 3 Maret", "5 Maret 2026" }) {
        auto const read = months_in_words(text, shape());
        EXPECT_EQ(read.months, (Months { 3 })) << text;
        EXPECT_TRUE(read.certain) << text;
        EXPECT_FALSE(read.exact) << text;
    }
    EXPECT_TRUE(months_in_words("Maret", shape()).exact);
}

TEST(MonthWords, WhatIsNotUnderstoodIsNotClaimed)
{
    for (auto const* text : { "menyesuaikan jadwal KPU RI", "", "1 - 3", "Maret menunggu arahan", "Desember - Januari", "mulai Maret", "Januari s.d." })
        EXPECT_FALSE(months_in_words(text, shape()).certain) << text;
}
