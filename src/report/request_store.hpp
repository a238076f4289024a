#pragma once
#include "report/request.hpp"

namespace kpuhub::report {

// Statements of the requests; private to the room.
void insert_request(storage::Transaction&, journal::Act const&, RequestId, UnitId, NewRequest const&);
void insert_answer(storage::Transaction&, AnswerId, RequestId, UnitId);
void write_answer(storage::Transaction&, journal::Act const&, AnswerId, Reply const&);
/// What was open when its request was closed waits for nobody any more.
void end_open_answers(storage::Transaction&, RequestId);
/// Whether the paper is an issued one of the office.
bool is_issued_paper(storage::Reader&, UnitId, PaperId);
/// Units under the office on that day, without itself; with the distance 1 for those directly below.
struct Below {
    UnitId unit {};
    std::int64_t depth = 0;
};
std::vector<Below> units_below(storage::Reader&, UnitId, time::Date on);

}
