#include "decree/decree_fields.hpp"
#include "decree/field_reader.hpp"
#include "time/date.hpp"
#include <algorithm>
#include <array>
#include <regex>
#include <set>

namespace kpuhub::decree {

namespace {

constexpr std::array<std::string_view, 12> month_names { "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember" };

std::string title_case(std::string_view text)
{
    std::string out = lowered(text);
    bool start = true;
    for (auto& c : out) {
        if (start && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        start = c == ' ' || c == '/' || c == '-' || c == '.';
    }
    return out;
}

std::string unit_of(std::string_view heading)
{
    constexpr std::string_view commission = "komisi pemilihan umum";
    auto const small = lowered(heading);
    auto const at = small.find(commission);
    if (at == std::string::npos)
        return {};
    auto rest = trimmed(heading.substr(at + commission.size()));
    if (auto const end = lowered(rest).find(" nomor"); end != std::string::npos)
        rest.resize(end);
    return rest.empty() ? std::string { "KPU" } : "KPU " + without_end(title_case(rest));
}

int year_of(Decree const& decree)
{
    static std::regex const year { R"(tahun (?:anggaran )?(20\d{2}))", std::regex::icase };
    std::smatch match;
    for (auto const* text : { &decree.title, &decree.plan_title, &decree.number })
        if (std::regex_search(*text, match, year))
            return std::stoi(match[1]);
    static std::regex const any { R"((20\d{2}))" };
    for (auto const* text : { &decree.title, &decree.date, &decree.number })
        if (std::regex_search(*text, match, any))
            return std::stoi(match[1]);
    return 0;
}

}

std::optional<std::pair<std::string, std::string>> find_date(std::string_view text)
{
    static std::regex const date { R"((\d{1,2})\s+([A-Za-z]+)\s+(\d{4}))" };
    std::string const whole { text.substr(0, 400) };
    for (auto at = std::sregex_iterator(whole.begin(), whole.end(), date); at != std::sregex_iterator(); ++at) {
        auto const month = std::ranges::find(month_names, lowered((*at)[2].str()));
        if (month == month_names.end())
            continue;
        auto const number = static_cast<unsigned>(month - month_names.begin()) + 1;
        auto const iso = (*at)[3].str() + (number < 10 ? "-0" : "-") + std::to_string(number) + ((*at)[1].length() < 2 ? "-0" : "-") + (*at)[1].str();
        if (time::Date::from_iso(iso))
            return std::pair { iso, (*at)[0].str() };
    }
    return {};
}

int decisions_in(std::span<SourceRow const> rows)
{
    std::set<std::string> numbers;
    static std::regex const number { R"(^N[O0]M[O0]R\s*:?\s*(\S.*)$)", std::regex::icase };
    bool after_heading = false;
    for (auto const& row : rows) {
        auto const line = row.joined();
        // In capitals: "Keputusan Komisi Pemilihan Umum" begins a line of Mengingat, and its "Nomor ..." may begin the next.
        if (line.starts_with("KEPUTUSAN KOMISI PEMILIHAN UMUM"))
            after_heading = true;
        std::smatch match;
        if (after_heading && line.size() < 120 && std::regex_match(line, match, number)) {
            numbers.insert(plain(match[1].str()));
            after_heading = false;
        }
    }
    return static_cast<int>(numbers.size());
}

Decree read_decree_fields(std::span<SourceRow const> head, std::span<SourceRow const> closing)
{
    Decree decree;
    FieldReader reader { decree };
    reader.read(head);
    decree.unit = unit_of(reader.heading());
    Decree end;
    FieldReader { end }.read(closing);
    decree.closing_place = end.place;
    decree.closing_date = end.date;
    for (auto [field, other] : { std::pair { &decree.place, &end.place }, { &decree.date, &end.date }, { &decree.date_printed, &end.date_printed } })
        if (field->empty())
            *field = *other;
    if (decree.signatory.name.empty())
        decree.signatory = end.signatory;
    if (decree.certifier.name.empty())
        decree.certifier = end.certifier;
    decree.year = year_of(decree);
    return decree;
}

}
