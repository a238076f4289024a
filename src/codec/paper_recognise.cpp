#include "codec/paper_recognise.hpp"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <leptonica/allheaders.h>
#include <optional>
#include <unistd.h>

namespace kpuhub::codec {

namespace {

constexpr double most_height = 9000;        ///< pixels of one tall picture
constexpr double most_seconds = 60;
constexpr std::size_t most_output = 32U << 20U;

}

int turns_of_orientation(std::string_view text)
{
    constexpr double sure_sideways = 2;
    constexpr double sure_upside_down = 4;
    auto const number_behind = [&](std::string_view label) {
        auto const at = text.find(label);
        return at == std::string_view::npos ? 0.0 : std::atof(std::string { text.substr(at + label.size(), 20) }.c_str());
    };
    double const turn = number_behind("Rotate:");      // any number: compared before it becomes an int
    double const confidence = number_behind("Orientation confidence:");
    if (turn == 180)
        return confidence >= sure_upside_down ? 2 : 0;
    return (turn == 90 || turn == 270) && confidence >= sure_sideways ? static_cast<int>(turn) / 90 : 0;
}

/// By the letters that rise above the others, of which there are three times as many as of those that hang below them.
static std::optional<int> turns_of_letters(Pix* black)
{
    constexpr float least = 12;             // standard deviations (Leptonica, flipdetect.c); of a table the wrong direction has up to 21,
    constexpr float least_ratio = 2.5;      // and the right one then no more than twice as many
    l_float32 up = 0;
    l_float32 left = 0;
    l_int32 way = L_TEXT_ORIENT_UNKNOWN;
    if (pixOrientDetect(black, &up, &left, 0, 0) != 0 || makeOrientDecision(up, left, least, least_ratio, &way, 0) != 0)
        return std::nullopt;
    switch (way) {
    case L_TEXT_ORIENT_UP: return 0;
    case L_TEXT_ORIENT_LEFT: return 1;
    case L_TEXT_ORIENT_DOWN: return 2;
    case L_TEXT_ORIENT_RIGHT: return 3;
    default: return std::nullopt;
    }
}

int turns_upright(InkSheet const& sheet, Pix* picture)
{
    constexpr float least_dpi = 150;
    if (auto const turns = turns_of_letters(sheet.black.get()))
        return *turns;
    Ink const smaller { pixScaleToResolution(picture, least_dpi, static_cast<float>(sheet.dpi), nullptr) };
    if (!smaller || pixWrite("upright.pgm", smaller.get(), IFF_PNM) != 0)
        return 0;
    Tool tool { { "/usr/bin/tesseract", "upright.pgm", "upright", "-l", "osd", "--psm", "0", "--dpi", "150" }, "/dev/null", most_seconds, { "OMP_THREAD_LIMIT=1", "LC_ALL=C" } };
    int const turns = tool.wait() == Tool::State::Done ? turns_of_orientation(read_whole("upright.osd", 10'000)) : 0;
    ::unlink("upright.pgm");
    ::unlink("upright.osd");
    return turns;
}

Recognition::Recognition(PaperPage const& page, std::string name) : m_name(std::move(name))
{
    put(page.sheet(), page.cell_strips());
    put(page.sheet(), page.outer_strips());
    if (m_pictures == 0)
        return;
    std::string list;
    for (int i = 1; i <= m_pictures; ++i)
        list += m_name + "-" + std::to_string(i) + ".pgm\n";
    write_whole(m_name + ".txt", list);
    m_tool = std::make_unique<Tool>(std::vector<std::string> { "/usr/bin/tesseract", m_name + ".txt", m_name, "-l", "ind", "--psm", "6", "--dpi",
                                        std::to_string(page.sheet().dpi), "-c", "tessedit_do_invert=0", "tsv" },
        "/dev/null", most_seconds, std::vector<std::string> { "OMP_THREAD_LIMIT=1", "LC_ALL=C" });
}

Recognition::~Recognition()
{
    m_tool.reset();
    for (int i = 1; i <= m_pictures; ++i)
        ::unlink((m_name + "-" + std::to_string(i) + ".pgm").c_str());
    ::unlink((m_name + ".txt").c_str());
    ::unlink((m_name + ".tsv").c_str());
}

void Recognition::put(InkSheet const& sheet, Strips const& strips)
{
    double const border = sheet.inches(0.08);
    double const pad = std::max(2.0, sheet.inches(0.012));
    std::vector<Part> parts;
    std::vector<Area> from;
    double y = border;
    double width = 0;
    auto const flush = [&] {
        if (!parts.empty())
            write(sheet, parts, from, width + border, y);
        parts.clear();
        from.clear();
        y = border;
        width = 0;
    };
    for (auto const& strip : strips) {
        double height = 0;
        for (auto const& area : strip)
            height = std::max(height, area.height() + 2 * pad);
        if (y + height > most_height)
            flush();
        double x = border;
        for (auto const& area : strip) {
            Area const padded { std::floor(area.left - pad), std::floor(area.top - pad), std::ceil(area.right + pad), std::ceil(area.bottom + pad) };
            parts.push_back({ m_pictures + 1, { x, y, x + padded.width(), y + padded.height() }, padded.left, padded.top });
            from.push_back(padded);
            x += padded.width() + sheet.inches(0.12);
        }
        width = std::max(width, x);
        y = std::ceil(y + height + border);
    }
    flush();
}

void Recognition::write(InkSheet const& sheet, std::vector<Part> const& parts, std::vector<Area> const& from, double width, double height)
{
    Ink const picture { pixCreate(static_cast<int>(width) + 2, static_cast<int>(height) + 2, 8) };
    pixSetAllGray(picture.get(), 255);
    for (std::size_t i = 0; i < parts.size(); ++i)
        pixRasterop(picture.get(), static_cast<int>(parts[i].area.left), static_cast<int>(parts[i].area.top), static_cast<int>(from[i].width()),
            static_cast<int>(from[i].height()), PIX_SRC, sheet.grey.get(), static_cast<int>(from[i].left), static_cast<int>(from[i].top));
    ++m_pictures;
    pixWrite((m_name + "-" + std::to_string(m_pictures) + ".pgm").c_str(), picture.get(), IFF_PNM);
    m_parts.insert(m_parts.end(), parts.begin(), parts.end());
}

std::vector<PaperWord> Recognition::words(Limits const& limits) const
{
    std::vector<PaperWord> words;
    for (auto& word : words_of_recognition(read_whole(m_name + ".tsv", most_output), limits)) {
        auto const part = std::ranges::find_if(m_parts, [&](auto& each) { return each.picture == word.picture && each.area.holds(word.area.middle_x(), word.area.middle_y()); });
        if (part == m_parts.end())
            continue;
        double const dx = part->left - part->area.left;
        double const dy = part->top - part->area.top;
        word.area = { word.area.left + dx, word.area.top + dy, word.area.right + dx, word.area.bottom + dy };
        words.push_back(std::move(word));
    }
    return words;
}

}
