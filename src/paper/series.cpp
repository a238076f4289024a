#include "paper/series.hpp"
#include "core/embedded.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "paper/words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

namespace kpuhub::paper {

using storage::Query;

constexpr Query own_patterns { "paper.own_patterns", "SELECT code, pattern FROM paper_series WHERE unit_id = $1" };
constexpr Query write_pattern { "paper.write_pattern", R"sql(
    INSERT INTO paper_series (unit_id, code, pattern) VALUES ($1, $2, $3)
    ON CONFLICT (unit_id, code) DO UPDATE SET pattern = excluded.pattern )sql" };
/// Makes the series of the office when it takes its first number; the pattern that is there stays.
constexpr Query open_series { "paper.open_series", R"sql(
    INSERT INTO paper_series (unit_id, code, pattern) VALUES ($1, $2, $3)
    ON CONFLICT (unit_id, code) DO UPDATE SET code = excluded.code RETURNING id, pattern )sql" };
constexpr Query next_number { "paper.next_number", R"sql(
    INSERT INTO paper_series_year (series_id, year, last_number) VALUES ($1, $2, 1)
    ON CONFLICT (series_id, year) DO UPDATE SET last_number = paper_series_year.last_number + 1 RETURNING last_number )sql" };
constexpr Query reach_number { "paper.reach_number", R"sql(
    INSERT INTO paper_series_year (series_id, year, last_number) VALUES ($1, $2, $3)
    ON CONFLICT (series_id, year) DO UPDATE SET last_number =
        CASE WHEN paper_series_year.last_number < excluded.last_number THEN excluded.last_number ELSE paper_series_year.last_number END
    RETURNING last_number )sql" };
constexpr Query number_of { "paper.number_of", "SELECT id FROM paper_number WHERE series_id = $1 AND year = $2 AND sequence = $3 AND suffix = $4" };
constexpr Query insert_number { "paper.insert_number", R"sql(
    INSERT INTO paper_number (series_id, year, sequence, suffix, number, dated_on, taken_at, taken_by, subject_id, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id )sql" };
constexpr Query mark_cancelled { "paper.cancel_number", R"sql(
    UPDATE paper_number SET cancelled_at = $2, cancelled_by = $3, cancel_reason = $4 WHERE id = $1 AND cancelled_at IS NULL )sql" };
constexpr Query code_of_unit { "paper.code_of_unit", "SELECT code FROM unit WHERE id = $1" };
constexpr Query numbers_of_year { "paper.numbers_of_year",
    "SELECT n.sequence, n.number, COALESCE(o.title, ''), n.subject_id, n.dated_on, n.reason, n.cancel_reason, CASE WHEN n.cancelled_at IS NULL THEN 0 ELSE 1 END"
    "  FROM paper_number n JOIN paper_series s ON s.id = n.series_id LEFT JOIN official_paper o ON o.subject_id = n.subject_id"
    " WHERE s.unit_id = $3 AND s.code = $4 AND n.year = $5 AND " KPUHUB_MAY("s.unit_id", "'plan.read'") " ORDER BY n.sequence, n.suffix" };

namespace {

struct Defined {
    std::string code, pattern, title_id, title_en;
};

/// The compiled-in definition; a broken one is a fault of the build that a unit test finds.
std::vector<Defined> const& defined_series()
{
    static auto const all = [] {
        std::vector<Defined> made;
        auto const root = YAML::Load(std::string { embedded_file("definitions/papers/series.yaml") });
        for (auto const& each : root["series"])
            made.push_back({ each.first.as<std::string>(), each.second["pattern"].as<std::string>(), each.second["title"]["id"].as<std::string>(), each.second["title"]["en"].as<std::string>() });
        return made;
    }();
    return all;
}

Defined const* defined(std::string_view code)
{
    auto const& all = defined_series();
    auto const found = std::ranges::find(all, code, &Defined::code);
    return found == all.end() ? nullptr : &*found;
}

std::string place_text(std::string_view name, std::int64_t sequence, std::string_view suffix, std::string_view unit_code, time::Date on)
{
    auto const tail = suffix.empty() ? std::string {} : "." + std::string { suffix };
    if (name == "n")
        return std::to_string(sequence) + tail;
    if (name == "n:02" || name == "n:03")
        return fmt::format("{:0{}}", sequence, name.back() - '0') + tail;
    if (name == "unit")
        return std::string { unit_code };
    if (name == "year")
        return std::to_string(on.year());
    if (name == "month")
        return std::to_string(on.month());
    return name == "roman" ? roman(static_cast<int>(on.month())) : std::string {};
}

}

Result<std::string> number_text(std::string_view pattern, std::int64_t sequence, std::string_view suffix, std::string_view unit_code, time::Date dated_on)
{
    constexpr std::size_t longest_bytes = 100;
    auto const wrong = [] { return invalid("paper.series.pattern", { { "pattern", "paper.series.pattern" } }); };
    bool numbered = false;
    bool dated = false;
    std::string made;
    if (pattern.size() > longest_bytes)
        return wrong();
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] != '{') {
            if (pattern[at] == '}' || static_cast<unsigned char>(pattern[at]) < 0x20)
                return wrong();
            made += pattern[at++];
            continue;
        }
        auto const end = pattern.find('}', at);
        if (end == std::string_view::npos)
            return wrong();
        auto const name = pattern.substr(at + 1, end - at - 1);
        auto const text = place_text(name, sequence, suffix, unit_code, dated_on);
        if (text.empty())
            return wrong();
        numbered = numbered || name.starts_with("n");
        dated = dated || name == "year";
        made += text;
        at = end + 1;
    }
    if (!numbered || !dated)
        return wrong();
    return made;
}

std::vector<Series> series_of(storage::Reader& reader, UnitId unit)
{
    std::vector<Series> all;
    for (auto const& each : defined_series())
        all.push_back({ each.code, each.title_id, each.title_en, each.pattern, false });
    for (auto const& row : reader.query(own_patterns, unit))
        for (auto& each : all)
            if (each.code == row.text(0) && each.pattern != row.text(1)) {
                each.pattern = row.text(1);
                each.own = true;
            }
    return all;
}

Result<void> set_pattern(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string_view code, std::string pattern)
{
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read") || defined(code) == nullptr)
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.manage"))
        return forbidden("plan.manage.forbidden");
    TRY(number_text(pattern, 1, "", "0", act.today));
    transaction.execute(write_pattern, unit, code, pattern);
    journal::write(transaction, act, { "paper.pattern_set", {}, unit, { { "series", std::string { code } }, { "pattern", pattern } } });
    return {};
}

Result<TakenNumber> take_number(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string_view code, time::Date dated_on, SubjectId paper,
    std::optional<WantedNumber> const& wanted)
{
    constexpr std::int64_t most = 99'999;
    auto const* known = defined(code);
    auto const unit_row = transaction.first(code_of_unit, unit);
    if (known == nullptr || !unit_row)
        return not_found();
    if (wanted && (wanted->sequence < 1 || wanted->sequence > most || wanted->suffix.size() > 3))
        return invalid("paper.number.wrong", { { "sequence", "paper.number.wrong" } });
    if (wanted && wanted->reason.empty())
        return invalid("paper.number.reason", { { "reason", "paper.number.reason" } });
    auto const series = *transaction.first(open_series, unit, code, known->pattern);
    auto const id = series.integer(0);
    auto const sequence = wanted ? wanted->sequence : transaction.first(next_number, id, dated_on.year())->integer(0);
    auto const suffix = wanted ? wanted->suffix : std::string {};
    if (wanted) {
        transaction.first(reach_number, id, dated_on.year(), sequence);       // holds the row: the next one waits for this
        if (transaction.first(number_of, id, dated_on.year(), sequence, suffix))
            return conflict("paper.number.taken");
    }
    auto const text = TRY(number_text(series.text(1), sequence, suffix, unit_row->text(0), dated_on));
    auto const made = transaction.insert<NumberTag>(insert_number, id, dated_on.year(), sequence, suffix, text, dated_on, act.at, act.actor, paper, wanted ? wanted->reason : std::string {});
    journal::write(transaction, act, { "paper.number_taken", paper, unit, { { "series", std::string { code } }, { "number", text }, { "reason", wanted ? wanted->reason : "" } } });
    return TakenNumber { made, text };
}

Result<void> cancel_number(storage::Transaction& transaction, journal::Act const& act, NumberId id, std::string reason)
{
    if (reason.empty())
        return invalid("paper.number.reason", { { "reason", "paper.number.reason" } });
    if (transaction.execute(mark_cancelled, id, act.at, act.actor, reason) == 0)
        return conflict("subject.changed");
    return {};
}

std::vector<NumberLine> number_book(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::string_view code, int year)
{
    std::vector<NumberLine> lines;
    std::int64_t before = 0;
    for (auto const& row : reader.query(numbers_of_year, person, today, unit, code, year)) {
        if (row.integer(0) > before + 1)
            lines.push_back({ before + 1, row.integer(0) - 1, {}, {}, {}, {}, {}, {}, false });
        before = row.integer(0);
        lines.push_back({ before, before, row.text(1), row.text(2), row.id<SubjectTag>(3), row.date(4), row.text(5), row.text(6), row.yes(7) });
    }
    return lines;
}

}
