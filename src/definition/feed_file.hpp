#pragma once
#include "definition/register.hpp"

namespace kpuhub::definition {

/// One field of a feed: its name outside, and where its value comes from.
struct FeedField {
    enum class As : std::uint8_t { Plain, Year, FileName, FileAddress, Capitals };
    std::string name;
    std::string from;                       ///< a field of the register, "id", "page", "status", "changed_at"; empty: always `text`
    As as = As::Plain;
    std::string text;
};

/// What a record's state and links make of it; the first that holds is said.
struct FeedStatus {
    Words words;
    std::vector<std::string> states, links;
};

/// A feed of public records for another system (definitions/feeds/): names, order and derivations are data.
struct Feed {
    std::string id, register_id, unknown, order_by;
    std::vector<FeedField> fields;
    std::vector<FeedStatus> statuses;
    std::vector<std::string> listed;        ///< columns of the public list
};

/// Reads and checks a feed. Errors: Invalid with file and line.
Result<Feed> load_feed(std::string_view file, std::string_view text);

/// Names of the feed that the register does not have: fields, states, kinds of links. Empty when it fits.
std::vector<std::string> missing_in(Register const&, Feed const&);

/// definitions/feeds/jdihn.yaml, read once. Throws std::logic_error when it is faulty: the program does not start.
Feed const& jdihn_feed();

}
