#include "codec/pdf_facts.hpp"
#include "codec/tool.hpp"
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace kpuhub::codec {

namespace {

constexpr std::size_t most_pages = 300;
constexpr double most_pixels = 100e6;           ///< of one picture; A3 at 600 dpi has 70 million
constexpr double most_seconds = 4;              ///< for all that is asked before a page is read
constexpr std::size_t most_objects = 200'000;
constexpr std::size_t most_output = 8U << 20U;

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; (at = line.find_first_not_of(' ', at)) != std::string_view::npos && words.size() < 32;) {
        auto const end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

double number_of(std::string_view text)
{
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && std::isfinite(value) ? std::clamp(value, 0.0, 1e7) : 0;
}

template<typename Visit>
void each_line(std::string_view text, Visit visit)
{
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        visit(words_of(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::size_t objects_in(std::string_view bytes)
{
    std::size_t count = 0;
    for (std::size_t at = 0; (at = bytes.find(" obj", at)) != std::string_view::npos && count <= most_objects; at += 4)
        ++count;
    return count;
}

Failure too_complex() { return invalid("codec.too_complex"); }

}

Result<std::vector<PdfPage>> pages_of_info(std::string_view text)
{
    std::vector<PdfPage> pages;
    double count = 0;
    each_line(text, [&](auto const& words) {
        if (words.size() == 2 && words[0] == "Pages:")
            count = number_of(words[1]);
        if (words.size() < 4 || words[0] != "Page")
            return;
        auto const number = static_cast<std::size_t>(number_of(words[1]));
        if (words[2] == "size:" && words.size() >= 6 && number == pages.size() + 1 && pages.size() <= most_pages)
            pages.push_back({ number_of(words[3]), number_of(words[5]), 0 });
        if (words[2] == "rot:" && number == pages.size() && number > 0 && (words[3] == "90" || words[3] == "270"))
            std::swap(pages.back().width, pages.back().height);
    });
    if (count > static_cast<double>(most_pages) || pages.size() > most_pages)
        return invalid_because("codec.too_many_pages", std::to_string(most_pages));
    bool const odd = std::ranges::any_of(pages, [](auto& page) { return page.width < 20 || page.height < 20 || page.width > 14'400 || page.height > 14'400; });
    if (pages.empty() || odd)
        return invalid("codec.unreadable");
    return pages;
}

Result<void> add_pictures(std::vector<PdfPage>& pages, std::string_view list)
{
    bool too_large = false;
    each_line(list, [&](auto const& words) {
        // page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio
        if (words.size() < 14 || number_of(words[0]) < 1)
            return;
        double const width = number_of(words[3]);
        double const height = number_of(words[4]);
        too_large = too_large || width * height > most_pixels;
        auto const page = static_cast<std::size_t>(number_of(words[0])) - 1;
        double const x_ppi = number_of(words[12]);
        double const y_ppi = number_of(words[13]);
        if (page < pages.size() && words[2] == "image" && x_ppi > 0 && y_ppi > 0)
            pages[page].pictures += width / x_ppi * 72 * height / y_ppi * 72 / (pages[page].width * pages[page].height);
    });
    if (too_large)
        return invalid_because("codec.file.pixels", std::to_string(static_cast<int>(most_pixels / 1e6)));
    return {};
}

Result<std::vector<PdfPage>> pdf_facts(std::string const& path, std::string_view bytes)
{
    if (objects_in(bytes) > most_objects)
        return too_complex();
    auto const started = std::chrono::steady_clock::now();
    Tool info { { "/usr/bin/pdfinfo", "-f", "1", "-l", "1000", path }, "info.txt", most_seconds };
    auto const state = info.wait();
    if (state == Tool::State::TooSlow)
        return too_complex();
    if (state == Tool::State::Failed)
        return invalid(bytes.find("/Encrypt") != std::string_view::npos ? "codec.encrypted" : "codec.unreadable");
    auto pages = TRY(pages_of_info(read_whole("info.txt", most_output)));
    auto const taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    Tool pictures { { "/usr/bin/pdfimages", "-list", path }, "pictures.txt", most_seconds - taken };
    if (pictures.wait() == Tool::State::TooSlow)
        return too_complex();
    TRY_VOID(add_pictures(pages, read_whole("pictures.txt", most_output)));
    return pages;
}

}
