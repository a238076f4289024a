#include "paper/signature.hpp"
#include "paper/words.hpp"
#include <algorithm>
#include <utility>

namespace kpuhub::paper {

using codec::Align;
using codec::SignatureColumn;
using codec::TableCell;
using codec::TextLook;

static constexpr auto dots = "..............................";

Capacity capacity_of(std::string_view word)
{
    if (word == "plt")
        return Capacity::Acting;
    if (word == "plh")
        return Capacity::Daily;
    return word == "delegate" ? Capacity::OnBehalf : Capacity::Own;
}

std::string number_line(std::string_view nip, std::string_view pppk_number)
{
    if (!nip.empty())
        return "NIP " + std::string { nip };
    return pppk_number.empty() ? std::string {} : "NIPPPK " + std::string { pppk_number };
}

static std::string_view prefix(Capacity capacity)
{
    switch (capacity) {
    case Capacity::Acting: return "Plt. ";
    case Capacity::Daily: return "Plh. ";
    case Capacity::OnBehalf: return "a.n. ";
    case Capacity::Own: break;
    }
    return "";
}

static void put_place(SignatureColumn& column, Signing const& signing)
{
    if (signing.place.empty())
        return;
    auto const day = signing.date ? printed_date(*signing.date) : std::string { dots };
    if (signing.verb.empty()) {
        column.above.push_back(signing.place + ", " + day);
        return;
    }
    column.above.push_back(signing.verb + " " + signing.place);
    column.above.push_back("pada tanggal " + day);
    column.above.emplace_back();
}

SignatureColumn signature(Signatory const& who, Signing const& signing)
{
    auto const cased = [&](std::string const& text) { return signing.capital_post ? capitals(text) : text; };
    SignatureColumn column;
    put_place(column, signing);
    if (!signing.heading.empty())
        column.above.push_back(signing.heading);
    bool const has_own = who.capacity == Capacity::OnBehalf && !who.own_post.empty();
    column.above.push_back(std::string { prefix(who.capacity) } + cased(who.post) + (has_own ? "" : ","));
    if (has_own)
        column.above.push_back(cased(who.own_post) + ",");
    if (signing.mark == Mark::Ttd)
        column.mark = "ttd.";
    if (signing.mark == Mark::None)
        column.space_mm = 2;
    column.name = who.name.empty() ? dots : cased(who.name);
    if (!who.number.empty())
        column.below.push_back(who.number);
    return column;
}

codec::SignatureBlock at_right(SignatureColumn column, SignatureColumn left) { return { { std::move(left), std::move(column) } }; }

codec::SignatureBlock pair(SignatureColumn left, SignatureColumn right)
{
    auto& shorter = left.above.size() < right.above.size() ? left : right;
    auto const lines = std::max(left.above.size(), right.above.size());
    shorter.above.insert(shorter.above.begin(), lines - shorter.above.size(), std::string {});
    return { { std::move(left), std::move(right) } };
}

std::vector<codec::Block> side_by_side(std::vector<SignatureColumn> all, std::size_t columns)
{
    std::vector<codec::Block> rows;
    for (std::size_t first = 0; first < all.size(); first += columns) {
        codec::SignatureBlock row;
        for (std::size_t i = first; i < first + columns; ++i)
            row.columns.push_back(i < all.size() ? std::move(all[i]) : SignatureColumn {});
        rows.emplace_back(std::move(row));
    }
    return rows;
}

SignatureColumn certified_copy(std::string_view office, Signatory const& certifier, Mark mark)
{
    Signing signing;
    signing.mark = mark;
    auto column = signature(certifier, signing);
    column.above.insert(column.above.begin(), { "Salinan sesuai dengan aslinya", "SEKRETARIAT " + capitals(office) });
    return column;
}

static TableCell heading(int column, std::string text)
{
    TextLook look;
    look.align = Align::Centre;
    look.bold = true;
    return { 0, column, std::move(text), 1, 1, look, true };
}

static TableCell centred(int row, int column, std::string text)
{
    TextLook look;
    look.align = Align::Centre;
    return { row, column, std::move(text), 1, 1, look };
}

codec::Table initials_table(std::vector<Initial> const& all)
{
    codec::Table table { { 10, 60, 55, 25, 25 }, 1, { heading(0, "No."), heading(1, "Jabatan"), heading(2, "Nama"), heading(3, "Paraf"), heading(4, "Tanggal") }, 9 };
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const row = static_cast<int>(i) + 1;
        table.cells.push_back(centred(row, 0, std::to_string(row) + "."));
        table.cells.push_back({ row, 1, all[i].post });
        table.cells.push_back({ row, 2, all[i].name });
        table.cells.push_back(centred(row, 3, all[i].on ? "sudah" : ""));
        table.cells.push_back(centred(row, 4, all[i].on ? printed_date(*all[i].on) : ""));
    }
    return table;
}

codec::Table signature_list(std::vector<Signatory> const& all, int empty_rows)
{
    codec::Table table { { 10, 60, 55, 25, 25 }, 1, { heading(0, "No."), heading(1, "Nama"), heading(2, "Jabatan") }, 10 };
    auto signs = heading(3, "Tanda tangan");
    signs.columns = 2;
    table.cells.push_back(signs);
    for (int row = 1; row <= static_cast<int>(all.size()) + empty_rows; ++row) {
        bool const named = row <= static_cast<int>(all.size());
        auto const& who = named ? all[static_cast<std::size_t>(row - 1)] : Signatory {};
        table.cells.push_back(centred(row, 0, std::to_string(row) + "."));
        table.cells.push_back({ row, 1, who.number.empty() ? who.name : who.name + "\n" + who.number });
        table.cells.push_back({ row, 2, std::string { prefix(who.capacity) } + who.post });
        // Odd and even numbers stand apart, so that two neighbours do not sign over each other.
        table.cells.push_back({ row, row % 2 == 1 ? 3 : 4, std::to_string(row) + ".\n " });
    }
    return table;
}

std::vector<std::string> address_lines(std::string_view typed)
{
    constexpr std::size_t most_lines = 4;
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < typed.size() && lines.size() < most_lines;) {
        auto const end = std::min(typed.find('\n', at), typed.size());
        auto line = typed.substr(at, end - at);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
            line.remove_suffix(1);
        if (auto const first = line.find_first_not_of(" \t"); first != std::string_view::npos)
            lines.emplace_back(line.substr(first));
        at = end + 1;
    }
    return lines;
}

std::vector<codec::Block> letterhead(std::string_view office, std::vector<std::string> const& address)
{
    TextLook name;
    name.align = Align::Centre;
    name.bold = true;
    name.points = 14;
    std::vector<codec::Block> blocks { codec::Paragraph { capitals(office), name, 0, 1 } };
    TextLook small;
    small.align = Align::Centre;
    small.points = 9;
    for (auto const& line : address)
        blocks.emplace_back(codec::Paragraph { line, small, 0, 0 });
    blocks.emplace_back(codec::Rule { true });
    return blocks;
}

codec::QrCode verification_code(std::string_view public_url, std::string_view code)
{
    auto const address = std::string { public_url } + "/verify/" + std::string { code };
    return { address, 22, { "Keaslian naskah dapat diperiksa di", address } };
}

}
