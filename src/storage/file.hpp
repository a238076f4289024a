#pragma once
#include "core/result.hpp"
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace kpuhub::storage {

/// An open descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : m_number(number) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor();
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// A new file beside its later place, private to this process, removed unless it is put there.
class TemporaryFile {
public:
    static Result<TemporaryFile> create(std::string const& folder);
    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();

    /// Errors: Unavailable "storage.full" and the like.
    Result<void> write(std::string_view bytes);
    /// fsync, rename to the path, fsync of its folder. A failing fsync ends the process (exit 74).
    Result<void> put_at(std::string const& path);

private:
    TemporaryFile(Descriptor descriptor, std::string path) : m_descriptor(std::move(descriptor)), m_path(std::move(path)) {}
    Descriptor m_descriptor;
    std::string m_path;         ///< empty once it is in place
};

/// Reads a file in pieces of at most 256 KiB. Errors: NotFound, Unavailable, or what the receiver gives.
Result<void> read_in_pieces(std::string const& path, std::function<Result<void>(std::string_view)> const& receive);

/// Creates the folder and those above it as far as "top" (which exists), each made durable.
Result<void> make_folder(std::string const& folder, std::string const& top);

}
