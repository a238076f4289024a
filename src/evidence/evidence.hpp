#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::evidence {

/// What a proof (bukti dukung) is: a file, the address of a page, a paper named by kind, number and date, or another
/// subject of the program.
enum class Kind : std::uint8_t { File, Link, Reference, Record };

std::string_view code(Kind);
std::optional<Kind> kind_of(std::string_view code);

/// States of a proof as subject: seen by those who may; held back because what stands inside the file could not be
/// taken out (only who brought it sees it); taken away by hand before it proved anything.
inline constexpr std::string_view ready_state = "ready";
inline constexpr std::string_view held_state = "held";
inline constexpr std::string_view discarded_state = "discarded";

/// A file as it lies in the blob store. Hashes never leave the program: a file is opened by the id of its proof.
struct StoredFile {
    std::string shown_hash {};             ///< cleaned copy; empty when the file is held back
    std::string original_hash {};          ///< as sent; restricted
    std::string preview_hash {};           ///< small picture; empty = none
    std::string media_type {};             ///< decided by content
    std::string name {};                   ///< shown, never a path
    std::int64_t bytes = 0;             ///< of the copy that people open
    bool held = false;
};

/// A paper that lies elsewhere: 'SK', '12 TAHUN 2022', 11 April 2022.
struct Paper {
    std::string kind;
    std::string number;
    std::optional<time::Date> date {};
};

/// What is brought. A file scanned in July can prove June: the effective day and the covered days are not those of sending.
struct Proof {
    Kind kind = Kind::File;
    std::string title;                  ///< empty = proposed from the file name, the address or the paper
    std::string address {};             ///< of a link
    Paper paper {};
    SubjectId record {};
    StoredFile file {};
    std::optional<time::Date> effective_on {};
    std::optional<time::Date> covers_from {};
    std::optional<time::Date> covers_to {};
};

/// What it is to prove: a subject and, inside a deliverable, one of its success indicators (none = the whole).
struct Target {
    SubjectId subject {};
    PlanNodeId part {};
    friend auto operator<=>(Target const&, Target const&) = default;
};

/// The proof with blanks removed, address completed ("https://" put before a bare host) and a title.
/// Errors: Invalid with each wrong field: title, address, paper_kind, paper_number, covers_from, covers_to.
Result<Proof> checked(Proof);

/// An address that people may follow: http or https, a host, no user name or password, at most 2,000 bytes, visible
/// ASCII (other bytes of the path are percent-encoded). Errors: the message key of what is wrong.
tl::expected<std::string, std::string> checked_address(std::string_view);

/// "jdih.kpu.go.id" of a checked address: shown beside each link, so that nobody is led astray by a title.
std::string host_of(std::string_view address);

}
