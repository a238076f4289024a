#include "paper/words.hpp"
#include "report/papers.hpp"
#include "view/words.hpp"
#include <algorithm>

namespace kpuhub::report {

using codec::Align;
using codec::Paragraph;
using codec::TableCell;
using codec::TextLook;

static constexpr auto dots = "....................";

/// A field: the text itself, a day as "Senin, 3 Juni 2026" ({x_day}), "3 Juni 2026" ({x}), or in words ({x_words}).
static std::string field_value(std::string_view name, Content const& content)
{
    std::string_view how;
    for (std::string_view const ending : { "_words", "_day" })
        if (name.ends_with(ending) && content.texts.contains(name.substr(0, name.size() - ending.size()))) {
            how = ending;
            name.remove_suffix(ending.size());
        }
    auto const& text = content.text(name);
    auto const day = time::Date::from_iso(text);
    if (!day)
        return text.empty() ? dots : text;
    if (how == "_words")
        return paper::day_in_words(*day);
    auto const printed = paper::printed_date(*day);
    return how == "_day" ? std::string { view::day_name(day->weekday(), view::Language::Indonesian) } + ", " + printed : printed;
}

static std::string value_of(std::string_view name, Content const& content, Facts const& facts)
{
    if (name == "unit")
        return paper::office_name(facts.unit_name);
    if (name == "year")
        return std::to_string(content.year);
    if (name == "period")
        return period(content.year, content.period).value_or(Period { content.year, "Y" }).words();
    if (name == "number")
        return facts.number.empty() ? dots : facts.number;
    if (name == "date")
        return facts.dated_on ? paper::printed_date(*facts.dated_on) : dots;
    if (name == "place")
        return facts.place.empty() ? dots : facts.place;
    return field_value(name, content);
}

/// What people typed is never filled itself.
std::string filled(std::string_view text, Content const& content, Facts const& facts)
{
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        auto const open = text.find('{', at);
        auto const close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos)
            return made + std::string { text.substr(at) };
        made += text.substr(at, open - at);
        made += value_of(text.substr(open + 1, close - open - 1), content, facts);
        at = close + 1;
    }
    return made;
}

std::string title_of(FormDefinition const& form, Content const& content, std::string const& unit_name) { return filled(form.title, content, { unit_name }); }

Paragraph heading(std::string text, double after_mm)
{
    TextLook look;
    look.align = Align::Centre;
    look.bold = true;
    return { std::move(text), look, 0, after_mm, true };
}

Paragraph subheading(std::string text)
{
    TextLook look;
    look.bold = true;
    return { std::move(text), look, 0, 1.5, true };
}

Paragraph gap()
{
    TextLook look;
    look.points = 5;
    return { "\u00a0", look, 0, 0 };
}

codec::List numbered(std::vector<std::string> const& items)
{
    codec::List list;
    for (auto const& item : items)
        list.items.push_back({ std::to_string(list.items.size() + 1) + ".", item });
    return list;
}

TableCell head_cell(int row, int column, std::string text, int rows, int columns)
{
    TextLook look;
    look.align = Align::Centre;
    look.bold = true;
    return { row, column, std::move(text), rows, columns, look, true };
}

TableCell centred_cell(int row, int column, std::string text)
{
    TextLook look;
    look.align = Align::Centre;
    return { row, column, std::move(text), 1, 1, look };
}

std::string bar_of(std::int64_t part, std::int64_t all)
{
    constexpr std::int64_t boxes = 10;
    auto const full = all > 0 ? std::min((part * boxes + all / 2) / all, boxes) : 0;
    std::string bar;
    for (std::int64_t box = 0; box < boxes; ++box)
        bar += box < full ? "█" : "░";
    return bar;
}

std::string standing(Records const& records, plan::Deliverable const& due)
{
    auto words = state_words(due.state);
    if (records.late(due))
        words += ", terlambat " + std::to_string(time::days_between(due.due_on, records.as_of)) + " hari";
    else if (records.backfilled(due) && due.state != plan::State::Verified)
        words += " (diisi mundur)";
    return words;
}

static codec::SignatureColumn column(Signer const& signer, Facts const& facts, bool with_place)
{
    paper::Signing how;
    how.heading = signer.heading;
    if (with_place) {
        how.place = facts.place.empty() ? dots : facts.place;
        how.date = facts.dated_on;
    }
    if (facts.edition == paper::Edition::Copy)
        how.mark = paper::Mark::Ttd;
    auto made = paper::signature(signer.who, how);
    std::erase(made.above, std::string { "," });        // a place without a post has its heading only
    return made;
}

void put_signatures(std::vector<codec::Block>& blocks, std::string_view layout, Content const& content, Facts const& facts)
{
    auto const& signers = content.signers;
    if (layout == "members") {
        std::vector<codec::SignatureColumn> all;
        for (auto const& each : signers)
            all.push_back(column(each, facts, false));
        for (auto& each : all)
            each.space_mm = 12;
        for (auto& row : paper::side_by_side(std::move(all), 3))
            blocks.push_back(std::move(row));
    } else if (layout == "pair" && signers.size() >= 2) {
        blocks.emplace_back(paper::pair(column(signers[0], facts, false), column(signers[1], facts, true)));
        if (signers.size() > 2)
            blocks.emplace_back(codec::SignatureBlock { { column(signers[2], facts, false) } });
    } else if (!signers.empty()) {
        blocks.emplace_back(paper::at_right(column(signers[0], facts, true)));
    }
    if (facts.edition == paper::Edition::Preview && !facts.initials.empty()) {
        std::vector<paper::Initial> all;
        for (auto const& each : facts.initials)
            all.push_back({ each.post, each.name, time::date_at(each.at, time::Zone::Wib) });
        blocks.emplace_back(paper::initials_table(all));
    }
    if (!facts.code.empty())
        blocks.emplace_back(paper::verification_code(facts.public_url, facts.code));
}

codec::Paper framed(std::string title, codec::Section section, Facts const& facts)
{
    codec::Paper paper { std::move(title), facts.size };
    paper.points = 11;
    paper.stamp = facts.edition == paper::Edition::Preview ? "KONSEP" : facts.edition == paper::Edition::Copy ? "SALINAN" : "";
    paper.sections.push_back(std::move(section));
    return paper;
}

}
