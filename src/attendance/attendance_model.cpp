#include "attendance/attendance_model.hpp"
#include "paper/words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::attendance {

void AttendeeLine::describe(view::Visitor& v) const
{
    v.field("row", row);
    v.field("name", name);
    v.field("institution", institution);
    v.field("guest", guest);
    v.field("came_at", came_at);
    v.field("strike", strike);
}

void StruckLine::describe(view::Visitor& v) const
{
    v.field("who", who);
    v.field("reason", reason);
    v.field("by", by);
}

void ListPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.field("place", place);
    v.field("held_on", held_on);
    v.field("came", came);
    v.field("host", host);
    v.field("open", open);
    v.field("opened", opened);
    v.field("closes", closes);
    v.list("rows", rows);
    v.list("struck", struck);
    v.field("guest", guest);
    v.field("institution", institution);
    v.field("screen", screen);
    v.field("paper", paper);
    v.field("record", record);
    v.field("to_open", to_open);
    v.field("to_rows", to_rows);
    v.field("to_closing", to_closing);
    v.field("nothing", nothing);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void ScreenPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.field("place", place);
    v.field("held_on", held_on);
    v.field("came", came);
    v.field("newest", newest);
    v.field("open", open);
    v.field("address", address);
    v.field("code", code);
    v.field("list", list);
    v.field("seconds", seconds);
    v.list("rows", rows);
}

void SignPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.field("place", place);
    v.field("person", person);
    v.field("held_on", held_on);
    v.field("good", good);
    v.field("done", done);
    v.field("before", before);
    v.field("staff", staff);
    v.field("ticket", ticket);
    v.field("guest", guest);
    v.field("institution", institution);
    v.field("action", action);
    v.field("sign_in", sign_in);
    v.field("home", home);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

AttendeeLine line_of(Event const& event, Attendee const& each, bool host)
{
    AttendeeLine line { each.row, each.name, each.institution, each.guest };
    if (each.came_at)
        line.came_at = view::Moment { *each.came_at, event.at.place.unit.zone };
    if (host)
        line.strike = { fmt::format("/records/{}/attendance/rows/{}/end", event.record.value, each.row) };
    return line;
}

/// Papers are Indonesian whatever language the pages have.
codec::Paper list_paper(Event const& event, std::vector<Attendee> const& all, std::vector<paper::OfficeSigner> const& signers, time::Date today)
{
    constexpr int spare_rows = 5;
    auto const& unit = event.at.place.unit;
    codec::Paper paper;
    paper.title = "Daftar hadir " + event.text(event.fields->name);
    paper.size = codec::PaperSize::A4;
    paper.points = 11;
    codec::Section section;
    section.margin_mm = 20;
    section.blocks = paper::letterhead(paper::office_name(unit.name), {});
    codec::TextLook heading;
    heading.align = codec::Align::Centre;
    heading.bold = true;
    section.blocks.emplace_back(codec::Paragraph { "DAFTAR HADIR", heading });
    codec::LabelRows facts;
    facts.rows.push_back({ "Kegiatan", event.text(event.fields->name) });
    auto const day = time::Date::from_iso(event.text(event.fields->held_on));
    facts.rows.push_back({ "Tanggal", day ? paper::printed_date(*day) : std::string { "...." } });
    facts.rows.push_back({ "Tempat", event.text(event.fields->place) });
    facts.rows.push_back({ "Jumlah hadir", std::to_string(all.size()) + " orang" });
    section.blocks.emplace_back(std::move(facts));
    std::vector<paper::Signatory> people;
    for (auto const& each : all)
        people.push_back({ each.institution.empty() ? (each.guest ? std::string {} : unit.name) : each.institution, each.name });
    std::ranges::reverse(people);               // in the order in which they came
    section.blocks.emplace_back(paper::signature_list(people, spare_rows));
    auto const secretary = std::ranges::find(signers, "secretary", &paper::OfficeSigner::kind);
    auto const signer = secretary != signers.end() ? secretary : signers.begin();
    if (signer != signers.end())
        section.blocks.emplace_back(paper::at_right(paper::signature(signer->who, { {}, paper::place_of_office(unit.name), day.value_or(today), {}, paper::Mark::Space, false })));
    paper.sections.push_back(std::move(section));
    return paper;
}

}
