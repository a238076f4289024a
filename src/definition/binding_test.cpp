#include "core/embedded.hpp"
#include "definition/coverage.hpp"
#include "definition/offer.hpp"
#include "definition/publication.hpp"
#include "support/paths.hpp"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace kpuhub::definition {

namespace {

using ::testing::ElementsAre;

Offer const& shipped()
{
    static Offer const made = shipped_offer();
    return made;
}

std::string bound(WordedRow const& row)
{
    auto match = shipped().bind(row);
    return match ? match->target->id : "";
}

std::string file_text(std::string const& path)
{
    std::ifstream file { path };
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// All success indicators of plans in the form of a transcription.
std::vector<WordedRow> indicators_of(nlohmann::json const& plan)
{
    std::vector<WordedRow> rows;
    auto text = [](nlohmann::json const& node, char const* key) { return node.contains(key) && node[key].is_string() ? node[key].get<std::string>() : std::string {}; };
    for (auto const& area : plan["areas"])
        for (auto const& activity : area["activities"])
            for (auto const& sub : activity["subactivities"])
                for (auto const& indicator : sub.value("indicators", nlohmann::json::array()))
                    if (auto words = text(indicator, "text"); !words.empty())
                        rows.push_back({ words, text(sub, "text"), text(activity, "name"), area["no"].is_number() ? area["no"].get<int>() : 0 });
    return rows;
}

/// How many bind, and how many the most frequent target takes.
struct Figures {
    std::size_t rows = 0, bound = 0, most = 0, most_served = 0;
    std::string most_named;
    void print(std::string const& name) const
    {
        std::printf("%s: %zu of %zu bind (%.1f %%); most for one target: %zu (%.1f %%, %s); for one register or page: %zu (%.1f %%)\n", name.c_str(), bound, rows,
            100.0 * static_cast<double>(bound) / static_cast<double>(rows), most, 100.0 * static_cast<double>(most) / static_cast<double>(bound), most_named.c_str(),
            most_served, 100.0 * static_cast<double>(most_served) / static_cast<double>(bound));
    }
};

Figures figures(std::vector<WordedRow> const& rows)
{
    Figures made;
    std::map<std::string, std::size_t> targets, servers;
    for (auto const& row : rows) {
        ++made.rows;
        auto match = shipped().bind(row);
        if (!match)
            continue;
        ++made.bound;
        if (auto const times = ++targets[match->target->id]; times > made.most) {
            made.most = times;
            made.most_named = match->target->id;
        }
        auto const service = shipped().service(match->target->kind, match->target->id);
        made.most_served = std::max(made.most_served, ++servers[service.registers.empty() ? match->target->id : service.registers.front()->id]);
    }
    return made;
}

}

TEST(Binding, wordings_become_comparable)
{
    EXPECT_THAT(wordings().words("Persentase (%) penandatanganan Pakta Integritas Tahun 2026"), ElementsAre("persen", "persen", "tandatangan", "pakta", "integritas", "tahun")) << "the year itself says nothing";
    EXPECT_EQ(wordings().words("di lingkungan Unit/Satuan Kerja"), std::vector<std::string> {});
    EXPECT_EQ(wordings().words("SK Tim Reformasi Birokrasi"), wordings().words("Surat Keputusan Tim RB"));
    EXPECT_EQ(wordings().words("Menyampaikan laporan"), wordings().words("penyampaian pelaporan"));
    EXPECT_TRUE(wordings().proves("closed"));
    EXPECT_FALSE(wordings().proves("cancelled"));
}

TEST(Binding, a_row_binds_by_its_own_words_before_those_above_it)
{
    EXPECT_EQ(bound({ "Persentase penandatanganan pakta integritas", {}, {}, 1 }), "integrity_pact");
    EXPECT_EQ(bound({ "Tersedianya laporan tindak lanjut", "Tindak lanjut hasil evaluasi atas penanganan gratifikasi", {}, 7 }), "gratification_evaluation");
    EXPECT_EQ(bound({ "Tersedianya laporan tindak lanjut", {}, {}, 7 }), "") << "without the row above it tells nothing";
    EXPECT_EQ(bound({ "Buku tamu terisi", "Tindak lanjut hasil evaluasi atas penanganan gratifikasi", {}, 8 }), "service_attributes");
}

TEST(Binding, the_area_tells_apart_what_is_worded_alike)
{
    EXPECT_EQ(bound({ "Menurunnya pelanggaran kode etik", {}, {}, 1 }), "integrity_values");
    EXPECT_EQ(bound({ "Menurunnya pelanggaran kode etik", {}, {}, 8 }), "service_ethics");
    EXPECT_EQ(bound({ "Persentase pelaporan LHKPN", {}, {}, 1 }), "lhkpn");
    EXPECT_EQ(bound({ "Persentase pelaporan LHKPN", {}, {}, 7 }), "wealth_filing");
}

TEST(Binding, names_of_offices_and_years_change_nothing)
{
    auto const plain = bound({ "Tersedianya SK Tim Reformasi Birokrasi", {}, {}, 1 });
    EXPECT_EQ(plain, "reform_team");
    EXPECT_EQ(bound({ "Tersedianya SK Tim Reformasi Birokrasi di lingkungan KPU Kabupaten Contoh Tahun 2031;", {}, {}, 1 }), plain);
}

TEST(Binding, the_list_of_systems_is_whole)
{
    constexpr auto file = "definitions/binding/systems.yaml";
    auto const rows = load_systems(file, embedded_file(file));
    ASSERT_TRUE(rows) << rows.error().fields.at(0).field << " " << rows.error().fields.at(0).message_key;
    auto const words = Wordings::load("words.yaml", embedded_file("definitions/binding/words.yaml"));
    ASSERT_TRUE(words) << words.error().fields.at(0).field << " " << words.error().fields.at(0).message_key;
    EXPECT_EQ(rows->size(), 180u);
    std::map<std::string, int> of_area;
    for (auto const& row : *rows) {
        ++of_area[row.no.substr(0, row.no.find('.'))];
        EXPECT_EQ(row.no.substr(row.no.find('.') + 1), std::to_string(of_area[row.no.substr(0, row.no.find('.'))])) << row.no;
    }
    EXPECT_EQ(of_area, (std::map<std::string, int> { { "0", 15 }, { "1", 24 }, { "2", 9 }, { "3", 5 }, { "4", 26 }, { "5", 20 }, { "6", 20 }, { "7", 31 }, { "8", 30 } }));
}

TEST(Binding, a_condition_on_records_names_a_register_a_field_and_options_that_exist)
{
    KnownNames names { known_roles(), {} };
    std::map<std::string, Register> made;
    for (auto const& text : shipped_registers()) {
        names.registers.insert(parse(text.file, text.text).value()["id"].text);
        auto read = load_register(text.file, text.text, names);
        ASSERT_TRUE(read) << text.file;
        for (auto const& no : read->systems)
            EXPECT_NE(system_numbered(no), nullptr) << text.file << " serves " << no;
        made.emplace(read->id, std::move(*read));
    }
    for (auto const& row : systems())
        for (auto const& where : row.where) {
            ASSERT_TRUE(made.contains(where.register_id)) << row.no;
            if (where.field.empty())
                continue;
            auto const* field = made.at(where.register_id).field(where.field);
            ASSERT_NE(field, nullptr) << row.no;
            for (auto const& value : where.values)
                EXPECT_NE(field->option(value), nullptr) << row.no << " " << value;
        }
}

TEST(Binding, faults_of_the_list_are_named_with_their_line)
{
    std::string const head = "id: systems\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: S, en: S}\nsource: test\nsystems:\n";
    auto fault = [&](std::string const& row) {
        auto read = load_systems("s.yaml", head + "  - {no: \"1.1\", id: a, title: {id: A, en: A}}\n" + row);
        return read ? std::string {} : read.error().fields.at(0).field + " " + read.error().fields.at(0).message_key;
    };
    EXPECT_EQ(fault("  - {no: \"1.1\", id: b, title: {id: B, en: B}}\n"), "s.yaml:8 definition.key_twice");
    EXPECT_EQ(fault("  - {no: \"1.2\", id: b, title: {id: B, en: B}, areas: [9]}\n"), "s.yaml:8 definition.number_wrong");
    EXPECT_EQ(fault("  - {no: \"1.2\", id: b, title: {id: B, en: B}, phrase: [x]}\n"), "s.yaml:8 definition.key_unknown");
}

TEST(Binding, of_sixty_marked_wordings_at_most_one_in_twenty_is_wrong)
{
    constexpr double most_wrong = 0.05, most_missed = 0.2;
    auto const root = parse("binding_marked.yaml", file_text(kpuhub::testing::source_folder() + "/tests/definitions/binding_marked.yaml")).value();
    double wrong = 0, missed = 0;
    for (auto const& row : root["rows"].items) {
        auto const got = bound({ row["text"].text, row["under"].text, {}, std::atoi(row["area"].text.c_str()) });
        auto const& right = row["is"].items;
        bool const is_right = std::ranges::any_of(right, [&](auto const& each) { return each.text == got; });
        for (auto const& each : right)
            EXPECT_NE(system_named(each.text), nullptr) << row.line;
        if (got.empty() ? !right.empty() : !is_right)
            std::printf("line %d: %s -> %s\n", row.line, row["text"].text.c_str(), got.c_str());
        wrong += !got.empty() && !is_right ? 1 : 0;
        missed += got.empty() && !right.empty() ? 1 : 0;
    }
    auto const all = static_cast<double>(root["rows"].items.size());
    EXPECT_EQ(root["rows"].items.size(), 60u);
    EXPECT_LE(wrong / all, most_wrong);
    EXPECT_LE(missed / all, most_missed);
    std::printf("marked wordings: %.0f wrong, %.0f missed of %.0f\n", wrong, missed, all);
}

TEST(Binding, most_indicators_of_plans_bind_and_no_target_takes_too_many)
{
    constexpr double least_bound = 0.4, most_of_one = 0.08;
    std::vector<WordedRow> rows;
    for (auto const* name : { "kabupaten", "kota", "provinsi" }) {
        auto const plan = nlohmann::json::parse(embedded_file("definitions/samples/" + std::string { name } + ".gold.json"));
        auto const some = indicators_of(plan);
        auto const got = figures(some);
        got.print(name);
        EXPECT_GE(static_cast<double>(got.bound), least_bound * static_cast<double>(got.rows)) << name;
        rows.insert(rows.end(), some.begin(), some.end());
    }
    auto const got = figures(rows);
    got.print("samples");
    EXPECT_LE(static_cast<double>(got.most), most_of_one * static_cast<double>(got.bound));
    EXPECT_LE(static_cast<double>(got.most_served), most_of_one * static_cast<double>(got.bound));
}

/// Decrees of other offices stay outside the project: measured where they lie beside the checkout.
TEST(Binding, decrees_of_offices_bind)
{
    constexpr double most_of_one = 0.08;
    std::vector<WordedRow> rows;
    for (auto const& [name, least] : { std::pair { "001", 0.6 }, { "004", 0.6 }, { "002", 0.4 } }) {
        std::string path = kpuhub::testing::source_folder() + "/../shared/decrees/gold/" + name + ".json";
        if (!std::filesystem::exists(path))
            path = kpuhub::testing::source_folder() + "/../../shared/decrees/gold/" + name + ".json";
        if (!std::filesystem::exists(path))
            GTEST_SKIP() << "no decrees beside the checkout";
        auto const some = indicators_of(nlohmann::json::parse(file_text(path)));
        auto const got = figures(some);
        got.print(name);
        EXPECT_GE(static_cast<double>(got.bound), least * static_cast<double>(got.rows)) << name;
        rows.insert(rows.end(), some.begin(), some.end());
    }
    auto const got = figures(rows);
    got.print("decrees");
    EXPECT_LE(static_cast<double>(got.most), most_of_one * static_cast<double>(got.bound));
    EXPECT_LE(static_cast<double>(got.most_served), most_of_one * static_cast<double>(got.bound));
}

TEST(Binding, the_page_of_coverage_is_up_to_date)
{
    EXPECT_TRUE(coverage_text(shipped()) == file_text(kpuhub::testing::source_folder() + "/docs/coverage.md")) << "kpuhub definitions coverage > docs/coverage.md";
}

}
