#pragma once
#include "codec/child.hpp"
#include "core/result.hpp"
#include <string>

namespace kpuhub::decree {

/// Pictures of the pages of imported papers, each made once by a child process and kept in a folder of its own. The folder holds at
/// most `most_kept` files: those made longest ago go first, and whatever is missing is made again. Any thread.
class PagePictures {
public:
    static constexpr std::size_t most_kept = 200;
    static constexpr int width = 1200;          ///< pixels
    static constexpr std::size_t most_bytes = 8U << 20U;

    explicit PagePictures(std::string folder) : m_folder(std::move(folder)) {}

    /// The PNG of a page (from 1) of the file at `path` whose bytes have this hash.
    /// Errors: those of codec::page_picture_in_child; Invalid codec.too_large.
    [[nodiscard]] Result<std::string> picture(std::string const& hash, int page, std::string const& path, codec::ChildSetting const&) const;

private:
    void keep(std::string const& file, std::string const& bytes) const;
    void make_room() const;

    std::string m_folder;
};

}
