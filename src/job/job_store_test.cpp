#include "job/job.hpp"
#include "support/test_database.hpp"
#include <atomic>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;

class JobStore : public ForBothEngines {
protected:
    time::FixedClock clock { { 1'000'000 } };

    JobId enqueue(std::string_view kind = "decree.read")
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<JobId> { return job::enqueue(transaction, kind, "{}", {}, {}, clock.now()); });
    }
    std::optional<job::Job> claim(std::int64_t lease_ms = 60'000)
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<std::optional<job::Job>> { return job::claim(transaction, clock.now(), lease_ms); });
    }
    bool progress(job::Job const& of, std::int64_t done)
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, of, done, 10, clock.now()); });
    }
    bool finish(job::Job const& of)
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<bool> { return job::finish(transaction, of, "done", "", clock.now()); });
    }
    bool cancel(JobId id)
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<bool> { return job::cancel(transaction, id, clock.now()); });
    }
    job::Job find(JobId id) { return **database->read([&](storage::Reader& reader) -> Result<std::optional<job::Job>> { return job::find(reader, id); }); }
    void pass(std::int64_t milliseconds) { clock.set({ clock.now().milliseconds + milliseconds }); }
};
FOR_BOTH_ENGINES(JobStore);

TEST_P(JobStore, the_oldest_waiting_job_is_claimed_and_only_once)
{
    auto first = enqueue();
    auto second = enqueue();
    EXPECT_EQ(claim()->id, first);
    EXPECT_EQ(claim()->id, second);
    EXPECT_FALSE(claim());
}

TEST_P(JobStore, a_lease_that_ran_out_gives_the_job_to_another_and_the_fence_shuts_the_first_out)
{
    auto id = enqueue();
    auto slow = *claim();
    pass(59'000);
    EXPECT_FALSE(claim());
    pass(2'000);
    auto fast = *claim();
    EXPECT_EQ(fast.id, id);
    EXPECT_GT(fast.fence, slow.fence);
    EXPECT_FALSE(progress(slow, 5));
    EXPECT_FALSE(finish(slow));
    EXPECT_TRUE(progress(fast, 7));
    EXPECT_TRUE(finish(fast));
    EXPECT_EQ(find(id).state, "done");
    EXPECT_EQ(find(id).done_steps, 7);
    EXPECT_FALSE(finish(fast));
}

TEST_P(JobStore, telling_progress_renews_the_lease)
{
    enqueue();
    auto running = *claim();
    pass(50'000);
    EXPECT_TRUE(progress(running, 1));
    pass(50'000);
    EXPECT_FALSE(claim());
}

TEST_P(JobStore, a_cancelled_job_stops_its_worker_and_never_runs_again)
{
    auto id = enqueue();
    auto running = *claim();
    EXPECT_TRUE(cancel(id));
    EXPECT_FALSE(progress(running, 1));
    EXPECT_FALSE(finish(running));
    pass(120'000);
    EXPECT_FALSE(claim());
    EXPECT_FALSE(cancel(id));
    EXPECT_EQ(find(id).state, "cancelled");
}

TEST_P(JobStore, a_job_that_three_workers_did_not_survive_fails_without_a_fourth)
{
    auto id = enqueue();
    for (int worker = 0; worker < 3; ++worker) {
        ASSERT_TRUE(claim());
        pass(61'000);       // it died: nobody told anything
    }
    int ran = 0;
    job::Workshop workshop { *database, clock };
    workshop.add("decree.read", [&](job::Job const&) -> Result<void> {
        ++ran;
        return {};
    });
    EXPECT_TRUE(workshop.work_once());
    EXPECT_EQ(ran, 0);
    EXPECT_EQ(find(id).state, "failed");
    EXPECT_EQ(find(id).fault, "job.tried_often");
    EXPECT_FALSE(workshop.work_once());
}

TEST_P(JobStore, the_fault_of_a_worker_is_kept_as_words_for_the_person)
{
    auto id = enqueue();
    auto unknown = enqueue("nobody.does.this");
    job::Workshop workshop { *database, clock };
    workshop.add("decree.read", [](job::Job const&) -> Result<void> { return invalid("decree.no_table"); });
    EXPECT_TRUE(workshop.work_once());
    EXPECT_TRUE(workshop.work_once());
    EXPECT_EQ(find(id).fault, "decree.no_table");
    EXPECT_EQ(find(unknown).state, "failed");
}

TEST(Jobs, are_claimed_once_by_workers_on_two_connections)
{
    TestDatabase database { storage::Engine::Postgres, { .rerun = false } };
    time::FixedClock clock { { 1'000'000 } };
    constexpr int jobs = 30;
    for (int i = 0; i < jobs; ++i)
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<JobId> { return job::enqueue(transaction, "count", "{}", {}, {}, clock.now()); }));
    std::atomic<int> claimed = 0;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < 4; ++i)
            workers.emplace_back([&] {
                for (int tried = 0; tried < 200 && claimed < jobs; ++tried)
                    if (auto one = database->write([&](storage::Transaction& transaction) -> Result<std::optional<job::Job>> { return job::claim(transaction, clock.now()); }); one && *one)
                        ++claimed;
            });
    }
    EXPECT_EQ(claimed, jobs);
}
