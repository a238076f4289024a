#include "decree/issue.hpp"
#include "decree/issue_pages.hpp"
#include "paper/paper.hpp"
#include "storage/blob_store.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>
#include <set>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::decree;
using namespace kpuhub::testing;

class IssueStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    time::Date today = time::Date::of(2026, 1, 20);
    paper::Kinds kinds { { "decree", decree_kind() } };
    PaperId id {};

    template<typename Action>
    auto write(PersonId person, Action action)
    {
        auto act = act_of(person, today);
        return database->write([&](storage::Transaction& transaction) { return action(transaction, act); });
    }
    std::int64_t version() { return version_of(*database, subject_of(id)); }
    paper::OfficialPaper found()
    {
        return *database->read([&](storage::Reader& reader) { return paper::find_paper(reader, office.andreas, today, id); });
    }
    void start(std::optional<time::Date> decided_on = std::nullopt)
    {
        make_plan(*database, office, 2026, decided_on);
        auto made = write(office.andreas, [&](auto& t, auto const& act) { return start_decree(t, act, office.kota_jambi, 2026); });
        ASSERT_TRUE(made) << made.error().message_key;
        id = *made;
        auto wording = *wording_from_json(found().content);
        wording.signatory.name = "Nama Ketua";
        auto saved = write(office.andreas, [&](auto& t, auto const& act) { return save_wording(t, act, id, version(), wording, codec::PaperSize::F4, false); });
        ASSERT_TRUE(saved) << saved.error().message_key;
    }
    Result<void> initial(PersonId who) { return write(who, [&](auto& t, auto const& act) { return paper::put_initials(t, act, id, version(), "Kepala"); }); }
    Result<void> agree() { return write(office.andreas, [&](auto& t, auto const& act) { return paper::set_minutes(t, act, id, version(), "3/PK.01-BA/1571/2026", today); }); }
    Result<void> number(PersonId who, std::optional<paper::WantedNumber> wanted = {})
    {
        return write(who, [&](auto& t, auto const& act) { return paper::give_number(t, act, kinds, id, version(), today, "Jambi", wanted); });
    }
    Result<void> sign(PersonId who)
    {
        return write(who, [&](auto& t, auto const& act) { return paper::keep_original(t, act, kinds, id, version(), { "original", "pdf", std::string(64, 'a'), 10, act.at }); });
    }
    void give_number_to_it()
    {
        start();
        ASSERT_TRUE(initial(office.sekretaris));
        ASSERT_TRUE(agree());
        auto given = number(office.andreas);
        ASSERT_TRUE(given) << given.error().message_key;
    }
    std::int64_t count(std::string const& sql)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.count", sql })->integer(0); });
    }
};

FOR_BOTH_ENGINES(IssueStore);

TEST_P(IssueStore, from_draft_over_initials_minutes_and_number_to_the_signed_decree_that_fixes_its_plan)
{
    give_number_to_it();
    EXPECT_EQ(found().state, paper::State::Numbered);
    EXPECT_EQ(found().number, "1 TAHUN 2026");
    EXPECT_EQ(count("SELECT count(*) FROM job WHERE kind = 'paper.write' AND state = 'waiting'"), 1);
    auto signed_now = sign(office.andreas);
    ASSERT_TRUE(signed_now) << signed_now.error().message_key;
    EXPECT_EQ(found().state, paper::State::Signed);
    EXPECT_EQ(count("SELECT count(*) FROM plan p JOIN subject s ON s.id = p.subject_id WHERE s.state = 'fixed' AND p.number = '1 TAHUN 2026' AND p.signatory_name = 'Nama Ketua'"), 1);
    EXPECT_GE(count("SELECT count(*) FROM event WHERE kind LIKE 'paper.%'"), 6);
    auto revoked = write(office.andreas, [&](auto& t, auto const& act) { return paper::revoke(t, act, id, version(), today, "diganti"); });
    EXPECT_TRUE(revoked);
    EXPECT_EQ(found().state, paper::State::Revoked);
}

TEST_P(IssueStore, who_may_not_is_refused_and_nothing_is_written)
{
    start();
    EXPECT_EQ(initial(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(initial(office.budi).error().kind, FaultKind::NotFound);
    EXPECT_EQ(number(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(number(office.budi).error().kind, FaultKind::NotFound);
    EXPECT_EQ(write(office.siti, [&](auto& t, auto const& act) { return start_decree(t, act, office.kota_jambi, 2026); }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(write(office.budi, [&](auto& t, auto const& act) { return start_decree(t, act, office.kota_jambi, 2026); }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(write(office.siti, [&](auto& t, auto const& act) { return paper::set_pattern(t, act, office.kota_jambi, "decree", "{n}/{year}"); }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(count("SELECT count(*) FROM paper_number"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM paper_initial"), 0);
}

TEST_P(IssueStore, a_number_needs_initials_minutes_and_a_name_and_a_second_decree_of_the_year_is_a_conflict)
{
    start();
    EXPECT_EQ(number(office.andreas).error().message_key, "paper.initials_missing");
    ASSERT_TRUE(initial(office.sekretaris));
    EXPECT_EQ(number(office.andreas).error().message_key, "paper.minutes_missing");
    EXPECT_EQ(write(office.andreas, [&](auto& t, auto const& act) { return start_decree(t, act, office.kota_jambi, 2026); }).error().message_key, "paper.exists");
    EXPECT_EQ(write(office.andreas, [&](auto& t, auto const& act) { return paper::set_minutes(t, act, id, version() - 1, "3/BA", today); }).error().message_key, "subject.changed");
    EXPECT_EQ(sign(office.andreas).error().message_key, "paper.closed");
}

TEST_P(IssueStore, a_row_without_text_gets_no_number)
{
    start();
    ASSERT_TRUE(initial(office.sekretaris));
    ASSERT_TRUE(agree());
    ASSERT_TRUE(database->write([&](storage::Transaction& t) -> Result<void> {
        t.execute({ "test.open_row", "UPDATE plan_node SET body = '…' WHERE subject_id = (SELECT min(subject_id) FROM plan_node)" });
        return {};
    }));
    EXPECT_EQ(number(office.andreas).error().message_key, "decree.paper.open_rows");
    EXPECT_EQ(count("SELECT count(*) FROM paper_number"), 0);
}

TEST_P(IssueStore, new_words_drop_the_initials_given_to_the_old_ones)
{
    start();
    ASSERT_TRUE(initial(office.sekretaris));
    auto wording = *wording_from_json(found().content);
    wording.considering.push_back("bahwa lain;");
    ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const& act) { return save_wording(t, act, id, version(), wording, codec::PaperSize::A4, true); }));
    EXPECT_EQ(count("SELECT count(*) FROM paper_initial"), 0);
    EXPECT_EQ(found().state, paper::State::Draft);
    EXPECT_EQ(found().size, codec::PaperSize::A4);
    auto const next = *database->read([&](storage::Reader& reader) -> Result<Wording> { return wording_of(reader, office.kota_jambi, today); });
    EXPECT_EQ(next.considering.back(), "bahwa lain;") << "the office keeps its words";
    EXPECT_NE(next.signatory.name, "Nama Ketua") << "but not who signed";
}

TEST_P(IssueStore, a_plan_changed_after_printing_cannot_be_signed_and_the_cancelled_number_stays_with_its_reason)
{
    give_number_to_it();
    ASSERT_TRUE(database->write([&](storage::Transaction& t) -> Result<void> {
        t.execute({ "test.touch", "UPDATE subject SET version = version + 1 WHERE kind = 'plan'" });
        return {};
    }));
    EXPECT_EQ(sign(office.andreas).error().message_key, "paper.about_changed");
    EXPECT_EQ(write(office.andreas, [&](auto& t, auto const& act) { return paper::cancel(t, act, id, version(), ""); }).error().kind, FaultKind::Invalid);
    ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const& act) { return paper::cancel(t, act, id, version(), "rencana berubah"); }));
    auto const book = *database->read([&](storage::Reader& reader) -> Result<std::vector<paper::NumberLine>> { return paper::number_book(reader, office.andreas, today, office.kota_jambi, "decree", 2026); });
    ASSERT_EQ(book.size(), 1U);
    EXPECT_TRUE(book[0].cancelled);
    EXPECT_EQ(book[0].cancel_reason, "rencana berubah");
    auto again = write(office.andreas, [&](auto& t, auto const& act) { return start_decree(t, act, office.kota_jambi, 2026); });
    EXPECT_TRUE(again) << "the year is free for another paper";
}

TEST_P(IssueStore, a_wanted_number_needs_a_reason_leaves_an_explained_gap_and_is_given_once)
{
    auto take = [&](std::optional<paper::WantedNumber> wanted) {
        return write(office.andreas, [&](auto& t, auto const& act) { return paper::take_number(t, act, office.kota_jambi, "minutes", today, {}, wanted); });
    };
    EXPECT_EQ(take(paper::WantedNumber { 15, "B", "" }).error().message_key, "paper.number.reason");
    EXPECT_EQ(take(std::nullopt)->text, "1/PK.01-BA/1571/2026");
    EXPECT_EQ(take(paper::WantedNumber { 15, "B", "sisipan" })->text, "15.B/PK.01-BA/1571/2026");
    EXPECT_EQ(take(paper::WantedNumber { 15, "B", "lagi" }).error().message_key, "paper.number.taken");
    EXPECT_EQ(take(std::nullopt)->text, "16/PK.01-BA/1571/2026");
    auto const book = *database->read([&](storage::Reader& reader) -> Result<std::vector<paper::NumberLine>> { return paper::number_book(reader, office.andreas, today, office.kota_jambi, "minutes", 2026); });
    ASSERT_EQ(book.size(), 4U);
    EXPECT_TRUE(book[1].number.empty());
    EXPECT_EQ(book[1].sequence, 2);
    EXPECT_EQ(book[1].last, 14);
    EXPECT_TRUE(database->read([&](storage::Reader& reader) -> Result<std::vector<paper::NumberLine>> { return paper::number_book(reader, office.budi, today, office.kota_jambi, "minutes", 2026); })->empty());
}

TEST_P(IssueStore, fifty_at_once_get_fifty_numbers_without_a_gap)
{
    std::vector<std::string> numbers(50);
    {
        std::vector<std::jthread> people;
        for (std::size_t i = 0; i < numbers.size(); ++i)
            people.emplace_back([&, i] {
                auto taken = write(office.andreas, [&](auto& t, auto const& act) { return paper::take_number(t, act, office.kota_jambi, "letter", today, {}); });
                if (taken)
                    numbers[i] = taken->text;
            });
    }
    EXPECT_EQ(std::set<std::string>(numbers.begin(), numbers.end()).size(), 50U);
    EXPECT_EQ(count("SELECT max(last_number) FROM paper_series_year"), 50);
    EXPECT_EQ(count("SELECT count(*) FROM paper_number"), 50);
}

TEST_P(IssueStore, the_public_finds_a_paper_by_its_code_once_it_has_a_number)
{
    start();
    auto const code = found().code;
    EXPECT_EQ(code.size(), 12U);
    auto const by_code = [&] { return database->read([&](storage::Reader& reader) { return paper::paper_by_code(reader, code); }); };
    EXPECT_EQ(by_code().error().kind, FaultKind::NotFound);
    ASSERT_TRUE(initial(office.sekretaris));
    ASSERT_TRUE(agree());
    ASSERT_TRUE(number(office.andreas));
    EXPECT_EQ(by_code()->number, "1 TAHUN 2026");
}

TEST_P(IssueStore, one_job_issues_the_decrees_of_all_offices_and_a_second_run_doubles_none)
{
    make_plan(*database, office, 2026, std::nullopt);
    TestFolder folder;
    auto blobs = *storage::BlobStore::open(folder / "blobs");
    time::FixedClock clock { time::Instant { 1'776'500'000'000 } };
    job::Workshop workshop { *database, clock };
    register_issuing(workshop, *database, clock, *blobs, kinds, "https://hub.contoh");
    // The office has nobody who holds the post of Ketua: said as the fault of the job, and nothing is numbered.
    ASSERT_TRUE(write({}, [&](auto& t, auto const& act) -> Result<JobId> { return order_decrees(t, act, 2026, today); }));
    EXPECT_TRUE(workshop.work_once());
    EXPECT_EQ(count("SELECT count(*) FROM job WHERE state = 'failed' AND fault = 'decree.paper.no_signatory'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM paper_number"), 0);
    ASSERT_TRUE(database->write([&](storage::Transaction& t) -> Result<void> {
        t.execute({ "test.chair", "INSERT INTO post (unit_id, title, kind, valid_from) VALUES ($1, 'Ketua', 'chair', '2020-01-01')" }, office.kota_jambi);
        t.execute({ "test.appoint", "INSERT INTO appointment (person_id, post_id, capacity, valid_from) SELECT $1, max(id), 'definitive', '2020-01-01' FROM post" }, office.maria);
        return {};
    }));
    for (int run = 0; run < 2; ++run) {
        ASSERT_TRUE(write({}, [&](auto& t, auto const& act) -> Result<JobId> { return order_decrees(t, act, 2026, today); }));
        EXPECT_TRUE(workshop.work_once());
        EXPECT_EQ(count("SELECT count(*) FROM job WHERE state = 'done'"), run + 1);
        EXPECT_EQ(count("SELECT count(*) FROM paper_number"), 1);
        EXPECT_EQ(count("SELECT count(*) FROM official_paper WHERE number = '1 TAHUN 2026' AND place = 'Jambi'"), 1);
        EXPECT_EQ(count("SELECT count(*) FROM paper_file WHERE edition = 'final'"), 2);
    }
}
