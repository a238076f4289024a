#include "decree/field_reader.hpp"
#include "codec/cell_signs.hpp"
#include "decree/decree_fields.hpp"
#include <algorithm>
#include <array>
#include <regex>
#include <utility>

namespace kpuhub::decree {

std::string lowered(std::string_view text)
{
    std::string out { text };
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::string without_end(std::string text)
{
    while (!text.empty() && (text.back() == ',' || text.back() == ' ' || text.back() == '.' || text.back() == ':'))
        text.pop_back();
    return text;
}

namespace {

constexpr std::array<std::string_view, 16> dictum_names { "KESATU", "PERTAMA", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN",
    "KESEMBILAN", "KESEPULUH", "KESEBELAS", "KEDUABELAS", "KEDUA BELAS", "KETIGABELAS", "KETIGA BELAS" };

bool is_upper(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; }) && std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The words behind "Menimbang :" and the like; nothing when the line does not begin with the keyword.
std::optional<std::string> behind(std::string_view line, std::string_view keyword)
{
    if (!lowered(line).starts_with(lowered(keyword)))
        return {};
    auto rest = line.substr(keyword.size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != ':' && rest.front() != '.')
        return {};
    auto const start = rest.find_first_not_of(" :.");
    return start == std::string_view::npos ? std::string {} : std::string { rest.substr(start) };
}

void join_to(std::string& text, std::string_view more)
{
    if (!text.empty() && !more.empty() && !codec::goes_on_in_word(text, more))
        text += ' ';
    text += more;
}

}

void FieldReader::read(std::span<SourceRow const> rows)
{
    for (auto const& row : rows) {
        // The cells of a table that lays out the page: a keyword stands before its text, blocks stand side by side.
        std::string text;
        for (auto const& cell : row.cells) {
            if (cell.empty())
                continue;
            bool const block = text.find(codec::line_separator) != std::string::npos;
            text += text.empty() ? "" : block ? std::string { codec::line_separator } : " ";
            text += cell;
        }
        int blank = row.blank_before;
        for (auto const& line : lines_of(text))
            read_line(line, std::exchange(blank, 0));
    }
    end_block();
}

void FieldReader::read_line(std::string line, int blank_before)
{
    if (line.starts_with("- ") && line.size() > 2)
        line.erase(0, 2);
    if (!line.empty() && !keyword(line))
        text(line, blank_before);
}

void FieldReader::open(Part part)
{
    end_block();
    m_part = part;
    m_block.clear();
}

bool FieldReader::keyword(std::string const& line)
{
    if (m_part <= Part::Opening && number_line(line))
        return true;
    if (m_part == Part::Head && lowered(line).starts_with("keputusan"))
        m_heading_open = true;
    if (plain(line) == "tentang" && m_part <= Part::Title) {
        open(Part::Title);
        return true;
    }
    if (m_part == Part::Title && (line.starts_with("KETUA ") || lowered(line).starts_with("dengan rahmat"))) {
        open(Part::Opening);
        return true;
    }
    return section(line);
}

bool FieldReader::number_line(std::string const& line)
{
    static std::regex const number { R"(^(KEPUTUSAN.*\s)?N[O0]M[O0]R\s*:?\s*(\S.*)$)", std::regex::icase };
    std::smatch match;
    if (m_part == Part::Title || line.size() > 160 || !std::regex_match(line, match, number))
        return false;
    if (m_decree.number.empty())
        m_decree.number = without_end(match[2]);
    m_heading_open = false;
    return true;
}

bool FieldReader::section(std::string const& line)
{
    static std::array<std::pair<std::string_view, Part>, 5> const sections { { { "menimbang", Part::Considering }, { "mengingat", Part::LegalBasis }, { "memperhatikan", Part::Noting }, { "memutuskan", Part::Decides }, { "menetapkan", Part::Decides } } };
    for (auto const& [name, part] : sections) {
        auto rest = behind(line, name);
        // "Menetapkan Rencana Aksi ..." goes on with a dictum; the section has a colon or stands alone.
        bool const heading = line.find(':') < name.size() + 4 || (rest && rest->empty()) || marker(rest.value_or("")).way != Numbering::None;
        if (!rest || !heading)
            continue;
        open(part);
        if (!rest->empty())
            text(*rest, 0);
        return true;
    }
    return dictum(line) || ending(line);
}

bool FieldReader::dictum(std::string const& line)
{
    if (m_part < Part::Considering || m_part > Part::Dicta)
        return false;
    for (auto const name : dictum_names)
        if (auto rest = behind(line, name); rest && line.starts_with(name)) {
            open(Part::Dicta);
            m_decree.dicta.push_back({ std::string { name }, *rest });
            return true;
        }
    return false;
}

bool FieldReader::ending(std::string const& line)
{
    auto const small = lowered(line);
    if (auto place = behind(line, "ditetapkan di"); place || (place = behind(line, "dikeluarkan di"))) {
        open(Part::Place);
        auto const comma = lowered(*place).find("pada tanggal");
        set(m_decree.place, without_end(place->substr(0, comma)));
        set_date(*place);
        return true;
    }
    if (behind(line, "pada tanggal") && m_part >= Part::Decides) {
        set_date(line);
        m_part = Part::Place;
        return true;
    }
    if (small.starts_with("salinan sesuai")) {
        m_return_to = m_part;
        open(Part::Certifier);
        return true;
    }
    if (line.starts_with("LAMPIRAN") && m_part > Part::Opening) {
        open(Part::Annex);
        return true;
    }
    if (line.starts_with("KETUA ") && (m_part == Part::Place || m_part == Part::Annex || m_part == Part::Head)) {
        if (m_part == Part::Place) {
            open(Part::Signatory);
            m_block.push_back(line);
            return true;
        }
    }
    if (m_part == Part::Head || m_part == Part::Place)
        if (auto const comma = line.find(','); comma != std::string::npos && line.size() < 70)
            if (auto const date = find_date(line.substr(comma)); date && m_decree.date.empty()) {
                set(m_decree.place, trimmed(line.substr(0, comma)));
                set_date(line);
                m_part = Part::Place;
                return true;
            }
    return false;
}

void FieldReader::set(std::string& field, std::string value)
{
    if (field.empty())
        field = std::move(value);
}

void FieldReader::set_date(std::string const& line)
{
    if (auto const date = find_date(line); date && m_decree.date.empty()) {
        m_decree.date = date->first;
        m_decree.date_printed = date->second;
    }
}

void FieldReader::text(std::string const& line, int blank_before)
{
    switch (m_part) {
    case Part::Head:
        if (m_heading_open)
            join_to(m_heading, line);
        break;
    case Part::Title:
        title_line(line);
        break;
    case Part::Considering:
        list_item(m_decree.considering, line, Numbering::Letter);
        break;
    case Part::LegalBasis:
        list_item(m_decree.legal_basis, line, Numbering::Plain);
        break;
    case Part::Noting:
        list_item(m_decree.noting, line, Numbering::Plain);
        break;
    case Part::Dicta:
        join_to(m_decree.dicta.back().text, line);
        break;
    case Part::Certifier:
        certifier_line(line, blank_before);
        break;
    case Part::Place:
    case Part::Signatory:
    case Part::Annex:
        m_block.push_back(line);
        break;
    case Part::Opening:
    case Part::Decides:
        break;
    }
}

void FieldReader::title_line(std::string const& line)
{
    static std::regex const year { R"(TAHUN (ANGGARAN )?\d{4}\W*$)", std::regex::icase };
    if (std::regex_search(m_decree.title, year)) {
        open(Part::Annex);
        m_block.push_back(line);
        return;
    }
    join_to(m_decree.title, line);
}

void FieldReader::certifier_line(std::string const& line, int blank_before)
{
    auto const mark = marker(line);
    auto* list = m_return_to == Part::LegalBasis ? &m_decree.legal_basis : m_return_to == Part::Considering ? &m_decree.considering : m_return_to == Part::Noting ? &m_decree.noting : nullptr;
    if (list != nullptr && mark.rank == static_cast<int>(list->size()) + 1) {
        open(m_return_to);
        text(line, blank_before);
        return;
    }
    m_block.push_back(line);
}

void FieldReader::list_item(std::vector<std::string>& list, std::string const& line, Numbering way)
{
    auto const mark = marker(line);
    bool const same = mark.way == way || (way == Numbering::Plain && mark.way == Numbering::Paren) || (way == Numbering::Letter && mark.way == Numbering::LetterParen);
    bool const next = same && mark.rank == static_cast<int>(list.size()) + 1;
    if (next || list.empty())
        list.push_back(trimmed(std::string_view { line }.substr(next ? mark.length : 0)));
    else
        join_to(list.back(), line);
}

void FieldReader::end_block()
{
    std::erase_if(m_block, [](auto& line) { return lowered(line).starts_with("nip") || plain(line).empty(); });
    if (m_part == Part::Signatory)
        end_signatory();
    else if (m_part == Part::Certifier)
        end_certifier();
    else if (m_part == Part::Annex)
        end_annex();
    m_block.clear();
}

void FieldReader::end_signatory()
{
    std::string role;
    std::string name;
    bool signed_mark = false;
    for (auto const& line : m_block) {
        auto const small = plain(line);
        if (small == "ttd" || small == "ttd ttd" || small == "dto" || small == "t t d") {
            signed_mark = true;
            continue;
        }
        bool const role_line = !signed_mark && (role.empty() || role.back() != ',') && name.empty();
        if (role_line && (role.empty() || is_upper(line)))
            join_to(role, line);
        else if (name.empty())
            name = line;
    }
    set(m_decree.signatory.name, name);
    set(m_decree.signatory.role, without_end(role));
}

void FieldReader::end_certifier()
{
    if (m_block.empty() || !m_decree.certifier.name.empty())
        return;
    m_decree.certifier.name = without_end(m_block.back());
    std::string role;
    for (std::size_t i = 0; i + 1 < m_block.size(); ++i)
        if (!is_upper(m_block[i]))
            join_to(role, m_block[i]);
    m_decree.certifier.role = without_end(role);
}

void FieldReader::end_annex()
{
    std::string title;
    bool open_title = false;
    for (auto const& line : m_block) {
        if (lowered(line).starts_with("rencana aksi") || lowered(line).starts_with("rencana kerja")) {
            title = line;
            open_title = true;
        } else if (open_title)
            join_to(title, line);
        static std::regex const year { R"(TAHUN (ANGGARAN )?\d{4}\W*$)", std::regex::icase };
        if (std::regex_search(line, year))
            open_title = false;
    }
    set(m_decree.plan_title, title.substr(0, 400));
}

}
