#include "definition/unit_file.hpp"
#include "core/embedded.hpp"
#include <gtest/gtest.h>
#include <map>
#include <ranges>
#include <algorithm>
#include <sstream>

namespace kpuhub::definition {

namespace {

UnitTable const& table()
{
    static auto const loaded = load_units("units.yaml", embedded_file("definitions/units/units.yaml")).value();
    return loaded;
}

UnitEntry const& unit(std::string_view code) { return *std::ranges::find(table().units, code, &UnitEntry::code); }

std::string first_fault(std::string const& units)
{
    auto result = load_units("test.yaml",
        "id: units\nversion: 1\nvalid_from: 2022-01-01\nholds_from: 2020-01-01\ntitle: {id: Satker, en: Offices}\nsource: Kemendagri\nunits:\n" + units);
    if (result)
        return "loaded";
    return result.error().fields.at(0).field + " " + result.error().fields.at(0).message_key;
}

constexpr auto root = "  - {code: \"00\", name: KPU RI, area: RI, level: national, zone: WIB}\n";

}

TEST(UnitFile, holds_553_offices_with_the_official_count_per_province)
{
    EXPECT_EQ(table().units.size(), 553u);
    std::map<std::string, int> found;
    for (auto const& entry : table().units)
        ++found[entry.parent];
    EXPECT_EQ(found["00"], 38);
    std::istringstream counts { "11:23 12:33 13:19 14:12 15:11 16:17 17:10 18:15 19:7 21:7 31:6 32:27 33:35 34:5 35:38 36:8 51:9 "
                                "52:10 53:22 61:14 62:14 63:13 64:10 65:5 71:15 72:13 73:24 74:17 75:6 76:6 81:11 82:10 91:9 "
                                "92:7 93:4 94:8 95:8 96:6" };
    int provinces = 0;
    for (std::string pair; counts >> pair; ++provinces)
        EXPECT_EQ(found[pair.substr(0, 2)], std::stoi(pair.substr(3))) << pair;
    EXPECT_EQ(provinces, 38);
}

TEST(UnitFile, offices_carry_their_own_names)
{
    EXPECT_EQ(unit("00").name, "KPU RI");
    EXPECT_EQ(unit("15").name, "KPU Provinsi Jambi");
    EXPECT_EQ(unit("1571").name, "KPU Kota Jambi");
    EXPECT_EQ(unit("1571").parent, "15");
    EXPECT_EQ(unit("6107").name, "KPU Kabupaten Bengkayang");
    EXPECT_EQ(unit("3575").name, "KPU Kota Pasuruan");
    EXPECT_EQ(unit("11").name, "KIP Aceh");
    EXPECT_EQ(unit("1171").name, "KIP Kota Banda Aceh");
    EXPECT_EQ(unit("3101").name, "KPU Kabupaten Administrasi Kepulauan Seribu");
    EXPECT_EQ(unit("3171").name, "KPU Kota Administrasi Jakarta Pusat");
    EXPECT_EQ(unit("31").name, "KPU Provinsi DKI Jakarta");
    for (auto const& entry : table().units)
        EXPECT_EQ(entry.name.starts_with("KIP"), entry.code.starts_with("11")) << entry.name;
}

TEST(UnitFile, zones_follow_the_provinces)
{
    std::map<time::Zone, int> provinces;
    for (auto const& entry : table().units) {
        if (entry.level == UnitLevel::Province)
            ++provinces[entry.zone];
        else if (entry.level != UnitLevel::National) {
            EXPECT_EQ(entry.zone, unit(entry.parent).zone) << entry.name;
        }
    }
    EXPECT_EQ(provinces[time::Zone::Wib], 18);
    EXPECT_EQ(provinces[time::Zone::Wita], 12);
    EXPECT_EQ(provinces[time::Zone::Wit], 8);
    EXPECT_EQ(unit("6107").zone, time::Zone::Wib);
    EXPECT_EQ(unit("6371").zone, time::Zone::Wita);
    EXPECT_EQ(unit("8171").zone, time::Zone::Wit);
}

TEST(UnitFile, wrong_places_are_named_with_file_and_line)
{
    EXPECT_EQ(first_fault(root), "loaded");
    EXPECT_EQ(first_fault("  - {code: \"15\", name: A, area: A, level: province, parent: \"00\", zone: WIB}\n"),
        "test.yaml:8 definition.reference_missing");
    std::string top = root;
    EXPECT_EQ(first_fault(top + root), "test.yaml:9 definition.key_twice");
    EXPECT_EQ(first_fault(top + "  - {code: \"1\", name: A, area: A, level: province, parent: \"00\", zone: WIB}\n"),
        "test.yaml:9 definition.code_wrong");
    EXPECT_EQ(first_fault(top + "  - {code: \"15\", name: A, area: A, level: city, parent: \"00\", zone: WIB}\n"),
        "test.yaml:9 definition.code_wrong");
    EXPECT_EQ(first_fault(top + "  - {code: \"15\", name: A, area: A, level: province, parent: \"00\", zone: GMT}\n"),
        "test.yaml:9 definition.choice_unknown");
    EXPECT_EQ(first_fault(top + "  - {code: \"15\", area: A, level: province, parent: \"00\", zone: WIB}\n"),
        "test.yaml:9 definition.text_missing");
    EXPECT_EQ(first_fault(top + "  - {cod: \"15\", name: A, area: A, level: province, parent: \"00\", zone: WIB}\n"),
        "test.yaml:9 definition.key_unknown");
}

TEST(UnitFile, the_first_day_of_names_and_borders_is_data_and_not_after_the_table)
{
    EXPECT_EQ(table().holds_from, time::Date::of(2020, 1, 1));
    auto late = load_units("test.yaml",
        "id: units\nversion: 1\nvalid_from: 2022-01-01\nholds_from: 2023-01-01\ntitle: {id: Satker, en: Offices}\nsource: Kemendagri\nunits:\n" + std::string(root));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().fields.at(0).message_key, "definition.date_wrong");
}

}
