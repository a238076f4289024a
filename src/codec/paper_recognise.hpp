#pragma once
#include "codec/paper_page.hpp"
#include "codec/tool.hpp"
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// Quarter turns to the right that put a scanned page upright: by the form of its letters (Leptonica), on a sheet of which lines and specks
/// were taken out, or, where these do not tell clearly, as tesseract sees the picture of the page; 0 when neither can tell.
int turns_upright(InkSheet const&, Pix* picture);
/// The same from what `tesseract --psm 0` prints.
int turns_of_orientation(std::string_view text);

/// The writing of one page being recognised: its regions are put below each other into tall pictures, so that columns never
/// run into each other, and given to tesseract (Indonesian), which works beside this process.
class Recognition {
public:
    /// `name` begins the names of its files in the folder of this process.
    Recognition(PaperPage const&, std::string name);
    Recognition(Recognition const&) = delete;
    Recognition& operator=(Recognition const&) = delete;
    ~Recognition();

    Tool::State look() { return m_tool ? m_tool->look() : Tool::State::Done; }
    Tool::State wait() { return m_tool ? m_tool->wait() : Tool::State::Done; }
    /// The words in pixels of the sheet, when it is done.
    [[nodiscard]] std::vector<PaperWord> words(Limits const&) const;

private:
    struct Part {
        int picture = 0;
        Area area {};           ///< in its picture
        double left = 0;        ///< on the sheet
        double top = 0;
    };
    void put(InkSheet const&, Strips const&);
    void write(InkSheet const&, std::vector<Part> const& parts, std::vector<Area> const& from, double width, double height);

    std::string m_name;
    int m_pictures = 0;
    std::vector<Part> m_parts;
    std::unique_ptr<Tool> m_tool;
};

}
