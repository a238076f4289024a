#pragma once
#include "http/request.hpp"
#include "record/record_store.hpp"

namespace kpuhub::record {

/// One condition on a field: equal to a value, or between two.
struct Filter {
    definition::Field const* field = nullptr;
    std::string value, from, to;                ///< as typed; empty = not asked
};

/// What a list shows. Read from the address: state=, q=, sort=-value, column=, after=, f.form=, f.received_on.from= ...
struct Question {
    std::vector<std::string> states;
    std::vector<Filter> filters;
    std::string text;
    definition::Field const* sort = nullptr;    ///< none: by the order of making
    bool descending = true;
    bool mine = false;
    bool late = false;                          ///< only records with an open limit of the office that has passed
    std::string after;                          ///< cursor of the page before
    std::vector<definition::Field const*> columns;
    int limit = 50;
    bool limits = true;                         ///< each record with its next limit of the office
};

/// Errors: Invalid "record.filter" for a field that the asker may not see (a filter must not tell what is hidden) or that is unknown,
/// a value that is none, an unknown state, a search of more than 200 signs.
Result<Question> question_of(http::Fields const& query, Place const&);

struct Listed {
    std::vector<Record> records;
    std::string next;                           ///< cursor of the next page; empty: this was the last
};

/// One page in one statement, whichever page it is (keyset). Only what the asker may read.
Result<Listed> list(storage::Reader&, Place const&, Question const&);

/// How far the records of a state are counted: a list of a million must not count them all for each page.
inline constexpr std::int64_t most_counted = 1000;
/// Records by state that the asker may read, drafts among them, and how many of all are late; most_counted + 1 stands for more. States
/// without any are left out. One statement.
struct StateCounts {
    std::map<std::string, std::int64_t> states;
    std::int64_t late = 0;
};
StateCounts count_states(storage::Reader&, Place const&);

}
