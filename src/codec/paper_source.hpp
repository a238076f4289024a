#pragma once
#include "codec/paper_ink.hpp"
#include "codec/pdf_facts.hpp"
#include "codec/tool.hpp"
#include <memory>
#include <vector>

namespace kpuhub::codec {

/// The picture of a page as the paper is shown: not straightened yet.
struct PaperPicture {
    Ink grey;
    int dpi = 0;
    int width = 0;              ///< in points
    int height = 0;
};

/// The pages of a file as pictures, one after the other.
class PaperSource {
public:
    PaperSource() = default;
    PaperSource(PaperSource const&) = delete;
    PaperSource& operator=(PaperSource const&) = delete;
    virtual ~PaperSource() = default;
    [[nodiscard]] virtual std::size_t pages() const = 0;
    /// Work that can be done beside this process before the page is asked for.
    virtual void prepare(std::size_t /*page*/) { }
    /// Pages count from 0. Errors: codec.unreadable, codec.too_slow, codec.file.pixels.
    virtual Result<PaperPicture> picture(std::size_t page) = 0;
};

/// Pages drawn by pdftoppm at `dpi` each, less where that would make too many pixels.
class PdfSource : public PaperSource {
public:
    PdfSource(std::string path, std::vector<PdfPage> pages, std::vector<int> dpi);
    [[nodiscard]] std::size_t pages() const override { return m_pages.size(); }
    void prepare(std::size_t page) override;
    Result<PaperPicture> picture(std::size_t page) override;

private:
    [[nodiscard]] std::string name(std::size_t page) const;
    std::string m_path;
    std::vector<PdfPage> m_pages;
    std::vector<int> m_dpi;
    std::size_t m_prepared = 0;
    std::unique_ptr<Tool> m_tool;
};

/// A JPEG, a PNG or the pages of a TIFF. Sizes are checked before anything is decoded.
/// Errors: codec.unreadable, codec.file.pixels, codec.too_many_pages.
Result<std::unique_ptr<PaperSource>> picture_source(std::string_view bytes);

}
