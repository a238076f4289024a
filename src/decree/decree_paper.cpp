#include "decree/decree_paper.hpp"
#include "paper/words.hpp"
#include "plan/plan_sheet.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace kpuhub::decree {

using codec::Align;
using codec::LabelRow;
using codec::ListItem;
using codec::Paragraph;
using codec::TableCell;
using codec::TextLook;

namespace {

constexpr auto dots = "....................";

TextLook centred(bool bold = false)
{
    TextLook look;
    look.align = Align::Centre;
    look.bold = bold;
    return look;
}

/// Fills the placeholders of a text; nothing when it names minutes that there are none.
class Filler {
public:
    Filler(Wording const& wording, DecreeFacts const& facts) : m_facts(facts), m_unit(paper::office_name(facts.unit_name))
    {
        m_subject = *this->operator()(wording.subject);
    }

    std::optional<std::string> operator()(std::string_view text) const
    {
        bool const draft = m_facts.edition == paper::Edition::Preview;
        if (text.find("{minutes_") != std::string_view::npos && m_facts.minutes_number.empty() && !draft)
            return {};
        std::string made;
        for (std::size_t at = 0; at < text.size();) {
            auto const open = text.find('{', at);
            auto const close = open == std::string_view::npos ? open : text.find('}', open);
            if (close == std::string_view::npos)
                return made + std::string { text.substr(at) };
            made += std::string { text.substr(at, open - at) } + value(text.substr(open + 1, close - open - 1));
            at = close + 1;
        }
        return made;
    }
    [[nodiscard]] std::string const& subject() const { return m_subject; }
    [[nodiscard]] std::string const& unit() const { return m_unit; }

private:
    [[nodiscard]] std::string value(std::string_view name) const
    {
        if (name == "unit")
            return m_unit;
        if (name == "year")
            return std::to_string(m_facts.year);
        if (name == "subject")
            return m_subject;
        if (name == "minutes_number")
            return m_facts.minutes_number.empty() ? dots : m_facts.minutes_number;
        if (name == "minutes_on")
            return m_facts.minutes_on ? paper::printed_date(*m_facts.minutes_on) : dots;
        return "{" + std::string { name } + "}";
    }

    DecreeFacts const& m_facts;
    std::string m_unit;
    std::string m_subject;
};

/// Entries with labels; one that begins with "- " goes numbered below the one before.
template<typename Label>
std::vector<ListItem> items_of(std::vector<std::string> const& entries, Filler const& fill, Label const& label)
{
    std::vector<ListItem> items;
    for (auto const& entry : entries) {
        bool const below = entry.starts_with("- ") && !items.empty();
        auto const text = fill(below ? std::string_view { entry }.substr(2) : std::string_view { entry });
        if (!text)
            continue;
        if (below)
            items.back().items.push_back({ std::to_string(items.back().items.size() + 1) + ".", *text });
        else
            items.push_back({ label(static_cast<int>(items.size()) + 1), *text });
    }
    return items;
}

std::string numbered(int number) { return std::to_string(number) + "."; }
std::string lettered(int number) { return paper::letter(number) + "."; }

/// A single reason or rule stands without a label.
LabelRow row_of(std::string label, std::vector<ListItem> items)
{
    if (items.size() == 1 && items.front().items.empty())
        return { std::move(label), items.front().text };
    return { std::move(label), {}, std::move(items) };
}

paper::Signing signing(DecreeFacts const& facts)
{
    paper::Signing made { "Ditetapkan di", facts.place.empty() ? dots : facts.place, facts.dated_on };
    made.capital_post = true;
    if (facts.edition == paper::Edition::Copy)
        made.mark = paper::Mark::Ttd;
    return made;
}

/// The signature at the right; at the left the QR code (never on a draft), or on a copy who certifies it.
void put_signatures(std::vector<codec::Block>& blocks, Wording const& wording, DecreeFacts const& facts, std::string const& unit, bool with_code)
{
    bool const coded = with_code && !facts.code.empty();
    bool const certified = facts.edition == paper::Edition::Copy && !wording.certifier.post.empty();
    codec::SignatureColumn left;
    left.align = Align::Left;
    if (coded && !certified)
        left.qr = paper::verification_code(facts.public_url, facts.code);
    auto right = paper::signature(wording.signatory, signing(facts));
    if (!certified) {
        blocks.emplace_back(paper::at_right(std::move(right), std::move(left)));
        return;
    }
    blocks.emplace_back(paper::pair(paper::certified_copy(unit, wording.certifier), std::move(right)));
    if (coded)
        blocks.emplace_back(paper::verification_code(facts.public_url, facts.code));
}

std::string shown_number(DecreeFacts const& facts) { return facts.number.empty() ? dots : facts.number; }

codec::Section decree_pages(Wording const& wording, DecreeFacts const& facts, Filler const& fill)
{
    auto const office = paper::capitals(fill.unit());
    auto const subject = paper::capitals(fill.subject());
    codec::Section pages;
    auto& blocks = pages.blocks;
    blocks.emplace_back(Paragraph { "KEPUTUSAN " + office + "\nNOMOR " + shown_number(facts), centred(), 0, 4 });
    blocks.emplace_back(Paragraph { "TENTANG", centred(), 0, 4 });
    blocks.emplace_back(Paragraph { subject, centred(), 15, 6 });
    blocks.emplace_back(Paragraph { paper::capitals(wording.signatory.post.empty() ? "Ketua " + fill.unit() : wording.signatory.post) + ",", centred(), 0, 5 });
    codec::LabelRows reasons;
    for (auto& [label, items] : { std::pair { "Menimbang", items_of(wording.considering, fill, lettered) }, std::pair { "Mengingat", items_of(wording.legal_basis, fill, numbered) },
             std::pair { "Memperhatikan", items_of(wording.noting, fill, numbered) } })
        if (!items.empty())
            reasons.rows.push_back(row_of(label, items));
    blocks.emplace_back(std::move(reasons));
    blocks.emplace_back(Paragraph { "MEMUTUSKAN:", centred(), 0, 4, true });
    codec::LabelRows decisions;
    decisions.rows.push_back({ "Menetapkan", "KEPUTUSAN " + office + " TENTANG " + subject + "." });
    for (auto const& item : items_of(wording.dicta, fill, [](int number) { return dictum_word(static_cast<std::size_t>(number)); }))
        decisions.rows.push_back({ item.label, item.text, item.items });
    blocks.emplace_back(std::move(decisions));
    put_signatures(blocks, wording, facts, fill.unit(), true);
    return pages;
}

/// The table of the plan as the sheet of the plan has it, with the mark that decrees print. The column of owners is left out where
/// nobody is named.
codec::Table plan_table(plan::Tree const& tree, plan::SheetWords const& words)
{
    constexpr int owner_column = 5;
    auto const sheet = plan::plan_sheet(tree, words);
    bool const owned = std::ranges::any_of(sheet.cells, [](codec::SheetCell const& cell) {
        auto const* text = std::get_if<std::string>(&cell.value);
        return cell.column == owner_column && cell.look == codec::CellLook::Plain && text != nullptr && !text->empty();
    });
    int const first_month = owned ? 6 : 5;
    int const last_month = first_month + 11;
    codec::Table table { { 9, 28, 40, 50, 46, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 25 }, sheet.heading_last - sheet.heading_first + 1, {}, 8 };
    if (owned)
        table.widths_mm.insert(table.widths_mm.begin() + owner_column, 26);
    for (auto const& cell : sheet.cells) {
        if (cell.look == codec::CellLook::Title || cell.row < sheet.heading_first || (cell.column == owner_column && !owned))
            continue;
        auto const column = cell.column > owner_column && !owned ? cell.column - 1 : cell.column;
        auto const* text = std::get_if<std::string>(&cell.value);
        TableCell made { cell.row - sheet.heading_first, column, text != nullptr ? *text : std::to_string(column + 1), cell.rows, cell.columns };
        if (cell.look != codec::CellLook::Plain)
            made.look.align = Align::Centre;
        made.look.bold = cell.look == codec::CellLook::Heading;
        if (made.look.bold && column >= first_month && column <= last_month && cell.columns == 1)
            made.look.points = 7;
        if (cell.look != codec::CellLook::Heading && column >= first_month && column <= last_month && made.text == "V")
            made.text = "√";
        table.cells.push_back(std::move(made));
    }
    return table;
}

codec::Section annex(plan::Tree const& tree, Wording const& wording, DecreeFacts const& facts, plan::SheetWords const& words, Filler const& fill)
{
    auto const office = paper::capitals(fill.unit());
    auto const subject = paper::capitals(fill.subject());
    codec::Section pages;
    pages.orientation = codec::Orientation::Landscape;
    pages.number_first_page = true;
    pages.margin_mm = 18;
    pages.blocks.emplace_back(Paragraph { "LAMPIRAN\nKEPUTUSAN " + office + "\nNOMOR " + shown_number(facts) + "\nTENTANG\n" + subject, {}, 165, 5 });
    pages.blocks.emplace_back(Paragraph { subject, centred(true), 0, 3, true });
    pages.blocks.emplace_back(plan_table(tree, words));
    put_signatures(pages.blocks, wording, facts, fill.unit(), false);
    return pages;
}

codec::Paper paper_of(plan::Tree const& tree, Wording const& wording, DecreeFacts const& facts, plan::SheetWords const& words)
{
    Filler const fill(wording, facts);
    codec::Paper paper { "Keputusan " + fill.unit() + " Nomor " + shown_number(facts), facts.size };
    paper.stamp = facts.edition == paper::Edition::Preview ? "KONSEP" : facts.edition == paper::Edition::Copy ? "SALINAN" : "";
    paper.sections.push_back(decree_pages(wording, facts, fill));
    paper.sections.push_back(annex(tree, wording, facts, words, fill));
    return paper;
}

}

/// Who answers for a row is the office's own matter and not printed.
codec::Paper decree_paper(plan::Tree const& tree, Wording const& wording, DecreeFacts const& facts)
{
    return paper_of(tree, wording, facts, { facts.unit_name, facts.year });
}

codec::Paper decree_of_plan(plan::Tree const& tree, Wording const& own, plan::SheetWords const& words, codec::PaperSize size)
{
    auto wording = own;
    DecreeFacts const facts { words.unit_name, words.year, tree.decree.number, tree.decree.decided_on, tree.decree.place, {}, {}, paper::Edition::Final, size };
    if (!tree.title.empty())
        wording.subject = tree.title;
    if (!tree.decree.signatory_name.empty())
        wording.signatory = { tree.decree.signatory_role, tree.decree.signatory_name };
    auto const json = nlohmann::json::parse(tree.decree_text, nullptr, false);
    bool const in_force = !tree.decree.number.empty();
    auto const take = [&](char const* name, std::vector<std::string>& list) {
        bool const there = json.is_object() && json.contains(name) && json[name].is_array() && !json[name].empty();
        if (in_force || there)
            list.clear();       // texts that its decree does not have are not put into its mouth
        if (there) {
            for (auto const& each : json[name])
                list.push_back(each.is_string() ? each.get<std::string>() : each.is_object() ? each.value("text", "") : "");
        }
    };
    take("considering", wording.considering);
    take("legal_basis", wording.legal_basis);
    take("noting", wording.noting);
    take("dicta", wording.dicta);
    return paper_of(tree, wording, facts, words);
}

}
