#include "paper/signers.hpp"
#include "record/card.hpp"
#include "record/input.hpp"
#include "record/list_model.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::record {

using definition::Field;

namespace {

constexpr int most_asked = 200;
constexpr int months_shown = 12;
constexpr int forms_shown = 25;             ///< the others are filled in on their own pages

/// What one record was asked in the month: its row, or the form of it.
struct CardRow {
    std::string title, name;
    view::Link link, add {}, end {};
    std::vector<Cell> facts, cells;
    std::vector<InputGroup> inputs {};
    bool missing = false;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("name", name);
        v.field("link", link);
        v.field("add", add);
        v.field("end", end);
        v.list("facts", facts);
        v.list("cells", cells);
        v.list("inputs", inputs);
        v.field("missing", missing);
    }
};

/// A month of the year: how many were asked and how many are missing.
struct CardMonth {
    std::string month, words;
    view::Link link;
    std::int64_t filled = 0, missing = 0;
    bool current = false, begun = true;
    void describe(view::Visitor& v) const
    {
        v.field("month", month);
        v.field("words", words);
        v.field("link", link);
        v.field("filled", filled);
        v.field("missing", missing);
        v.field("current", current);
        v.field("begun", begun);
    }
};

struct CardResult {
    std::string label;
    std::int64_t count = 0;
    void describe(view::Visitor& v) const
    {
        v.field("label", label);
        v.field("count", count);
    }
};

struct CardSigner {
    std::string title, name;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("name", name);
    }
};

struct CardPage {
    std::string title, office, month, month_name, period_field;
    view::Year year;
    std::int64_t asked = 0, filled = 0;
    bool whole = false;
    std::vector<CardRow> rows {};
    std::vector<CardMonth> months {};
    std::vector<CardResult> results {};
    std::vector<CardSigner> signers {};
    view::Link earlier {}, later {}, all {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("office", office);
        v.field("month", month);
        v.field("month_name", month_name);
        v.field("period_field", period_field);
        v.field("year", year);
        v.field("asked", asked);
        v.field("filled", filled);
        v.field("whole", whole);
        v.list("rows", rows);
        v.list("months", months);
        v.list("results", results);
        v.list("signers", signers);
        v.field("earlier", earlier);
        v.field("later", later);
        v.field("all", all);
        v.field("nothing", nothing);
    }
};

/// The records that are asked: those in the states of the card, oldest first.
Result<std::vector<Record>> records_asked(storage::Reader& reader, Place const& place)
{
    Question question;
    question.states = place.made->card->states;
    question.descending = false;
    question.limit = most_asked;
    for (auto const& id : place.made->columns)
        if (auto const* field = place.made->field(id); field && place.rights.sees(*field, false))
            question.columns.push_back(field);
    if (auto const* name = place.made->field(place.made->name); name && std::ranges::find(question.columns, name) == question.columns.end())
        question.columns.push_back(name);
    if (auto const* owner = place.made->field(place.made->access.owner); owner && std::ranges::find(question.columns, owner) == question.columns.end())
        question.columns.push_back(owner);
    return TRY(list(reader, place, question)).records;
}

/// A record is asked from the month in which it was made.
bool asked_in(Record const& record, std::string const& month, time::Zone zone) { return time::date_at(record.created_at, zone).iso().substr(0, 7) <= month; }

class CardMaker {
public:
    CardMaker(Place const& place, Field const& list, text::Language language) : m_place(place), m_list(list), m_language(language) {}

    CardRow row(Record const& record, MonthRow const* filled, InputSource const& source, std::string const& month)
    {
        auto const& made = *m_place.made;
        CardRow line { title_of(made, record, m_language), made.name.empty() ? std::string {} : called(made, record), { address_of(record.id) } };
        for (auto const& id : made.columns)
            if (auto const* field = made.field(id); field && id != made.name && record.content.filled(*field))
                line.facts.push_back(cell_for(*field, record, m_place, m_language));
        line.missing = !filled;
        auto address = address_of(record.id) + "/rows/" + m_list.id;
        bool edits = may_edit(m_place, record);
        if (filled) {
            Record as_record;
            as_record.content = filled->content;
            as_record.names = filled->names;
            for (auto const& field : m_list.children)
                if (field.id != made.card->period && as_record.content.filled(field))
                    line.cells.push_back(cell_for(field, as_record, m_place, m_language));
            if (edits)
                line.end = { address + "/" + std::to_string(filled->id) + "/end" };
        } else if (edits && month <= m_place.asker.today.iso().substr(0, 7) && m_forms-- > 0) {
            line.add = { address };
            line.inputs = inputs(record, source);
        }
        return line;
    }

private:
    /// Every row has its own ids on the page: "c.result" would stand there many times.
    std::vector<InputGroup> inputs(Record const& record, InputSource const& source) const
    {
        auto groups = child_inputs(source, m_list);
        std::erase_if(groups, [&](InputGroup const& each) { return each.input.name == "c." + m_place.made->card->period; });
        for (auto& group : groups)
            group.input.id = group.input.name + "-" + std::to_string(record.id.value);
        return groups;
    }

    Place const& m_place;
    Field const& m_list;
    text::Language m_language;
    int m_forms = forms_shown;
};

void add_months(CardPage& page, Place const& place, std::vector<Record> const& records, std::map<std::int64_t, std::vector<MonthRow>> const& rows, text::Language language)
{
    auto this_month = place.asker.today.iso().substr(0, 7);
    for (int number = 1; number <= months_shown; ++number) {
        auto month = fmt::format("{:04}-{:02}", page.year.number, number);
        CardMonth line { month, month_words(month, language), { place.address("/card?month=" + month) } };
        line.current = month == page.month;
        line.begun = month <= this_month;
        for (auto const& record : records) {
            auto found = rows.find(record.id.value);
            bool filled = found != rows.end() && std::ranges::any_of(found->second, [&](MonthRow const& each) { return each.period == month; });
            line.filled += filled ? 1 : 0;
            line.missing += !filled && line.begun && asked_in(record, month, place.unit.zone) ? 1 : 0;
        }
        page.months.push_back(std::move(line));
    }
}

/// The month asked for, or the one before this day's: a card is filled once its month is over.
std::string month_of(account::Visit const& visit)
{
    auto asked = visit.request.query.text("month");
    if (is_month(asked))
        return asked;
    auto const today = visit.reader.today;
    int months = today.year() * 12 + static_cast<int>(today.month()) - 2;
    return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

void add_neighbours(CardPage& page, Place const& place)
{
    int months = page.year.number * 12 + std::stoi(page.month.substr(5)) - 1;
    page.earlier = { place.address(fmt::format("/card?month={:04}-{:02}", (months - 1) / 12, (months - 1) % 12 + 1)) };
    page.later = { place.address(fmt::format("/card?month={:04}-{:02}", (months + 1) / 12, (months + 1) % 12 + 1)) };
    page.all = { place.address() };
}

CardPage nothing_to_ask(CardPage page, Place const& place)
{
    bool creates = place.rights.creates();
    page.nothing = view::EmptyState { { "record.card.nothing" }, view::Sentence { "record.card.nothing_why" }, creates ? view::Link { place.address("/new") } : page.all,
        { creates ? "record.list.add" : "record.bulk.back" } };
    return page;
}

Result<CardPage> make_page(storage::Reader& reader, Place const& place, std::string const& month, text::Language language)
{
    auto const& made = *place.made;
    auto const& list = *made.field(made.card->list);
    CardPage page { made.title.in(language), place.unit.name, month, month_words(month, language), made.card->period, { std::stoi(month.substr(0, 4)) } };
    add_neighbours(page, place);
    auto records = TRY(records_asked(reader, place));
    auto rows = rows_of_year(reader, place, list, records, page.year.number);
    InputSource source { place, language };
    read_choices(reader, place, { &list }, source);
    CardMaker maker { place, list, language };
    std::map<std::string, std::int64_t> results;
    for (auto const& record : records) {
        auto const& own = rows[record.id.value];
        auto filled = std::ranges::find(own, month, &MonthRow::period);
        bool is_filled = filled != own.end();
        if (!is_filled && !asked_in(record, month, place.unit.zone))
            continue;
        page.asked += 1;
        page.filled += is_filled ? 1 : 0;
        if (auto const* result = is_filled ? std::get_if<std::string>(&filled->content.value(made.card->result)) : nullptr)
            results[*result] += 1;
        page.rows.push_back(maker.row(record, is_filled ? &*filled : nullptr, source, month));
    }
    page.whole = page.asked > 0 && page.filled == page.asked;
    for (auto const& option : card_field(list, made.card->result).options)
        page.results.push_back({ option.label.in(language), results[option.value] });
    add_months(page, place, records, rows, language);
    if (page.rows.empty())
        return nothing_to_ask(std::move(page), place);
    for (auto const& signer : paper::signers_of(reader, place.unit.id, place.unit.name, place.asker.today))
        if (signer.kind != "head")
            page.signers.push_back({ signer.title, signer.who.name });
    return page;
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, CardPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        if (!place.made->card)
            return not_found();
        if (!place.lists())
            return forbidden("record.forbidden.read");
        auto page = TRY(make_page(reader, place, month_of(visit), language));
        return std::pair { place, page };
    }));
    auto frame = frame_of(visit, place, { "record.card.title", { page.month_name } });
    frame.crumbs.push_back({ view::plain(page.month_name), {} });
    if (visit.request.query.text("saved") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.saved" } };
    return visit.page("record/card", page, frame);
}

}

void register_card_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<CardPage>(router, "/units/{unit}/registers/{register}/card", "record.read", [around](account::Visit& visit) { return show(visit, around); });
}

}
