#pragma once
#include "definition/feed_file.hpp"
#include "record/record_links.hpp"

namespace kpuhub::record {

/// A register of an office whose records in some states are public, as nobody in particular meets it.
/// Errors: NotFound when it is off there or shows no records.
Result<Place> public_place(storage::Reader&, definition::Shelf&, std::string_view unit_code, std::string const& register_id, time::Date today);

/// What the public asks of the list.
struct PublicListQuestion {
    std::string text;                       ///< words to search
    std::string choice;                     ///< value of the first choice among the columns of the list
    std::string after;                      ///< "2026-03-01~12": the last one of the page before
    definition::Field const* order = nullptr;
    definition::Field const* by = nullptr;  ///< the field of `choice`
    int limit = 25;
};
struct PublicListed {
    std::vector<Record> records;
    std::string next;
};
/// Newest first by the order field, with those fields of each that are public. One statement.
PublicListed public_list(storage::Reader&, Place const&, PublicListQuestion const&);

/// A record in a public state of that office. Errors: NotFound.
Result<Record> public_record(storage::Reader&, Place const&, SubjectId);

/// How many there are, and when one of them changed last. One statement.
struct PublicStanding {
    std::int64_t records = 0;
    std::optional<time::Instant> changed_at {};
};
PublicStanding public_standing(storage::Reader&, Place const&);

/// What belongs to these records (at most 200): files of their public fields, last changes, and links to what is public. Three statements.
struct PublicParts {
    std::map<std::int64_t, std::map<std::string, RecordFile>> files;     ///< by record, then field
    std::map<std::int64_t, time::Instant> changed;
    std::map<std::int64_t, std::vector<RecordLink>> links;
};
PublicParts parts_of(storage::Reader&, Place const&, std::vector<Record> const&);

/// The feed that is made of a register; null when none is.
definition::Feed const* feed_over(definition::Register const&);

/// The words that the feed has for the state and links of a record.
definition::Words const& feed_status(definition::Feed const&, Record const&, std::vector<RecordLink> const&);

/// The feed's JSON array over these records, without its brackets: each object, parted by commas. `base` stands before addresses.
std::string feed_objects(definition::Feed const&, Place const&, std::vector<Record> const&, PublicParts const&, std::string const& base);

}
