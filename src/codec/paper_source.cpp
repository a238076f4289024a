#include "codec/paper_source.hpp"
#include "codec/picture.hpp"
#include <algorithm>
#include <cmath>
#include <leptonica/allheaders.h>
#include <unistd.h>

namespace kpuhub::codec {

namespace {

constexpr double most_drawn_pixels = 36e6;
constexpr double most_picture_pixels = 80e6;
constexpr int most_pictures = 300;
constexpr double most_seconds = 30;
constexpr int reading_dpi = 300;
constexpr double paper_inches = 12.0;       ///< longer side of A4 and F4, between the two: for pictures that do not say

Failure too_many_pixels() { return invalid_because("codec.file.pixels", std::to_string(static_cast<int>(most_picture_pixels / 1e6))); }

class PictureSource : public PaperSource {
public:
    PictureSource(std::string_view bytes, std::size_t pages) : m_bytes(bytes), m_pages(pages) {}
    [[nodiscard]] std::size_t pages() const override { return m_pages; }

    Result<PaperPicture> picture(std::size_t page) override
    {
        auto const* const data = reinterpret_cast<unsigned char const*>(m_bytes.data());
        bool const jpeg = m_bytes.starts_with("\xFF\xD8");
        Ink raw { jpeg ? pixReadMemJpeg(data, m_bytes.size(), 0, 1, nullptr, L_JPEG_READ_LUMINANCE)
                : is_tiff() ? pixReadMemTiff(data, m_bytes.size(), static_cast<int>(page))
                            : pixReadMem(data, m_bytes.size()) };
        if (!raw)
            return invalid("codec.unreadable");
        int const resolution = pixGetXRes(raw.get());
        if (pixGetDepth(raw.get()) == 32 && pixGetSpp(raw.get()) == 4)
            raw.reset(pixAlphaBlendUniform(raw.get(), 0xFFFFFF00));
        Ink grey { pixConvertTo8(raw.get(), 0) };
        raw.reset();
        if (!grey)
            return invalid("codec.unreadable");
        if (jpeg)
            put_upright(grey);
        return sized(std::move(grey), resolution);
    }

private:
    [[nodiscard]] bool is_tiff() const { return m_bytes.starts_with("II*") || m_bytes.starts_with("MM"); }

    /// As the camera says that it was held.
    void put_upright(Ink& grey) const
    {
        auto const about = picture_of("jpeg", m_bytes);
        int const turned = about ? about->turned : 1;
        if (turned == 2 || turned == 4 || turned == 5 || turned == 7)
            pixFlipLR(grey.get(), grey.get());
        int const quarters = turned == 3 || turned == 4 ? 2 : turned == 6 || turned == 7 ? 1 : turned == 8 || turned == 5 ? 3 : 0;
        if (quarters != 0)
            grey.reset(pixRotateOrth(grey.get(), quarters));
    }

    static PaperPicture sized(Ink grey, int resolution)
    {
        int const longer = std::max(pixGetWidth(grey.get()), pixGetHeight(grey.get()));
        double const inches = resolution > 0 ? static_cast<double>(longer) / resolution : 0;
        double const dpi = inches > 5 && inches < 24 && resolution >= 90 ? resolution : longer / paper_inches;
        PaperPicture made { nullptr, static_cast<int>(std::lround(dpi)), static_cast<int>(std::lround(pixGetWidth(grey.get()) * 72 / dpi)),
            static_cast<int>(std::lround(pixGetHeight(grey.get()) * 72 / dpi)) };
        if (dpi < 250 || dpi > 400) {
            auto const scale = static_cast<float>(std::min(4.0, reading_dpi / dpi));
            made.dpi = static_cast<int>(std::lround(dpi * scale));
            grey.reset(pixScale(grey.get(), scale, scale));
        }
        made.grey = std::move(grey);
        return made;
    }

    std::string_view m_bytes;
    std::size_t m_pages;
};

/// The number of pages of a TIFF, none of them over the cap.
Result<std::size_t> tiff_pages(std::string_view bytes)
{
    auto const* const data = reinterpret_cast<unsigned char const*>(bytes.data());
    std::size_t pages = 0;
    for (; pages <= static_cast<std::size_t>(most_pictures); ++pages) {
        l_int32 width = 0, height = 0, bits = 0, samples = 0, resolution = 0, mapped = 0, format = 0;
        if (readHeaderMemTiff(data, bytes.size(), static_cast<int>(pages), &width, &height, &bits, &samples, &resolution, &mapped, &format) != 0)
            break;
        if (static_cast<double>(width) * height > most_picture_pixels)
            return too_many_pixels();
    }
    if (pages > static_cast<std::size_t>(most_pictures))
        return invalid_because("codec.too_many_pages", std::to_string(most_pictures));
    if (pages == 0)
        return invalid("codec.unreadable");
    return pages;
}

}

PdfSource::PdfSource(std::string path, std::vector<PdfPage> pages, std::vector<int> dpi) : m_path(std::move(path)), m_pages(std::move(pages)), m_dpi(std::move(dpi))
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        while (m_dpi[i] > 20 && m_pages[i].width * m_pages[i].height / 72 / 72 * m_dpi[i] * m_dpi[i] > most_drawn_pixels)
            m_dpi[i] = m_dpi[i] * 9 / 10;
}

std::string PdfSource::name(std::size_t page) const { return "page" + std::to_string(page + 1); }

void PdfSource::prepare(std::size_t page)
{
    if (page >= m_pages.size() || m_prepared == page + 1)
        return;
    auto const number = std::to_string(page + 1);
    m_prepared = page + 1;
    m_tool = std::make_unique<Tool>(std::vector<std::string> { "/usr/bin/prlimit", "--cpu=8", "/usr/bin/pdftoppm", "-gray", "-r", std::to_string(m_dpi[page]),
                                        "-f", number, "-l", number, "-singlefile", m_path, name(page) },
        "/dev/null", most_seconds);
}

Result<PaperPicture> PdfSource::picture(std::size_t page)
{
    prepare(page);
    auto const state = m_tool->wait();
    auto const file = name(page) + ".pgm";
    Ink grey = state == Tool::State::Done ? read_grey(file) : Ink {};
    ::unlink(file.c_str());
    if (state == Tool::State::TooSlow)
        return invalid("codec.too_complex");
    if (!grey)
        return invalid("codec.unreadable");
    return PaperPicture { std::move(grey), m_dpi[page], static_cast<int>(std::lround(m_pages[page].width)), static_cast<int>(std::lround(m_pages[page].height)) };
}

Result<std::unique_ptr<PaperSource>> picture_source(std::string_view bytes)
{
    setMsgSeverity(L_SEVERITY_NONE);
    std::size_t pages = 1;
    if (bytes.starts_with("\xFF\xD8") || bytes.starts_with("\x89PNG")) {
        auto const about = picture_of(bytes[0] == '\x89' ? "png" : "jpeg", bytes);
        if (!about)
            return invalid("codec.unreadable");
        if (static_cast<double>(about->pixels()) > most_picture_pixels)
            return too_many_pixels();
    } else {
        pages = TRY(tiff_pages(bytes));
    }
    return std::unique_ptr<PaperSource> { std::make_unique<PictureSource>(bytes, pages) };
}

}
