#include "record/record.hpp"
#include "record/value.hpp"
#include <gtest/gtest.h>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

Field field_of(FieldKind kind)
{
    Field field;
    field.id = "field";
    field.kind = kind;
    return field;
}

std::string read(FieldKind kind, std::string const& typed)
{
    auto field = field_of(kind);
    auto value = value_of(field, typed, time::Zone::Wib);
    return value ? code_of(field, *value, time::Zone::Wib) : value.error();
}

}

TEST(RecordValue, money_is_read_as_people_write_it)
{
    EXPECT_EQ(read(FieldKind::Money, "Rp 450.000"), "450000");
    EXPECT_EQ(read(FieldKind::Money, "Rp. 1.250.000,00"), "1250000");
    EXPECT_EQ(read(FieldKind::Money, "450000"), "450000");
    EXPECT_EQ(read(FieldKind::Money, "4.5"), "record.wrong.money");
    EXPECT_EQ(read(FieldKind::Money, "empat ratusan"), "record.wrong.money");
    EXPECT_EQ(read(FieldKind::Money, "99999999999999999999"), "record.wrong.money");
}

TEST(RecordValue, days_times_and_periods)
{
    EXPECT_EQ(read(FieldKind::Date, "16-03-2026"), "2026-03-16");
    EXPECT_EQ(read(FieldKind::Date, "16/3/2026"), "2026-03-16");
    EXPECT_EQ(read(FieldKind::Date, "31-02-2026"), "record.wrong.date");
    EXPECT_EQ(read(FieldKind::Date, "16-03-2026x"), "record.wrong.date");
    EXPECT_EQ(read(FieldKind::Instant, "2026-03-16T09:30"), "2026-03-16T09:30");
    EXPECT_EQ(read(FieldKind::Instant, "16-03-2026 9.30"), "2026-03-16T09:30");
    EXPECT_EQ(read(FieldKind::Instant, "16-03-2026 24.00"), "record.wrong.instant");
    EXPECT_EQ(read(FieldKind::Period, "2026-Q2"), "2026-Q2");
    EXPECT_EQ(read(FieldKind::Period, "2026-13"), "record.wrong.period");
    EXPECT_EQ(read(FieldKind::Period, "12"), "record.wrong.period");
}

TEST(RecordValue, decimals_are_exact)
{
    EXPECT_EQ(read(FieldKind::Decimal, "12,5"), "12.50");
    EXPECT_EQ(read(FieldKind::Decimal, "1.234,56"), "1234.56");
    EXPECT_EQ(read(FieldKind::Decimal, "-0,05"), "-0.05");
    EXPECT_EQ(read(FieldKind::Decimal, "12,345"), "record.wrong.decimal");
    EXPECT_EQ(read(FieldKind::Decimal, ","), "record.wrong.decimal");
}

TEST(RecordValue, limits_and_yes_no)
{
    auto field = field_of(FieldKind::Integer);
    field.least = 0;
    field.most = 10;
    EXPECT_TRUE(value_of(field, "10", time::Zone::Wib));
    EXPECT_EQ(value_of(field, "11", time::Zone::Wib).error(), "record.wrong.limits");
    EXPECT_EQ(read(FieldKind::YesNo, "Ya"), "yes");
    EXPECT_EQ(read(FieldKind::YesNo, "maybe"), "record.wrong.choice");
}

TEST(RecordNumber, a_pattern_is_filled_in)
{
    definition::Numbering numbering { "GR/{no:3}/{unit}/{month_roman}/{year}", definition::SeriesSpan::Month };
    auto day = time::Date::of(2026, 4, 18);
    EXPECT_EQ(number_text(numbering, "1571", day, 7), "GR/007/1571/IV/2026");
    EXPECT_EQ(series_span(numbering, day), "2026-04");
}

}
