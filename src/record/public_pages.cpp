#include "record/page_parts.hpp"
#include "record/public_counts.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace kpuhub::record {

namespace {

constexpr storage::Query find_counted { "record.public_register", R"sql(
    SELECT u.id, u.code, u.level, n.name, n.zone, (SELECT max(d.version) FROM register_definition d WHERE d.register = $2)
      FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)
      JOIN register_use x ON x.unit_id = u.id AND x.register = $2 AND x.state = 'on' WHERE u.code = $1 )sql" };

struct CountLine {
    std::string label;
    std::int64_t amount = 0;
    bool shown = true;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("shown", shown);
        v.field("amount", shown ? std::optional { amount } : std::nullopt);     // a small number is not told in JSON either
    }
};

struct CountTable {
    std::string label;
    std::vector<CountLine> lines;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.list("lines", lines);
    }
};

struct CountsPage {
    std::string title, lead, office;
    view::Year year;
    time::Date as_of {};
    std::optional<std::int64_t> total {};
    std::int64_t below = 0;
    std::vector<CountTable> tables;
    std::optional<view::Sentence> speed {};         ///< how long answers took; nothing where there are too few
    std::optional<Ratio> in_time {};
    view::Link ask {}, track {};                    ///< of the public door
    std::string purpose, legal_basis;
    view::Link earlier {}, later {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("lead", lead);
        v.field("office", office);
        v.field("year", year);
        v.field("as_of", as_of);
        v.field("total", total);
        v.field("below", below);
        v.list("tables", tables);
        v.field("speed", speed);
        v.field("in_time", in_time);
        v.field("ask", ask);
        v.field("track", track);
        v.field("purpose", purpose);
        v.field("legal_basis", legal_basis);
        v.field("earlier", earlier);
        v.field("later", later);
    }
};

void add_lines(CountsPage& page, std::string label, std::vector<CountCell> const& cells)
{
    if (std::ranges::none_of(cells, [](auto const& cell) { return cell.shown && cell.amount > 0; }))
        return;                                             // nothing in it can be told
    CountTable table { std::move(label), {} };
    for (auto const& cell : cells)
        table.lines.push_back({ cell.label, cell.amount, cell.shown });
    page.tables.push_back(std::move(table));
}

/// How many ever came through some of the states. Such a number is told only where the total is, where that of the state itself is (it is a
/// part of this one), and where neither those who never came through nor those who have moved on are few.
std::vector<CountCell> passed(storage::Reader& reader, CountedYear const& about, std::map<std::string, CountCell> const& by_state, CountsPage const& page)
{
    std::vector<CountCell> cells;
    if (!page.total || about.made.counts.passed_through.empty())
        return cells;
    auto ever = came_through(reader, about, about.made.counts.passed_through);
    for (auto const& id : about.made.counts.passed_through) {
        auto const& now = by_state.at(id);
        cells.push_back({ now.label, ever[id], now.shown && parts_may_be_told(ever[id], *page.total, page.below) && may_be_told(ever[id] - now.amount, page.below) });
    }
    return cells;
}

/// The states as they stand, the groups that the register makes of them, and how many ever came through some of them.
void add_states(storage::Reader& reader, CountedYear const& about, std::map<std::string, std::int64_t> by_state, text::Language language, CountsPage& page)
{
    auto const& made = about.made;
    bool const english = language == text::Language::English;
    std::int64_t total = 0;
    std::map<std::string, std::size_t> place;
    std::vector<CountCell> cells;
    for (auto const& state : made.states) {
        total += by_state[state.id];
        place[state.id] = cells.size();
        cells.push_back({ state.label.in(language), by_state[state.id] });
    }
    std::vector<CountGroup> groups;
    for (auto const& group : made.counts.groups) {
        groups.push_back({ { group.label.in(language), 0 }, {} });
        for (auto const& state : group.states)
            groups.back().members.push_back(place.at(state));
    }
    if (suppress_small(groups, cells, page.below))
        page.total = total;
    std::vector<CountCell> sums;
    for (auto const& group : groups)
        sums.push_back(group.sum);
    std::map<std::string, CountCell> told;
    for (auto const& [state, at] : place)
        told[state] = cells[at];
    add_lines(page, english ? "In short" : "Ringkas", sums);
    add_lines(page, english ? "State" : "Status", cells);
    add_lines(page, english ? "Of those, ever" : "Di antaranya pernah", passed(reader, about, told, page));
}

void add_choices(CountedYear const& about, std::map<std::string, std::map<std::string, std::int64_t>>& counts, text::Language language, CountsPage& page)
{
    for (auto const& field_id : about.made.counts.by) {
        auto const* field = about.made.field(field_id);
        auto& by_value = counts[field_id];
        std::vector<CountCell> values;
        for (auto const& option : field->options)
            values.push_back({ option.label.in(language), by_value[option.value] });
        if (by_value[""] > 0)
            values.push_back({ language == text::Language::English ? "Not filled" : "Tidak diisi", by_value[""] });
        (void)suppress_small(values, page.below);
        auto const options = std::span { values }.first(field->options.size());
        if (std::ranges::none_of(options, [](auto const& cell) { return cell.shown && cell.amount > 0; }))
            continue;                                       // that it was left empty in all of them tells nobody anything
        add_lines(page, field->label.in(language), values);
    }
}

/// Half days as "4,5", hundredths as "4,60".
std::string decimal(std::int64_t whole, std::int64_t hundredths, text::Language language)
{
    return hundredths == 0 ? std::to_string(whole) : fmt::format("{}{}{:02}", whole, language == text::Language::English ? '.' : ',', hundredths);
}

void add_speed(Durations const& durations, text::Language language, CountsPage& page)
{
    auto const n = static_cast<std::int64_t>(durations.days.size());
    if (n == 0 || n < page.below)
        return;
    constexpr std::int64_t hundred = 100, half = 50;
    auto const mean = (durations.sum * hundred * 2 + n) / (2 * n);      // rounded to hundredths
    page.speed = view::Sentence { "record.public.speed", { decimal(durations.twice_median() / 2, durations.twice_median() % 2 * half, language),
        decimal(mean / hundred, mean % hundred, language) } };
    if (page.total && parts_may_be_told(durations.in_time, n, page.below) && may_be_told(*page.total - n, page.below))
        page.in_time = Ratio { durations.in_time, n };
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    constexpr int first_year = 2010, last_year = 2100;
    auto frame = visit.public_frame({});
    auto language = frame.language;
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<CountsPage> {
        auto const& id = visit.request.parameter("register");
        auto row = reader.first(find_counted, visit.request.parameter("unit"), id);
        if (!row || row->is_null(5))
            return not_found();
        auto made = TRY(around.shelf.find(reader, id, static_cast<int>(row->integer(5))));
        if (!made->counts.counts)
            return not_found();
        auto zone = time::zone_named(row->text(4)).value_or(time::Zone::Wib);
        auto today = time::date_at(visit.now, zone);
        auto asked = visit.request.query.integer("year").value_or(today.year());
        int year = asked < first_year || asked > last_year ? today.year() : static_cast<int>(asked);
        CountsPage page;
        page.title = made->title.in(language);
        page.lead = made->lead.in(language);
        page.office = row->text(3);
        page.year = { year };
        page.as_of = today;
        page.below = made->counts.small_cells_below;
        page.purpose = made->purpose.in(language);
        page.legal_basis = made->legal_basis;
        CountedYear const about { *made, row->id<UnitTag>(0), year, zone, today };
        auto counts = counts_by(reader, about);
        add_states(reader, about, counts[""], language, page);
        add_choices(about, counts, language, page);
        if (!made->counts.timed_by.empty())
            add_speed(durations_of(reader, about, around.clocks.clocks().shelf().of(reader, about.unit, today)), language, page);
        if (made->counts.intake) {
            page.ask = { "/public/units/" + row->text(1) + "/" + made->counts.intake->path };
            page.track = { "/track" };
        }
        auto own = "/public/units/" + row->text(1) + "/registers/" + id + "?year=";
        page.earlier = { own + std::to_string(year - 1) };
        if (year < today.year())
            page.later = { own + std::to_string(year + 1) };
        frame.crumbs = { { view::plain(page.office), { "/public/units/" + row->text(1) } }, { view::plain(page.title), {} } };
        return page;
    }));
    frame.title = view::plain(page.title);
    frame.office = page.office;
    return visit.public_page("record/counts", page, frame);
}

}

void register_public_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get_public<CountsPage>(router, "/public/units/{unit}/registers/{register}", [around](account::Visit& visit) { return show(visit, around); });
}

}
