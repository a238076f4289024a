#include "campaign/campaign_model.hpp"
#include "record/value.hpp"
#include "text/escape.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

namespace kpuhub::campaign {

using definition::CampaignKind;
using text::Language;

std::string title_of(CampaignKind const& kind, std::string const& period, Language language) { return kind.title.in(language) + " " + period; }

namespace {

constexpr std::array<std::string_view, 4> meanings { "open", "filed", "accepted", "exempt" };

record::OwedValues const* values_of(std::vector<record::OwedValues> const& all, SubjectId id)
{
    auto const found = std::ranges::find(all, id, &record::OwedValues::id);
    return found == all.end() ? nullptr : &*found;
}

/// Words of a field that stands beside the names.
std::string value_words(CampaignParts const& parts, record::OwedValues const& values, definition::Field const& field)
{
    auto const& value = values.content.value(field.id);
    if (!values.content.filled(field))
        return {};
    if (field.kind == definition::FieldKind::Date)
        if (auto const day = time::Date::from_iso(std::get<std::string>(value)))
            return view::short_date(*day, parts.language);
    return record::cell_of(field, value, parts.zone, {});
}

PersonLine line_of(CampaignParts const& parts, Person const& person)
{
    auto const& campaign = parts.campaign;
    auto const& made = *campaign.kind->made;
    auto const meaning = std::string { meanings.at(static_cast<std::size_t>(person.meaning)) };
    PersonLine line { person.name, person.post_title, person.subdivision, { fmt::format("/records/{}", person.record.value) }, { meaning, "campaign.meaning." + meaning } };
    if (auto const* state = made.state(person.state))
        line.state = state->label.in(parts.language);
    if (auto const* values = values_of(parts.values, person.record))
        for (auto const& id : campaign.kind->shows)
            if (auto const* field = made.field(id))
                if (auto const words = value_words(parts, *values, *field); !words.empty())
                    line.facts.push_back(field->label.in(parts.language) + ": " + words);
    line.due_on = person.due_on;
    line.own_day = person.due_on != campaign.due_on;
    line.late = person.missing() && person.due_on < parts.today;
    line.reminded_on = person.meaning == Meaning::Open ? person.reminded_on : std::nullopt;
    if (campaign.may_accept && person.meaning == Meaning::Filed && person.here && person.id != parts.reader)
        line.item = fmt::format("{}:{}", person.record.value, person.version);
    return line;
}

bool shown(CampaignParts const& parts, Person const& person)
{
    if (!parts.subdivision.empty() && parts.subdivision != person.subdivision && !(parts.subdivision == "-" && person.subdivision.empty()))
        return false;
    return parts.show.empty() || parts.show == "all" || (parts.show == "missing") == (person.meaning == Meaning::Open);
}


void add_filters(CampaignParts const& parts, CampaignPage& page, std::string const& address)
{
    auto const count = [&](std::string const& show, std::string const& subdivision) {
        CampaignParts narrowed { parts };
        narrowed.show = show;
        narrowed.subdivision = subdivision;
        return std::ranges::count_if(parts.people, [&](Person const& person) { return person.counted() && shown(narrowed, person); });
    };
    auto const of = parts.subdivision.empty() ? std::string {} : "&subdivision=" + text::url_part(parts.subdivision);
    page.shows = { { { address + "?show=all" + of }, { "campaign.show.all" }, count("all", parts.subdivision), parts.show.empty() || parts.show == "all" },
        { { address + "?show=missing" + of }, { "campaign.show.missing" }, count("missing", parts.subdivision), parts.show == "missing" }, { { address + "?show=filed" + of }, { "campaign.show.filed" }, count("filed", parts.subdivision), parts.show == "filed" } };
    std::set<std::string> names;                // "-": leaders and the secretary, who stand in none
    for (auto const& person : parts.people)
        if (person.counted())
            names.insert(person.subdivision.empty() ? "-" : person.subdivision);
    auto const show = parts.show.empty() ? std::string { "all" } : parts.show;
    for (auto const& name : names)
        page.subdivisions.push_back({ { fmt::format("{}?show={}&subdivision={}", address, show, text::url_part(name)) }, name == "-" ? view::Sentence { "campaign.remind.leaders" } : view::plain(name),
            count(show, name), parts.subdivision == name });
    if (!parts.subdivision.empty())
        page.subdivisions.insert(page.subdivisions.begin(), { { fmt::format("{}?show={}", address, show) }, { "campaign.all_subdivisions" }, count(show, {}), false });
}

}

CampaignPage campaign_page(CampaignParts const& parts)
{
    auto const& campaign = parts.campaign;
    auto const address = fmt::format("/campaigns/{}", campaign.id.value);
    auto const& counts = parts.counts;
    CampaignPage page { title_of(*campaign.kind, campaign.period, parts.language), campaign.unit_name, campaign.kind->lead.in(parts.language), campaign.ordered_by, campaign.due_on,
        campaign.closed_on, campaign.open() && campaign.due_on < parts.today && counts.filed < counts.asked, campaign.open() && !campaign.all_asked, campaign.reads_names, campaign.may_run && campaign.open(),
        campaign.may_accept, campaign.version, counts.asked, counts.filed, counts.accepted, counts.asked - counts.filed, counts.exempt, counts.left, counts.share(), counts.complete() };
    for (auto const& person : parts.people) {
        if (person.id == parts.reader && person.here)
            page.own = { fmt::format("/c/{}", campaign.id.value) };
        if (!campaign.reads_names)
            continue;
        if (!person.counted())
            page.apart.push_back(line_of(parts, person));
        else if (shown(parts, person))
            page.people.push_back(line_of(parts, person));
        page.reachable += person.missing() && person.reachable ? 1 : 0;
    }
    page.to_accept = std::ranges::count_if(page.people, [](auto const& line) { return !line.item.empty(); });
    for (auto const& each : parts.newcomers)
        page.newcomers.push_back({ each.name, each.post_title });
    if (campaign.reads_names)
        add_filters(parts, page, address);
    if (counts.asked == 0 && campaign.all_asked)
        page.nothing = view::EmptyState { { "campaign.nobody_asked" }, view::Sentence { "campaign.nobody_asked_why" },
            { fmt::format("/units/{}/duties/{}", campaign.unit_code, campaign.kind->duty) }, { "campaign.to_duty" } };
    page.left_over = campaign.left_over;
    if (campaign.before && campaign.left_over > 0)
        page.before = { fmt::format("/campaigns/{}?show=missing", campaign.before.value) };
    page.to_reminders = { address + "/reminders" };
    page.to_acceptance = { address + "/acceptance" };
    page.to_people = { address + "/people" };
    page.to_closing = { address + "/closing" };
    if (campaign.may_run && !campaign.open())
        page.to_reopening = { address + "/reopening" };
    if (campaign.reads_names) {
        page.sheet = { address + "/sheet" };
        page.csv = { address + "/sheet?form=csv" };
        page.paper = { address + "/list.pdf" };
    }
    return page;
}

std::string reminder_text(Campaign const& campaign, std::vector<Person> const& people, text::Messages const& messages, Language language, std::string const& public_url)
{
    std::map<std::string, std::string> missing;
    for (auto const& person : people)
        if (person.missing())
            missing[person.subdivision] += "- " + person.name + "\n";
    if (missing.empty())
        return {};
    auto const counts = counts_of(people);
    std::string const arguments[] = { title_of(*campaign.kind, campaign.period, language), view::short_date(campaign.due_on, language), std::to_string(counts.filed), std::to_string(counts.asked) };
    auto text = messages.text("campaign.remind.head", language, arguments) + "\n";
    for (auto const& [subdivision, names] : missing)
        text += "\n*" + (subdivision.empty() ? messages.text("campaign.remind.leaders", language) : subdivision) + "*\n" + names;
    std::string const link[] = { fmt::format("{}/c/{}", public_url, campaign.id.value) };
    return text + "\n" + messages.text("campaign.remind.link", language, link) + "\n";
}

codec::Sheet campaign_sheet(CampaignParts const& parts, text::Messages const& messages)
{
    auto const word = [&](std::string_view key) { return messages.text(key, parts.language); };
    auto const& kind = *parts.campaign.kind;
    codec::Sheet sheet { word("campaign.sheet.name") };
    sheet.widths = { 5, 32, 24, 34, 34, 22, 16 };
    sheet.cells.push_back({ 0, 0, title_of(kind, parts.campaign.period, parts.language) + ", " + parts.campaign.unit_name, codec::CellLook::Title });
    std::vector<std::string> heads { word("campaign.sheet.no"), word("campaign.sheet.person"), word("campaign.sheet.number"), word("campaign.sheet.post"), word("campaign.sheet.subdivision"),
        word("campaign.sheet.state"), word("campaign.sheet.due") };
    for (auto const& id : kind.shows) {
        heads.push_back(kind.made->field(id)->label.in(parts.language));
        sheet.widths.push_back(24);
    }
    sheet.heading_first = sheet.heading_last = 2;
    for (std::size_t column = 0; column < heads.size(); ++column)
        sheet.cells.push_back({ 2, static_cast<int>(column), heads[column], codec::CellLook::Heading });
    int row = 3;
    for (auto const& person : parts.people) {
        auto const line = line_of(parts, person);
        auto state = person.here ? line.state : word("campaign.left");
        std::vector<std::string> cells { person.name, person.number, person.post_title, person.subdivision, state, view::short_date(person.due_on, parts.language) };
        auto const* values = values_of(parts.values, person.record);
        for (auto const& id : kind.shows)
            cells.push_back(values ? value_words(parts, *values, *kind.made->field(id)) : std::string {});
        sheet.cells.push_back({ row, 0, std::int64_t { row - 2 } });
        for (std::size_t column = 0; column < cells.size(); ++column)
            sheet.cells.push_back({ row, static_cast<int>(column) + 1, cells[column] });
        ++row;
    }
    sheet.cells.push_back({ row, 1, word("campaign.sheet.sum"), codec::CellLook::Heading });
    sheet.cells.push_back({ row, 2, parts.counts.filed });
    sheet.cells.push_back({ row, 3, parts.counts.asked });
    sheet.cells.push_back({ row, 4, codec::SheetShare { parts.counts.filed, parts.counts.asked } });
    return sheet;
}

MatrixPage matrix_page(CampaignKind const& kind, std::string const& period, organization::Unit const& unit, std::vector<Branch> const& branches, Language language)
{
    MatrixPage page { title_of(kind, period, language), unit.name };
    auto const own = fmt::format("/units/{}/campaigns", unit.code);
    for (auto const& branch : branches) {
        bool const one = branch.own || branch.units == 1;
        BranchLine line { branch.code, branch.name, {}, !one, branch.running == 0, branch.units, branch.running, branch.counts.asked, branch.counts.filed, branch.counts.accepted,
            branch.counts.share(), branch.counts.complete() };
        if (!one)
            line.link = { fmt::format("/units/{}/campaigns/{}/{}", branch.code, kind.matter, period) };
        else if (branch.campaign)
            line.link = { fmt::format("/campaigns/{}", branch.campaign.value) };
        else
            line.link = { fmt::format("/units/{}/campaigns", branch.code) };
        page.units += line.units;
        page.running += line.running;
        page.asked += line.asked;
        page.filed += line.filed;
        page.accepted += line.accepted;
        page.branches.push_back(std::move(line));
    }
    page.share = { page.filed, page.asked };
    page.complete = { page.accepted, page.asked };
    page.list = { own };
    page.sheet = { fmt::format("{}/{}/{}/sheet", own, kind.matter, period) };
    page.csv = { page.sheet.address + "?form=csv" };
    auto const year = std::stoi(period);
    for (int each = year - 1; each <= year + 1; ++each)
        page.years.push_back({ { fmt::format("{}/{}/{}", own, kind.matter, each) }, view::plain(std::to_string(each)), 0, each == year });
    if (page.running == 0)
        page.nothing = view::EmptyState { { "campaign.matrix.none" }, view::Sentence { "campaign.matrix.none_why" }, page.list, { "campaign.to_list" } };
    return page;
}

codec::Sheet matrix_sheet(MatrixPage const& page, text::Messages const& messages, Language language)
{
    auto const word = [&](std::string_view key) { return messages.text(key, language); };
    codec::Sheet sheet { word("campaign.sheet.name") };
    sheet.widths = { 9, 36, 12, 12, 12, 12, 12, 12, 12 };
    sheet.cells.push_back({ 0, 0, page.title + ", " + page.unit_name, codec::CellLook::Title });
    sheet.heading_first = sheet.heading_last = 2;
    int column = 0;
    for (auto const* key : { "campaign.sheet.code", "campaign.sheet.office", "campaign.sheet.offices", "campaign.sheet.running", "campaign.sheet.asked", "campaign.sheet.filed", "campaign.sheet.share",
             "campaign.sheet.accepted", "campaign.sheet.complete" })
        sheet.cells.push_back({ 2, column++, word(key), codec::CellLook::Heading });
    auto const add = [&](int row, std::string const& code, std::string const& name, std::array<std::int64_t, 5> const& numbers) {
        auto const& [units, running, asked, filed, accepted] = numbers;
        sheet.cells.insert(sheet.cells.end(), { { row, 0, code }, { row, 1, name }, { row, 2, units }, { row, 3, running }, { row, 4, asked }, { row, 5, filed },
            { row, 6, codec::SheetShare { filed, asked } }, { row, 7, accepted }, { row, 8, codec::SheetShare { accepted, asked } } });
    };
    int row = 3;
    for (auto const& line : page.branches)
        add(row++, line.code, line.name, { line.units, line.running, line.asked, line.filed, line.accepted });
    add(row, {}, word("campaign.sheet.sum"), { page.units, page.running, page.asked, page.filed, page.accepted });
    return sheet;
}

}
