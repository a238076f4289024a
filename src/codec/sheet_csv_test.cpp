#include "codec/sheet_csv.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::codec;

TEST(SheetCsv, HoldsTheRowsFromTheHeadingOn)
{
    Sheet sheet { "Daftar" };
    sheet.cells = { { 0, 0, "Judul", CellLook::Title }, { 2, 0, "Satker", CellLook::Heading }, { 2, 1, "Jumlah", CellLook::Heading }, { 2, 2, "Bagian", CellLook::Heading },
        { 3, 0, "Kota \"A\", timur" }, { 3, 1, std::int64_t { -3 } }, { 3, 2, SheetShare { 6, 15 } }, { 4, 0, "=1+1" }, { 4, 2, SheetShare {} } };
    sheet.heading_first = sheet.heading_last = 2;
    EXPECT_EQ(sheet_csv(sheet), "\xEF\xBB\xBFSatker,Jumlah,Bagian\r\n\"Kota \"\"A\"\", timur\",-3,6/15\r\n\"'=1+1\",,\r\n");
}

TEST(SheetCsv, WithoutAHeadingIsWhole)
{
    Sheet sheet { "Daftar" };
    sheet.cells = { { 0, 1, "b" }, { 0, 0, "a" }, { 5, 0, "c" } };
    EXPECT_EQ(sheet_csv(sheet), "\xEF\xBB\xBF" "a,b\r\nc,\r\n");
}
