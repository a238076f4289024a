#include "record/page_parts.hpp"
#include "record/small_cells.hpp"

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
        v.field("purpose", purpose);
        v.field("legal_basis", legal_basis);
        v.field("earlier", earlier);
        v.field("later", later);
    }
};

/// How many records of a year there were at the start of the day, by a value: public numbers change once a day.
std::map<std::string, std::int64_t> counts_by(storage::Reader& reader, definition::Register const& made, UnitId unit, int year, time::Zone zone, time::Date today,
    std::string const& value)
{
    auto text = "SELECT " + value + ", count(*) FROM (SELECT t.subject_id, (SELECT f.to_state FROM flow_step f WHERE f.subject_id = s.id AND f.at < $3"
        " ORDER BY f.id DESC LIMIT 1) AS state FROM subject s JOIN " + made.table() + " t ON t.subject_id = s.id WHERE s.unit_id = $1 AND s.kind = $2"
        " AND s.created_at >= $4 AND s.created_at < $5) c JOIN " + made.table() + " t ON t.subject_id = c.subject_id"
        " WHERE c.state IS NOT NULL AND c.state NOT IN ('draft', 'discarded') GROUP BY " + value;
    std::map<std::string, std::int64_t> counts;
    for (auto const& row : reader.query(storage::Query { "record.public_counts", text }, unit, made.table(), time::start_of_day(today, zone),
             time::start_of_day(time::Date::of(year, 1, 1), zone), time::start_of_day(time::Date::of(year + 1, 1, 1), zone)))
        counts[row.text_or_empty(0)] = row.integer(1);
    return counts;
}

/// False when even the sum is too small to be told.
bool add_table(CountsPage& page, std::string label, std::vector<CountCell> cells, int below)
{
    bool told = suppress_small(cells, below);
    CountTable table { std::move(label), {} };
    for (auto const& cell : cells)
        table.lines.push_back({ cell.label, cell.amount, cell.shown });
    page.tables.push_back(std::move(table));
    return told;
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
        CountsPage page { made->title.in(language), made->lead.in(language), row->text(3), { year }, today, {}, made->counts.small_cells_below, {},
            made->purpose.in(language), made->legal_basis };
        auto by_state = counts_by(reader, *made, row->id<UnitTag>(0), year, zone, today, "c.state");
        std::vector<CountCell> cells;
        std::int64_t total = 0;
        for (auto const& state : made->states) {
            cells.push_back({ state.label.in(language), by_state[state.id] });
            total += by_state[state.id];
        }
        if (add_table(page, language == text::Language::English ? "State" : "Status", std::move(cells), made->counts.small_cells_below))
            page.total = total;
        for (auto const& field_id : made->counts.by) {
            auto const* field = made->field(field_id);
            auto by_value = counts_by(reader, *made, row->id<UnitTag>(0), year, zone, today, "t.f_" + field_id);
            std::vector<CountCell> values;
            for (auto const& option : field->options)
                values.push_back({ option.label.in(language), by_value[option.value] });
            if (by_value[""] > 0)
                values.push_back({ language == text::Language::English ? "Not filled" : "Tidak diisi", by_value[""] });
            (void)add_table(page, field->label.in(language), std::move(values), made->counts.small_cells_below);
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
