#pragma once
#include "record/record_store.hpp"
#include "view/visitor.hpp"

namespace kpuhub::record {

/// A link between two records of a register, as one end of it says it ("mencabut", "dicabut dengan"). It is stored once, at whichever
/// end somebody wrote it; both ends show it.
struct RecordLink {
    SubjectId from {}, to {};               ///< `from` is the end that is speaking; `to` is none for what is no record here
    std::string kind;                       ///< an option of the choice that says the kind
    bool written_here = false;              ///< stored at `from`
    std::string outside;                    ///< what it leads to when that is no record here
    std::string other_name, other_number, other_state;
    std::string other_unit_code, other_unit_name;
    bool other_is_here = false;             ///< in the office of the place
};

/// The links of these records (at most 200), each told by the end that is one of them; both ways between two of them once. Only those
/// whose other end the asker may read or everybody may. One statement. Drafts are left out.
std::vector<RecordLink> links_of(storage::Reader&, Place const&, std::vector<SubjectId> const&);

/// Links of an office's records by which one of them points upward or sideways, at most `limit`. One statement.
std::vector<RecordLink> links_in_office(storage::Reader&, Place const&, int limit);

/// What the speaking end of a link is called, and its state.
struct SpeakingEnd {
    std::string name, state;
};
/// Of at most 300 records that the asker reads. One statement.
std::map<std::int64_t, SpeakingEnd> names_of(storage::Reader&, definition::Register const&, std::vector<SubjectId> const&);

/// How many records of the office the asker may read, drafts left out. One statement.
std::int64_t count_seen(storage::Reader&, Place const&);

/// What may not be written: a link to the record itself, one that leads nowhere, and the two ends each saying that it undoes the other
/// (A revokes B and B revokes A). Locks the other end when it stands in the same office: it could be written there at once.
/// Errors: Invalid with the field, NotFound.
Result<void> check_link(storage::Transaction&, Place const&, definition::Field const& list, SubjectId, Content const&);

/// A link on a page.
struct LinkLine {
    std::string kind, name, outside, office;
    view::Link link;
    std::string kind_code;
    void describe(view::Visitor&) const;
};
/// `outward`: for pages of the public, which lead to pages of the public.
LinkLine link_line(RecordLink const&, definition::Register const&, text::Language, bool outward = false);

/// The page of the public of a record.
std::string public_address(std::string const& unit_code, definition::Register const&, SubjectId);

/// The option of a kind of link.
definition::FieldOption const* link_kind(definition::Register const&, std::string_view kind);

}
