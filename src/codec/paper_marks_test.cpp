#include "codec/paper_marks.hpp"
#include "codec/reading_rules.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::codec;

namespace {

constexpr double dpi = 300;
Area const cell { 0, 0, 80, 60 };

CellInk drawn(double size, double mass) { return { { 40 - size / 2, 20, 40 + size / 2, 20 + size }, mass, size, 1, 250 }; }

CellInk filled(double light)
{
    CellInk ink;
    ink.light = light;
    return ink;
}

/// `marked` cells as they look when they are marked, and a hundred that are not.
std::vector<CellInk> table(std::size_t marked, CellInk const& mark, std::size_t empty = 100, double light = 250)
{
    std::vector<CellInk> cells(marked, mark);
    cells.resize(marked + empty, filled(light));
    return cells;
}

}

TEST(MarkJudge, AFilledCellIsAMarkHoweverManyAreFilled)
{
    constexpr double texts = 245;
    for (auto const& [marked, empty] : std::vector<std::pair<std::size_t, std::size_t>> { { 5, 100 }, { 90, 15 }, { 105, 0 } }) {
        MarkJudge const judge { dpi, table(marked, filled(150), empty) };
        auto const mark = judge.judge(filled(152), cell, texts);
        EXPECT_EQ(mark.text, "√") << marked << " of " << marked + empty;
        EXPECT_EQ(mark.confidence, reading::sure_mark);
        EXPECT_EQ(judge.judge(filled(246), cell, texts).text, "") << marked << " of " << marked + empty;
    }
}

TEST(MarkJudge, AGreyRowHasNoMarks)
{
    MarkJudge const judge { dpi, table(90, filled(250)) };
    EXPECT_EQ(judge.judge(filled(200), cell, 201), (Mark {}));
}

TEST(MarkJudge, SmallMarksOfOneSizeAreMarks)
{
    double const small = 0.035 * dpi;
    ASSERT_LT(small, reading::small_inches * dpi);
    MarkJudge const judge { dpi, table(30, drawn(small, 60)) };
    EXPECT_EQ(judge.judge(drawn(small, 58), cell, 250), (Mark { "√", reading::sure_mark }));
    EXPECT_NE(judge.judge(drawn(0.6 * small, 20), cell, 250).confidence, reading::sure_mark) << "smaller than they are: not for certain";
}

TEST(MarkJudge, DustOfAllSizesIsNoMarkForCertain)
{
    std::vector<CellInk> cells = table(0, {});
    for (double const size : { 7.5, 9.0, 12.0, 15.0, 20.0, 26.0, 33.0, 41.0 })
        cells.push_back(drawn(size, size * 3));
    MarkJudge const judge { dpi, cells };
    EXPECT_NE(judge.judge(drawn(9, 27), cell, 250).confidence, reading::sure_mark);
}
