#include "record/list_model.hpp"
#include "record/matrix.hpp"
#include "record/value.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace kpuhub::record {

namespace {

/// The steps of a scale are told by Roman numbers beside the colour, so that a black and white print says the same.
constexpr std::array<std::string_view, 13> roman { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII" };

struct MatrixCell {
    std::string look, column, level;
    std::string step;                       ///< "III"
    std::int64_t value = 0, count = 0;
    view::Link link {};                     ///< the records that stand here; empty when none do
    void describe(view::Visitor& v) const
    {
        v.field("look", look);
        v.field("column", column);
        v.field("level", level);
        v.field("step", step);
        v.field("value", value);
        v.field("count", count);
        v.field("link", link);
    }
};

struct MatrixRow {
    std::string label, number;
    std::vector<MatrixCell> cells;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("number", number);
        v.list("cells", cells);
    }
};

struct MatrixHead {
    std::string label, number;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("number", number);
    }
};

/// A level of the scale: its span of values and how many records stand in it.
struct LevelLine {
    std::string label, look, step, span;
    std::int64_t count = 0;
    view::Link link {};
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("look", look);
        v.field("step", step);
        v.field("span", span);
        v.field("count", count);
        v.field("link", link);
    }
};

struct TopLine {
    std::string title, name, level, look, step;
    view::Sentence value {};
    view::Link link;
    view::StateMark state;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("name", name);
        v.field("level", level);
        v.field("look", look);
        v.field("step", step);
        v.field("value", value);
        v.field("link", link);
        v.field("state", state);
    }
};

struct MonthLine {
    std::string month;
    std::vector<MatrixCell> cells;
    void describe(view::Visitor& v) const
    {
        v.field("month", month);
        v.list("cells", cells);
    }
};

struct MatrixPage {
    std::string title, of, row_label, column_label, source;
    std::vector<ListLink> choices {};
    std::vector<MatrixHead> heads {};
    std::vector<MatrixRow> rows {};
    std::vector<LevelLine> levels {};
    std::vector<TopLine> top {};
    std::vector<MonthLine> months {};
    std::int64_t in_all = 0, unassessed = 0;
    view::Link all {}, unassessed_link {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("of", of);
        v.field("row_label", row_label);
        v.field("column_label", column_label);
        v.field("source", source);
        v.list("choices", choices);
        v.list("heads", heads);
        v.list("rows", rows);
        v.list("levels", levels);
        v.list("top", top);
        v.list("months", months);
        v.field("in_all", in_all);
        v.field("unassessed", unassessed);
        v.field("all", all);
        v.field("unassessed_link", unassessed_link);
        v.field("nothing", nothing);
    }
};

/// Makes the parts of the page for one assessment.
class MatrixMaker {
public:
    MatrixMaker(Place const& place, Assessment const& assessment, text::Language language) : m_place(place), m_of(assessment), m_language(language) {}

    /// The heaviest row stands at the top, as risk maps are drawn.
    void fill(MatrixPage& page, std::map<std::pair<std::string, std::string>, std::int64_t> const& counts) const
    {
        for (std::size_t column = 0; column < m_of.column->options.size(); ++column)
            page.heads.push_back({ m_of.column->options[column].label.in(m_language), std::to_string(column + 1) });
        std::map<std::string, std::int64_t> by_level;
        for (std::size_t at = m_of.row->options.size(); at-- > 0;) {
            MatrixRow line { m_of.row->options[at].label.in(m_language), std::to_string(at + 1), {} };
            for (std::size_t column = 0; column < m_of.column->options.size(); ++column) {
                auto cell = cell_at(at, column, counts);
                by_level[m_of.table->band(cell.value)->option] += cell.count;
                page.in_all += cell.count;
                line.cells.push_back(std::move(cell));
            }
            page.rows.push_back(std::move(line));
        }
        std::int64_t assessed = page.in_all;
        for (auto const& [pair, count] : counts)
            page.unassessed += count;
        page.unassessed -= assessed;
        add_levels(page, by_level);
    }

    [[nodiscard]] std::string step_of(std::string const& option) const
    {
        for (std::size_t at = 0; at < m_of.table->bands.size(); ++at)
            if (m_of.table->bands[at].option == option)
                return std::string { roman[std::min(at + 1, roman.size() - 1)] };
        return {};
    }
    [[nodiscard]] std::string look_of(std::string const& option) const
    {
        auto band = std::ranges::find(m_of.table->bands, option, &definition::Band::option);
        return band == m_of.table->bands.end() ? std::string { "hn" } : "h" + std::to_string(band->look);
    }
    [[nodiscard]] std::string words_of(std::string const& option) const
    {
        auto const* found = m_of.level->option(option);
        return found ? found->label.in(m_language) : option;
    }

private:
    MatrixCell cell_at(std::size_t row, std::size_t column, std::map<std::pair<std::string, std::string>, std::int64_t> const& counts) const
    {
        auto const& row_option = m_of.row->options[row];
        auto const& column_option = m_of.column->options[column];
        auto value = m_of.table->values[row][column];
        auto const* band = m_of.table->band(value);
        auto found = counts.find({ row_option.value, column_option.value });
        MatrixCell cell { look_of(band->option), column_option.label.in(m_language), words_of(band->option), step_of(band->option), value,
            found == counts.end() ? 0 : found->second };
        if (cell.count > 0)
            cell.link = { m_place.address("?f." + m_of.row->id + "=" + row_option.value + "&f." + m_of.column->id + "=" + column_option.value) };
        return cell;
    }

    void add_levels(MatrixPage& page, std::map<std::string, std::int64_t>& by_level) const
    {
        auto from = std::ranges::min(m_of.table->values.front());
        for (auto const& line : m_of.table->values)
            from = std::min(from, std::ranges::min(line));
        for (auto const& band : m_of.table->bands) {
            LevelLine level { words_of(band.option), look_of(band.option), step_of(band.option), fmt::format("{}\xE2\x80\x93{}", from, band.up_to), by_level[band.option] };
            if (level.count > 0)
                level.link = { m_place.address("?f." + m_of.level->id + "=" + band.option) };
            page.levels.push_back(std::move(level));
            from = band.up_to + 1;
        }
        std::ranges::reverse(page.levels);
    }

    Place const& m_place;
    Assessment const& m_of;
    text::Language m_language;
};

/// The records of the highest value, open ones only. Returns how many of them are not the asker's own.
std::int64_t add_top(storage::Reader& reader, Place const& place, Assessment const& of, MatrixMaker const& maker, text::Language language, MatrixPage& page)
{
    constexpr int shown = 7;
    Question question;
    question.sort = of.value;
    question.limit = shown;
    question.columns = { of.value, of.level };
    if (auto const* name = place.made->field(place.made->name))
        question.columns.push_back(name);
    for (auto const& state : place.made->states)
        if (!state.closed)
            question.states.push_back(state.id);
    auto listed = list(reader, place, question);
    if (!listed)
        return 0;
    std::int64_t others = 0;
    for (auto const& record : listed->records) {
        auto const* level = std::get_if<std::string>(&record.content.value(of.level->id));
        if (!level)
            continue;
        page.top.push_back({ title_of(*place.made, record, language), place.made->name.empty() ? std::string {} : called(*place.made, record), maker.words_of(*level),
            maker.look_of(*level), maker.step_of(*level), words_of(*of.value, record.content.value(of.value->id), place.unit.zone, language, {}), { address_of(record.id) },
            mark_of(*place.made, record.state, language) });
        others += is_own(*place.made, record, place.asker.person) ? 0 : 1;
    }
    return others;
}

/// How many stood at each level at the end of the last twelve months.
void add_months(storage::Reader& reader, Place const& place, Assessment const& of, MatrixMaker const& maker, text::Language language, MatrixPage& page)
{
    constexpr int shown = 12;
    auto again = reassessment_of(*place.made);
    if (!again)
        return;
    std::vector<std::string> months;
    auto today = place.asker.today;
    int last = today.year() * 12 + static_cast<int>(today.month()) - 1;
    for (int month = last - shown + 1; month <= last; ++month)
        months.push_back(fmt::format("{:04}-{:02}", month / 12, month % 12 + 1));
    auto by_month = levels_by_month(reader, place, *again, months);
    for (auto const& month : months) {
        if (by_month[month].empty())
            continue;
        MonthLine line { month_words(month, language), {} };
        for (auto band = of.table->bands.rbegin(); band != of.table->bands.rend(); ++band)
            line.cells.push_back({ maker.look_of(band->option), maker.words_of(band->option), maker.words_of(band->option), maker.step_of(band->option), 0,
                by_month[month][band->option] });
        page.months.push_back(std::move(line));
    }
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, MatrixPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        auto assessments = assessments_of(*place.made);
        std::erase_if(assessments, [&](Assessment const& each) { return !place.rights.sees(*each.level, false); });
        if (assessments.empty())
            return not_found();
        if (!place.lists())
            return forbidden("record.forbidden.read");
        auto asked = visit.request.query.text("of");
        auto of = std::ranges::find_if(assessments, [&](Assessment const& each) { return each.level->id == asked; });
        if (of == assessments.end())
            of = assessments.begin();
        MatrixPage page { place.made->title.in(language), of->level->label.in(language), of->row->label.in(language), of->column->label.in(language), of->table->source };
        for (auto const& each : assessments)
            page.choices.push_back({ each.level->label.in(language), { place.address("/matrix?of=" + each.level->id) }, 0, each.level == of->level });
        page.all = { place.address() };
        MatrixMaker maker { place, *of, language };
        maker.fill(page, count_cells(reader, place, *of));
        if (of->value)
            note_read(visit, around, place, ReadAct::Listed, add_top(reader, place, *of, maker, language, page));
        add_months(reader, place, *of, maker, language, page);
        if (page.in_all == 0)
            page.nothing = view::EmptyState { { "record.matrix.nothing" }, view::Sentence { "record.matrix.nothing_why" }, page.all, { "record.bulk.back" } };
        return std::pair { place, page };
    }));
    auto frame = frame_of(visit, place, { "record.matrix.title" });
    frame.crumbs.push_back({ { "record.matrix.title" }, {} });
    return visit.page("record/matrix", page, frame);
}

}

void register_matrix_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<MatrixPage>(router, "/units/{unit}/registers/{register}/matrix", "record.read", [around](account::Visit& visit) { return show(visit, around); });
}

}
