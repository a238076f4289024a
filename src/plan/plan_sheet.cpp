#include "plan/plan_sheet.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <array>
#include <cctype>

namespace kpuhub::plan {

namespace {

using codec::CellLook;
using codec::Sheet;

// The words of the printed form (Keputusan KPU 314/ORT.07-Kpt/01/KPU/V/2021): the same in every language.
constexpr std::array headings { "NO", "AREA PERUBAHAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PENANGGUNG JAWAB" };
constexpr std::array month_names { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des" };
constexpr std::array long_month_names { "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember" };
constexpr int first_month = 6;
constexpr int remark_column = 18;
constexpr int last_column = remark_column;

/// A dash, "1)" or "(a)" stands without a full stop.
std::string with_number(Node const& row)
{
    if (row.number.empty())
        return row.body;
    bool const bare = std::isalnum(static_cast<unsigned char>(row.number.back())) != 0;
    return row.number + (bare ? ". " : " ") + row.body;
}

class PlanTable {
public:
    PlanTable(Sheet& sheet, SheetWords const& words, int row) : m_sheet(sheet), m_words(words), m_row(row) {}

    void area(TreeNode const& area)
    {
        auto const first = m_row;
        for (auto const& child : area.children)
            activity(child);
        end_at_least(first);
        put(first, 0, area.row.number, CellLook::Centred);
        put(first, 1, area.row.body);
    }

    [[nodiscard]] int row() const { return m_row; }

private:
    void activity(TreeNode const& node)
    {
        if (node.row.level != Level::Activity)
            return indicator(node, node.row);
        auto const first = m_row;
        bool divided = false;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            divided = divided || node.children[i].row.level == Level::Subactivity;
            if (node.children[i].row.level == Level::Subactivity)
                subactivity(node.children, i);
            else
                indicator(node.children[i], node.row);
        }
        end_at_least(first);
        put(first, 2, with_number(node.row));
        if (!divided)
            put_standing(first, node.row);
    }

    void subactivity(std::vector<TreeNode> const& siblings, std::size_t at)
    {
        auto const& node = siblings[at];
        auto const first = m_row;
        auto row = node.row;
        if (std::ranges::any_of(node.children, [&](TreeNode const& child) { return !child.row.printed.none() && child.row.printed != row.printed; }))
            row.printed = {};       // its indicators print months of their own
        auto const together = shared_from(siblings, at);
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > together) {
                std::get<std::string>(m_sheet.cells[m_last_indicator].value) += "\n" + with_number(node.children[i].row);
                continue;
            }
            indicator(node.children[i], row);
            if (i + 1 == node.children.size() || i == together)
                m_reach = std::max(m_reach, m_row - 1 + followers(siblings, at, node.children[i].covers));
        }
        if (node.children.empty() && m_row <= m_reach && m_last_indicator != none)
            m_sheet.cells[m_last_indicator].rows = m_row - m_sheet.cells[m_last_indicator].row + 1;
        end_at_least(first);
        put(first, 3, with_number(node.row));
        put_standing(first, row);
    }

    /// How many of the sub-activities right behind this one the indicator covers and no other indicator divides.
    static int followers(std::vector<TreeNode> const& siblings, std::size_t at, std::vector<int> const& covers)
    {
        int count = 0;
        for (auto next = at + 1; next < siblings.size() && siblings[next].children.empty()
             && std::ranges::find(covers, static_cast<int>(next)) != covers.end(); ++next)
            ++count;
        return count;
    }

    /// The first of the last indicators that cover the same sub-activities behind this one: they stand in one cell beside all of
    /// them. Only numbered ones that say nothing of their own, so that the cell can be taken apart again.
    static std::size_t shared_from(std::vector<TreeNode> const& siblings, std::size_t at)
    {
        auto const& node = siblings[at];
        auto first = node.children.size();
        if (first == 0 || followers(siblings, at, node.children.back().covers) == 0)
            return first;
        auto const fits = [&](TreeNode const& each) {
            return each.covers == node.children.back().covers && !each.row.number.empty() && (each.row.printed.none() || each.row.printed == node.row.printed)
                && (each.row.remark.empty() || !node.row.remark.empty());
        };
        while (first > 0 && fits(node.children[first - 1]))
            --first;
        return first;
    }

    void indicator(TreeNode const& node, Node const& above)
    {
        put_one(m_row, 4, with_number(node.row));
        m_last_indicator = m_sheet.cells.size() - 1;
        if (above.printed.none())
            put_marks(m_row, 1, node.row);
        if (above.remark.empty() && !node.row.remark.empty())
            put_one(m_row, remark_column, node.row.remark);
        ++m_row;
    }

    /// Owner, months and KET of a row that spans all lines since `first`.
    void put_standing(int first, Node const& row)
    {
        put(first, 5, owner(row));
        if (!row.printed.none())
            put_marks(first, m_row - first, row);
        if (!row.remark.empty())
            put(first, remark_column, row.remark);
    }

    [[nodiscard]] std::string owner(Node const& row) const
    {
        if (auto found = m_words.subdivisions.find(row.owner_subdivision); found != m_words.subdivisions.end())
            return found->second;
        auto found = m_words.posts.find(row.owner_post);
        return found == m_words.posts.end() ? "" : found->second;
    }

    void put_marks(int first, int rows, Node const& row)
    {
        for (int month = 1; month <= 12; ++month)
            m_sheet.cells.push_back({ first, first_month + month - 1, row.printed.has(month) ? "V" : "", CellLook::Centred, rows, 1 });
    }

    void put(int first, int column, std::string text, CellLook look = CellLook::Plain)
    {
        m_sheet.cells.push_back({ first, column, std::move(text), look, m_row - first, 1 });
    }
    void put_one(int row, int column, std::string text)
    {
        m_sheet.cells.push_back({ row, column, std::move(text), CellLook::Plain, 1, 1 });
    }
    void end_at_least(int first) { m_row = std::max(m_row, first + 1); }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    Sheet& m_sheet;
    SheetWords const& m_words;
    int m_row;
    int m_reach = -1;                       ///< last row that the last indicator covers
    std::size_t m_last_indicator = none;    ///< its cell
};

std::string upper(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter; });
    return text;
}

std::string printed_date(time::Date date)
{
    return std::to_string(date.day()) + " " + long_month_names.at(date.month() - 1) + " " + std::to_string(date.year());
}

/// "KPU Kota Gorontalo" -> "KOMISI PEMILIHAN UMUM KOTA GORONTALO"
std::string full_name(std::string const& unit)
{
    auto const name = unit.starts_with("KPU ") ? unit.substr(4) : unit;
    return "KOMISI PEMILIHAN UMUM " + upper(name);
}

int put_title(Sheet& sheet, Tree const& tree, SheetWords const& words)
{
    auto const title = tree.title.empty() ? "RENCANA AKSI REFORMASI BIROKRASI TAHUN " + std::to_string(words.year) : tree.title;
    int row = 0;
    auto const line = [&](std::string text, int from) {
        sheet.cells.push_back({ row++, from, std::move(text), CellLook::Title, 1, last_column - from + 1 });
    };
    if (!tree.decree.number.empty())
        for (auto const& text : { std::string { "LAMPIRAN" }, "KEPUTUSAN " + full_name(words.unit_name), "NOMOR " + tree.decree.number, std::string { "TENTANG" }, title })
            line(text, 11);
    ++row;
    line(title, 0);
    return row + 1;
}

int put_headings(Sheet& sheet, int row)
{
    sheet.heading_first = row;
    sheet.heading_last = row + 2;
    for (std::size_t i = 0; i < headings.size(); ++i)
        sheet.cells.push_back({ row, static_cast<int>(i), headings[i], CellLook::Heading, 2, 1 });
    sheet.cells.push_back({ row, first_month, "PELAKSANAAN (BULAN)", CellLook::Heading, 1, 12 });
    sheet.cells.push_back({ row, remark_column, "KET", CellLook::Heading, 2, 1 });
    for (std::size_t i = 0; i < month_names.size(); ++i)
        sheet.cells.push_back({ row + 1, first_month + static_cast<int>(i), month_names[i], CellLook::Heading, 1, 1 });
    for (int column = 0; column <= last_column; ++column)
        sheet.cells.push_back({ row + 2, column, std::int64_t { column + 1 }, CellLook::Heading, 1, 1 });
    return row + 3;
}

void put_closing(Sheet& sheet, Tree const& tree, int row)
{
    auto const& decree = tree.decree;
    auto const line = [&](std::string text) {
        sheet.cells.push_back({ row++, 11, std::move(text), CellLook::Title, 1, last_column - 11 + 1 });
    };
    if (decree.place.empty() || !decree.decided_on)
        return;
    line("Ditetapkan di " + decree.place);
    line("pada tanggal " + printed_date(*decree.decided_on));
    if (decree.signatory_name.empty())
        return;
    line(decree.signatory_role + ",");
    line("ttd.");
    line(decree.signatory_name);
}

}

codec::Sheet plan_sheet(Tree const& tree, SheetWords const& words)
{
    Sheet sheet;
    sheet.name = "RENCANA AKSI " + std::to_string(words.year);
    sheet.widths = { 5, 22, 28, 34, 38, 18 };
    sheet.widths.insert(sheet.widths.end(), 12, 4.5);
    sheet.widths.push_back(24);
    PlanTable table(sheet, words, put_headings(sheet, put_title(sheet, tree, words)));
    for (auto const& area : tree.areas)
        table.area(area);
    put_closing(sheet, tree, table.row() + 1);
    return sheet;
}

std::string plan_csv(Tree const& tree, SheetWords const& words)
{
    auto const sheet = plan_sheet(tree, words);
    int last_row = 0;
    for (auto const& cell : sheet.cells)
        if (cell.look != CellLook::Title)
            last_row = std::max(last_row, cell.row + cell.rows - 1);
    std::vector<std::array<std::string, last_column + 1>> lines(static_cast<std::size_t>(last_row + 1));
    for (auto const& cell : sheet.cells) {
        auto const* text = std::get_if<std::string>(&cell.value);
        if (cell.look == CellLook::Title || text == nullptr)
            continue;
        lines[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.column)] = *text;
    }
    std::string out;
    for (auto row = static_cast<std::size_t>(sheet.heading_first); row < lines.size(); ++row) {
        if (row == static_cast<std::size_t>(sheet.heading_last))
            continue;
        for (std::size_t column = 0; column < lines[row].size(); ++column)
            out += (column == 0 ? "" : ",") + text::csv_cell(lines[row][column]);
        out += "\r\n";
    }
    return out;
}

}
