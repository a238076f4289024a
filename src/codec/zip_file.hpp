#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <memory>
#include <string_view>

struct zip;

namespace kpuhub::codec {

/// An archive in memory whose entries were counted and measured before anything is unpacked (security.md 8).
class ZipFile {
public:
    /// Errors: codec.office_broken, codec.encrypted, codec.zip_too_large.
    static Result<ZipFile> open(std::string_view bytes, Limits const&);
    [[nodiscard]] bool has(std::string const& path) const;
    /// The unpacked bytes of one entry. Errors: as `open`; codec.office_broken when it is not there.
    Result<std::string> read(std::string const& path);

private:
    struct Closer {
        void operator()(zip*) const;
    };
    ZipFile(zip* archive, std::size_t left) : m_archive(archive), m_left(left) {}
    std::unique_ptr<zip, Closer> m_archive;
    std::size_t m_left;   ///< bytes that may still be unpacked
};

}
