#pragma once
#include "core/result.hpp"
#include "http/multipart.hpp"
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kpuhub::http {

/// The private folder (mode 0700) where uploads wait for their handler. It counts the bytes of all uploads under way.
class TemporaryFolder {
public:
    /// Makes the folder and removes what an earlier run left in it. Errors: Broken with the cause.
    static Result<std::shared_ptr<TemporaryFolder>> create(std::string path, Limits const&);

    [[nodiscard]] std::string const& path() const { return m_path; }
    /// Whether the disk holds more free bytes than limits.free_disk_bytes.
    [[nodiscard]] bool disk_has_room() const;
    [[nodiscard]] bool reserve(std::int64_t bytes);
    void release(std::int64_t bytes) { m_bytes -= bytes; }

private:
    TemporaryFolder(std::string path, Limits const& limits)
        : m_path(std::move(path))
        , m_most_bytes(static_cast<std::int64_t>(limits.temporary_bytes))
        , m_free_disk_bytes(limits.free_disk_bytes)
    {
    }

    std::string m_path;
    std::int64_t m_most_bytes;
    std::uint64_t m_free_disk_bytes;
    std::atomic<std::int64_t> m_bytes { 0 };
};

/// The files of one request: made while its body is read, removed when it is answered (unless the handler moved them).
class RequestFiles {
public:
    explicit RequestFiles(std::shared_ptr<TemporaryFolder> folder) : m_folder(std::move(folder)) {}
    ~RequestFiles();
    RequestFiles(RequestFiles const&) = delete;
    RequestFiles& operator=(RequestFiles const&) = delete;

    /// A new file. Its errors: Unavailable (http.disk) when the folder is full or the disk refuses.
    Result<std::unique_ptr<FileSink>> open();
    Result<void> reserve(std::int64_t bytes);

private:
    std::shared_ptr<TemporaryFolder> m_folder;
    std::vector<std::string> m_paths;
    std::int64_t m_bytes = 0;
};

}
