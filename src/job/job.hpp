#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kpuhub::job {

/// Long work that outlives its request: written in the transaction that asks for it, claimed with a lease, so that it
/// survives a restart and two nodes never do it twice.
struct Job {
    JobId id {};
    std::string kind;
    std::string payload;                ///< JSON
    SubjectId subject {};
    std::string state;                  ///< waiting, running, done, failed, cancelled
    std::int64_t done_steps = 0;
    std::int64_t all_steps = 0;         ///< 0 = not known yet
    std::int64_t fence = 0;
    std::int64_t attempts = 0;
    PersonId started_by {};
    std::string fault;                  ///< message key of what went wrong
    std::int64_t running_since = 0;     ///< ms since 1970 when the present worker took it; 0 = nobody has
};

JobId enqueue(storage::Transaction&, std::string_view kind, std::string payload, SubjectId, PersonId, time::Instant now);
std::optional<Job> find(storage::Reader&, JobId);
/// The newest job on a subject, for its progress bar.
std::optional<Job> latest_of(storage::Reader&, SubjectId);

/// How many jobs of the kind have not ended, and how many of them this person asked for: to bound a queue.
struct Unfinished {
    std::int64_t all = 0;
    std::int64_t own = 0;
};
Unfinished unfinished(storage::Reader&, std::string_view kind, PersonId);

/// Takes the oldest job that waits, or whose lease has run out, for lease_ms.
std::optional<Job> claim(storage::Transaction&, time::Instant now, std::int64_t lease_ms = 60'000);
/// Tells how far it is and renews the lease; a job that gets on may be tried anew. False when another has taken it or it was cancelled: stop then.
bool progress(storage::Transaction&, Job const&, std::int64_t done, std::int64_t all, time::Instant now, std::int64_t lease_ms = 60'000);
/// Ends it; false when the lease had been lost, and then nothing may be kept.
bool finish(storage::Transaction&, Job const&, std::string_view state, std::string_view fault, time::Instant now);
/// Lets go of it, unfinished: it waits again and this run does not count as tried. False when the lease had been lost.
bool release(storage::Transaction&, Job const&);
/// All running jobs wait again: only for a process that knows that no other works on this database. Gives how many.
std::int64_t release_all(storage::Transaction&);
/// Only a job that has not ended.
bool cancel(storage::Transaction&, JobId, time::Instant now);

/// What does the work of one kind. It gives a fault to fail the job with the fault's message key, or stopped() to go on later.
using Worker = std::function<Result<void>(Job const&)>;

/// What a worker gives that ends early because the program ends.
inline auto stopped() { return unavailable("job.stopped"); }

/// The kinds of job that rooms register, and one step of the work: claims one job and runs it to its end.
class Workshop {
public:
    Workshop(storage::Database& database, time::Clock const& clock) : m_database(database), m_clock(clock) {}
    void add(std::string kind, Worker worker) { m_workers[std::move(kind)] = std::move(worker); }
    /// False when nothing waited. A job tried three times without an end has failed.
    bool work_once();
    /// The program ends: long work looks at stopping() between its steps. From any thread.
    void stop() { m_stopping = true; }
    [[nodiscard]] bool stopping() const { return m_stopping; }

private:
    storage::Database& m_database;
    time::Clock const& m_clock;
    std::map<std::string, Worker> m_workers;
    std::atomic<bool> m_stopping { false };
};

}
