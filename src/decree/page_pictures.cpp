#include "decree/page_pictures.hpp"
#include "codec/page_picture.hpp"
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <vector>

namespace kpuhub::decree {

namespace fs = std::filesystem;

Result<std::string> PagePictures::picture(std::string const& hash, int page, std::string const& path, codec::ChildSetting const& setting) const
{
    auto const file = m_folder + "/" + hash + "-" + std::to_string(page) + ".png";
    if (std::ifstream kept { file, std::ios::binary })
        return std::string { std::istreambuf_iterator<char>(kept), {} };
    auto made = TRY(codec::page_picture_in_child(path, page, width, setting));
    if (made.size() > most_bytes)
        return invalid("codec.too_large");
    keep(file, made);
    return made;
}

/// Written under another name first, so that nobody reads half a picture. A full disk costs the time of making it again, no more.
void PagePictures::keep(std::string const& file, std::string const& bytes) const
{
    static std::atomic<unsigned> counter { 0 };
    std::error_code error;
    fs::create_directories(m_folder, error);
    fs::permissions(m_folder, fs::perms::owner_all, error);
    auto const temporary = file + "." + std::to_string(::getpid()) + "." + std::to_string(++counter);
    bool whole = false;
    {
        std::ofstream out { temporary, std::ios::binary };
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.close();
        whole = out.good();
    }
    if (whole)
        fs::rename(temporary, file, error);
    if (!whole || error)
        fs::remove(temporary, error);
    make_room();
}

void PagePictures::make_room() const
{
    std::error_code error;
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    for (auto at = fs::directory_iterator { m_folder, error }; !error && at != fs::directory_iterator {}; at.increment(error)) {
        std::error_code gone;       // another thread may have removed it
        if (auto const made_at = at->last_write_time(gone); !gone)
            files.emplace_back(made_at, at->path());
    }
    if (files.size() <= most_kept)
        return;
    std::ranges::sort(files);
    files.resize(files.size() - most_kept);
    for (auto const& [made_at, path] : files)
        fs::remove(path, error);
}

}
