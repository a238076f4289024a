#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include <string>

namespace kpuhub::bench {

/// Account "bench", made once: a person of KPU RI with a post and the role of supervisor, who reads every plan, and secretary of the
/// reform team of every office that has a plan this year, who may work in it.
struct BenchPerson {
    AccountId account {};
    PersonId person {};
};
BenchPerson bench_person(storage::Database&, time::Instant now);

/// A session of his; its token is the value of the cookie "kpuhub".
std::string bench_session(storage::Database&, time::Instant now);

}
