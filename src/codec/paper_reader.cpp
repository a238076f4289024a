#include "codec/paper_reader.hpp"
#include "codec/open_table.hpp"
#include "codec/paper_page.hpp"
#include "codec/paper_recognise.hpp"
#include "codec/paper_source.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <deque>
#include <leptonica/allheaders.h>

namespace kpuhub::codec {

namespace {

using namespace reading;

using namespace std::string_view_literals;

constexpr std::size_t most_text = 64U << 20U;
constexpr std::size_t at_once = 2;          ///< pages being recognised

/// Whether the text layer says something: enough letters, and not the signs of a font whose letters have no meaning.
bool speaks(std::vector<PaperWord> const& words)
{
    std::size_t letters = 0;
    std::size_t strange = 0;
    for (auto const& word : words)
        for (std::size_t i = 0; i < word.text.size(); ++i) {
            auto const c = static_cast<unsigned char>(word.text[i]);
            letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? 1 : 0;
            bool const replacement = word.text.compare(i, 3, "\xEF\xBF\xBD") == 0;
            strange += c == 0xEE || replacement ? 1 : 0;
        }
    return letters >= least_letters && strange * 3 < letters;
}

/// Quarter turns to the right that put the words of a text layer upright: words of a turned page are tall, and go on up or down.
int turns_of(std::vector<PaperWord> const& words)
{
    int tall = 0, wide = 0, up = 0, down = 0, left = 0, right = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const& area = words[i].area;
        if (words[i].text.size() < 4)
            continue;
        bool const is_tall = area.height() > 1.5 * area.width();
        (is_tall ? tall : wide) += 1;
        if (i + 1 == words.size())
            continue;
        auto const& next = words[i + 1].area;
        if (is_tall && std::abs(next.middle_x() - area.middle_x()) < area.width() / 2)
            (next.middle_y() < area.middle_y() ? up : down) += 1;
        if (!is_tall && std::abs(next.middle_y() - area.middle_y()) < area.height() / 2)
            (next.middle_x() < area.middle_x() ? left : right) += 1;
    }
    if (tall > wide)
        return up > down ? 1 : 3;
    return left > 2 * right ? 2 : 0;
}

std::vector<PaperWord> on_sheet(PageWords const& layer, PaperPicture const& picture, InkSheet const& sheet)
{
    double const x_scale = sheet.paper_width / (layer.width > 0 ? layer.width : picture.width);
    double const y_scale = sheet.paper_height / (layer.height > 0 ? layer.height : picture.height);
    auto words = layer.words;
    for (auto& word : words) {
        auto const [x, y] = sheet.from_paper(word.area.left * x_scale, word.area.top * y_scale);
        auto const [u, v] = sheet.from_paper(word.area.right * x_scale, word.area.bottom * y_scale);
        word.area = { std::min(x, u), std::min(y, v), std::max(x, u), std::max(y, v) };
    }
    return words;
}

/// Small print is drawn larger, so that its lines and marks are as large as those of other print.
int dpi_for(std::vector<PaperWord> const& words)
{
    std::vector<double> heights;
    for (auto const& word : words)
        heights.push_back(std::min(word.area.height(), word.area.width()));     // of a turned page, the width
    if (heights.empty())
        return drawn_dpi;
    std::ranges::nth_element(heights, heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2));
    double const height = std::max(1.0, heights[heights.size() / 2]);
    return std::clamp(static_cast<int>(drawn_dpi * usual_letters / height), drawn_dpi, most_drawn_dpi);
}

/// The words of a recognised page as those of a text layer: in points, of the straightened page.
OpenPage open_page(std::size_t number, std::vector<PaperWord> words, InkSheet const& sheet)
{
    double const scale = 72.0 / std::max(1, sheet.dpi);
    for (auto& word : words)
        word.area = { word.area.left * scale, word.area.top * scale, word.area.right * scale, word.area.bottom * scale };
    return { number, { sheet.width() * scale, sheet.height() * scale, std::move(words) } };
}

/// Whether lines are drawn around a table as wide as a plan; a frame around a stamp or a signature is none.
bool has_wide_table(Page const& page)
{
    return std::ranges::any_of(page.cells, [](auto& cell) { return cell.column + cell.column_span - 1 >= static_cast<int>(fewest_columns); });
}

class PaperReader {
public:
    PaperReader(Limits const& limits, PageProgress const& progress) : m_limits(limits), m_progress(progress) {}

    /// `layers`: the words of the text layer by page; none for pictures.
    Result<std::vector<Page>> read(PaperSource& source, std::vector<PageWords> const& layers, std::vector<bool> const& drawn)
    {
        m_pages.resize(source.pages());
        m_progress(0, static_cast<int>(m_pages.size()));
        for (std::size_t i = 0; i < m_pages.size(); ++i) {
            auto picture = TRY(source.picture(i));
            source.prepare(i + 1);
            if (drawn[i])
                read_drawn(i, picture, layers[i]);
            else
                TRY_VOID(start(i, std::move(picture)));
        }
        while (!m_running.empty())
            TRY_VOID(finish());
        if (std::ranges::none_of(m_pages, has_wide_table)) {
            std::ranges::sort(m_open, {}, &OpenPage::number);
            read_open_tables(m_pages, m_open);
        }
        return std::move(m_pages);
    }

private:
    struct Running {
        std::size_t number;
        PaperPage page;
        int width;
        int height;
        std::unique_ptr<Recognition> recognition;
    };

    void read_drawn(std::size_t number, PaperPicture& picture, PageWords const& layer)
    {
        int const turns = turns_of(layer.words);
        // Measures are those of usual print: of a page that was drawn larger, the paper is taken to be larger.
        auto sheet = make_sheet(std::move(picture.grey), std::min(picture.dpi, drawn_dpi), Origin::Drawn, turns);
        auto words = on_sheet(layer, picture, sheet);
        PaperPage const page { std::move(sheet) };
        m_pages[number] = page.page(std::move(words), picture.width, picture.height);
        if (m_pages[number].cells.empty() && turns == 0)
            m_open.push_back({ number, layer });
        m_progress(++m_done, static_cast<int>(m_pages.size()));
    }

    Result<void> start(std::size_t number, PaperPicture picture)
    {
        PaperPage page { make_sheet(Ink { pixCopy(nullptr, picture.grey.get()) }, picture.dpi, Origin::Scanned, 0) };
        if (int const turns = turns_upright(page.sheet(), picture.grey.get()); turns != 0)
            page = PaperPage { make_sheet(std::move(picture.grey), picture.dpi, Origin::Scanned, turns) };
        Running running { number, std::move(page), picture.width, picture.height, nullptr };
        while (m_running.size() >= at_once)
            TRY_VOID(finish());
        running.recognition = std::make_unique<Recognition>(running.page, "read" + std::to_string(number + 1));
        m_running.push_back(std::move(running));
        return {};
    }

    Result<void> finish()
    {
        auto& first = m_running.front();
        auto const state = first.recognition->wait();
        if (state == Tool::State::TooSlow)
            return invalid("codec.too_complex");
        if (state == Tool::State::Failed)
            return invalid("codec.unreadable");
        auto words = first.recognition->words(m_limits);
        m_pages[first.number] = first.page.page(words, first.width, first.height);
        if (auto const& sheet = first.page.sheet(); m_pages[first.number].cells.empty() && sheet.turned == 0)
            m_open.push_back(open_page(first.number, std::move(words), sheet));
        m_running.pop_front();
        m_progress(++m_done, static_cast<int>(m_pages.size()));
        return {};
    }

    Limits const& m_limits;
    PageProgress const& m_progress;
    std::vector<Page> m_pages;
    std::deque<Running> m_running;
    std::vector<OpenPage> m_open;
    int m_done = 0;
};

Result<std::vector<Page>> read_pdf(std::string_view bytes, Limits const& limits, PageProgress const& progress)
{
    std::string const path = "in.pdf";
    if (!write_whole(path, bytes))
        return unavailable("codec.no_child");
    auto const facts = TRY(pdf_facts(path, bytes));
    Tool text { { "/usr/bin/prlimit", "--cpu=20", "/usr/bin/pdftotext", "-bbox-layout", path, "-" }, "text.xml", 30 };
    std::vector<PageWords> layers;
    auto const state = text.wait();
    if (state == Tool::State::TooSlow)
        return invalid("codec.too_complex");
    if (state == Tool::State::Done)
        layers = TRY(words_of_layout(read_whole("text.xml", most_text), limits));
    layers.resize(facts.size());
    std::vector<bool> drawn;
    std::vector<int> dpi;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        drawn.push_back(facts[i].pictures < scanned_share && speaks(layers[i].words));
        dpi.push_back(drawn.back() ? dpi_for(layers[i].words) : scanned_dpi);
    }
    PdfSource source { path, facts, dpi };
    return PaperReader { limits, progress }.read(source, layers, drawn);
}

}

bool is_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }

bool is_picture(std::string_view bytes)
{
    return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG") || bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv);
}

Result<Document> read_paper(std::string_view bytes, Limits const& limits, PageProgress const& progress)
{
    setMsgSeverity(L_SEVERITY_NONE);
    Document document { is_pdf(bytes) ? Format::Pdf : Format::Picture, {} };
    if (is_pdf(bytes)) {
        document.pages = TRY(read_pdf(bytes, limits, progress));
    } else {
        auto const source = TRY(picture_source(bytes));
        document.pages = TRY((PaperReader { limits, progress }.read(*source, {}, std::vector<bool>(source->pages(), false))));
    }
    bool const empty = std::ranges::all_of(document.pages, [](auto& page) { return page.lines.empty() && std::ranges::all_of(page.cells, [](auto& cell) { return cell.text.empty(); }); });
    if (empty)
        return invalid("codec.empty");
    return document;
}

}
