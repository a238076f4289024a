#include "http/temporary_file.hpp"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace kpuhub::http {

namespace {

class DiskSink final : public FileSink {
public:
    DiskSink(RequestFiles& files, std::string path, int descriptor)
        : m_files(files), m_path(std::move(path)), m_descriptor(descriptor)
    {
    }
    ~DiskSink() override { ::close(m_descriptor); }
    DiskSink(DiskSink const&) = delete;
    DiskSink& operator=(DiskSink const&) = delete;

    Result<void> write(std::string_view bytes) override
    {
        TRY_VOID(m_files.reserve(static_cast<std::int64_t>(bytes.size())));
        while (!bytes.empty()) {
            auto written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return unavailable("http.disk", std::string("upload: ") + std::strerror(errno));
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    Result<std::string> finish() override { return m_path; }

private:
    RequestFiles& m_files;
    std::string m_path;
    int m_descriptor;
};

}

Result<std::shared_ptr<TemporaryFolder>> TemporaryFolder::create(std::string path, Limits const& limits)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error || ::chmod(path.c_str(), 0700) != 0)
        return broken("folder of uploads " + path + ": " + (error ? error.message() : std::strerror(errno)));
    for (auto const& left : std::filesystem::directory_iterator(path, error))
        if (left.path().filename().string().starts_with("upload-"))
            std::filesystem::remove(left.path(), error);
    return std::shared_ptr<TemporaryFolder>(new TemporaryFolder(std::move(path), limits));
}

bool TemporaryFolder::disk_has_room() const
{
    struct statvfs disk {};
    return ::statvfs(m_path.c_str(), &disk) == 0 && std::uint64_t { disk.f_bavail } * disk.f_frsize > m_free_disk_bytes;
}

bool TemporaryFolder::reserve(std::int64_t bytes)
{
    if (m_bytes.fetch_add(bytes) + bytes <= m_most_bytes)
        return true;
    m_bytes -= bytes;
    return false;
}

RequestFiles::~RequestFiles()
{
    for (auto const& path : m_paths)
        ::unlink(path.c_str());
    m_folder->release(m_bytes);
}

Result<std::unique_ptr<FileSink>> RequestFiles::open()
{
    if (!m_folder->disk_has_room())
        return unavailable("http.disk", "the disk of uploads is nearly full");
    auto path = m_folder->path() + "/upload-XXXXXX";
    auto descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0)
        return unavailable("http.disk", std::string("upload: ") + std::strerror(errno));
    m_paths.push_back(path);
    return std::make_unique<DiskSink>(*this, std::move(path), descriptor);
}

Result<void> RequestFiles::reserve(std::int64_t bytes)
{
    if (!m_folder->reserve(bytes))
        return unavailable("http.disk", "uploads under way fill their share of the disk");
    m_bytes += bytes;
    return {};
}

}
