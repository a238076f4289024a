#include "codec/reader_queue.hpp"
#include "decree/review_model.hpp"
#include "decree/source_rows.hpp"
#include "job/job.hpp"
#include "support/hub.hpp"
#include "support/paths.hpp"
#include "view/renderer.hpp"
#include <fstream>
#include <gmock/gmock.h>
#include <regex>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

/// A decree on paper: pages are pictures, and the review shows them.
class PaperImport : public ::testing::Test {
protected:
    Hub hub;

    std::string upload(std::string const& bytes, std::string const& name)
    {
        auto sent = run(hub.site(), { .name = "upload", .method = Method::Post, .path = "/units/1571/imports", .uploads = { upload_of(hub.folder, name, bytes) }, .as = &hub.andreas });
        EXPECT_EQ(sent.status, 303) << sent.body.substr(0, 500);
        return sent.header("Location");
    }
    /// Two pages as pictures, one stained cell (tests/fixtures/paper/make.py).
    std::string upload_scan()
    {
        std::ifstream file { source_folder() + "/tests/fixtures/paper/scan.pdf", std::ios::binary };
        return upload({ std::istreambuf_iterator<char>(file), {} }, "pindai.pdf");
    }
    std::optional<job::Job> claim()
    {
        auto claimed = hub.database->write([&](storage::Transaction& transaction) -> Result<std::optional<job::Job>> { return job::claim(transaction, hub.clock.now()); });
        return claimed ? *claimed : std::nullopt;
    }
    bool tell(job::Job const& job, std::int64_t done, std::int64_t all)
    {
        auto told = hub.database->write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, job, done, all, hub.clock.now()); });
        return told && *told;
    }
    std::string version() { return std::to_string(hub.count("SELECT max(s.version) FROM subject s WHERE s.kind = 'decree_import'")); }
    std::string page(std::string const& address, CookieJar& who) { return get(hub, who, address).body; }
};

}

TEST_F(PaperImport, the_review_shows_the_page_with_the_doubtful_cell_and_says_how_sure_it_was)
{
    auto const address = upload_scan();
    hub.work();
    auto const review = page(address + "?group=low_confidence", hub.andreas);
    EXPECT_THAT(review, HasSubstr("<image href=\"" + address + "/pages/2\"")) << review.substr(0, 2000);
    EXPECT_THAT(review, HasSubstr("Halaman 2 dari 2"));
    EXPECT_TRUE(std::regex_search(review, std::regex { "Terbaca ragu: [1-5]?\\d %" })) << "of a stain little can be read, and it is one cell";
    EXPECT_THAT(review, HasSubstr("<rect class=\"on\""));
    EXPECT_THAT(review, Not(HasSubstr("style=")));
    std::smatch row;
    ASSERT_TRUE(std::regex_search(review, row, std::regex { "group=low_confidence&(?:amp;)?row=(\\d+)#sumber" })) << "a link for each row";
    auto const marked = page(address + "?group=low_confidence&row=" + row[1].str(), hub.andreas);
    EXPECT_THAT(marked, HasSubstr("k-paper-cell"));
    EXPECT_THAT(page(address + "/rows/" + row[1].str(), hub.siti), HasSubstr("<image href=\"" + address + "/pages/2\""));
    EXPECT_THAT(page(address + "?group=low_confidence&page=1", hub.andreas), HasSubstr("<image href=\"" + address + "/pages/1\""));
    EXPECT_THAT(page(address + "?group=low_confidence&page=99&row=-4", hub.andreas), Not(HasSubstr("<image"))) << "no such page";

    auto const picture = get(hub, hub.andreas, address + "/pages/2");
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(picture.header("Content-Type"), "image/png");
    EXPECT_THAT(picture.body, StartsWith("\x89PNG"));
    EXPECT_LT(picture.body.size(), 1U << 20U);
    EXPECT_EQ(get(hub, hub.siti, address + "/pages/2").body, picture.body) << "kept, the same for who may read the plan";
    for (auto const* other : { "/pages/0", "/pages/3", "/pages/-1", "/pages/x", "/pages/2x", "/pages/99999999999" })
        EXPECT_EQ(get(hub, hub.andreas, address + other).status, 404) << other;
    EXPECT_EQ(get(hub, hub.budi, address + "/pages/2").status, 404) << "another office knows nothing of it";
    EXPECT_EQ(get(hub, hub.nobody, address + "/pages/2").status, 303) << "to the sign-in";

    auto before = hub.database->counters().statements;
    auto const cost = get(hub, hub.andreas, address);
    EXPECT_LE(hub.database->counters().statements - before, 6);
    EXPECT_LE(cost.body.size(), 60'000U);
}

TEST_F(PaperImport, a_picture_waits_for_a_reader_only_a_while_and_a_kept_one_needs_none)
{
    auto const address = upload_scan();
    ASSERT_EQ(get(hub, hub.andreas, address + "/pages/1").status, 200) << "also while it is being read";
    std::vector<WaitingRoom::Seat> seats;
    for (std::size_t i = 0; i < codec::readers_at_once(std::thread::hardware_concurrency()); ++i)
        if (auto seat = codec::reader_room().enter(std::chrono::seconds { 5 }))
            seats.push_back(std::move(*seat));
    EXPECT_EQ(get(hub, hub.andreas, address + "/pages/2").status, 503);
    EXPECT_EQ(get(hub, hub.andreas, address + "/pages/1").status, 200);
}

TEST_F(PaperImport, a_text_has_no_page_and_no_picture)
{
    auto const address = upload(small_decree(), "sk.txt");
    hub.work();
    EXPECT_THAT(page(address, hub.andreas), Not(HasSubstr("k-paper")));
    EXPECT_EQ(get(hub, hub.andreas, address + "/pages/1").status, 404);
}

TEST_F(PaperImport, pages_done_and_the_time_left_are_told_and_a_dead_worker_is_followed_by_another)
{
    auto const address = upload_scan();
    EXPECT_THAT(page(address, hub.andreas), HasSubstr("Menunggu giliran"));
    auto const taken = claim();
    ASSERT_TRUE(taken);
    hub.clock.set(hub.clock.now().plus(std::chrono::seconds { 40 }));
    ASSERT_TRUE(tell(*taken, 2, 12));
    auto const waiting = get(hub, hub.andreas, address);
    EXPECT_EQ(waiting.header("Refresh"), "1");
    EXPECT_THAT(waiting.body, HasSubstr("<progress class=\"k-bar\" value=\"2\" max=\"12\""));
    EXPECT_THAT(waiting.body, HasSubstr("2 dari 12 halaman terbaca."));
    EXPECT_THAT(waiting.body, HasSubstr("Kira-kira 4 menit lagi."));
    ASSERT_TRUE(tell(*taken, 11, 12));
    auto abroad = hub.andreas;
    abroad["kpuhub-language"] = "en";
    EXPECT_THAT(get(hub, abroad, address).body, HasSubstr("Less than a minute left."));
    hub.work();
    EXPECT_EQ(get(hub, hub.andreas, address).header("Refresh"), "1") << "the worker that has it still has its lease";
    hub.clock.set(hub.clock.now().plus(std::chrono::seconds { 61 }));      // the machine went down; nobody renewed it
    hub.work();
    EXPECT_THAT(page(address, hub.andreas), HasSubstr("<image href=\"" + address + "/pages/1\"")) << "a finding about the whole decree stands beside its first page";
    EXPECT_FALSE(tell(*taken, 12, 12)) << "who comes back late keeps nothing";
}

TEST_F(PaperImport, reading_can_be_cancelled_by_who_may_and_the_worker_then_keeps_nothing)
{
    auto const address = upload_scan();
    auto const taken = claim();
    ASSERT_TRUE(taken);
    EXPECT_THAT(page(address, hub.andreas), HasSubstr("action=\"" + address + "/discarding\""));
    EXPECT_THAT(page(address, hub.siti), Not(HasSubstr("/discarding")));
    EXPECT_EQ(post(hub, hub.siti, address + "/discarding", { { "version", version() } }).status, 403);
    EXPECT_EQ(post(hub, hub.budi, address + "/discarding", { { "version", version() } }).status, 404);
    EXPECT_EQ(post(hub, hub.andreas, address + "/discarding", { { "version", "0" } }).status, 409);
    ASSERT_TRUE(tell(*taken, 1, 2)) << "nothing was cancelled by the refused ones";
    auto const cancelled = post(hub, hub.andreas, address + "/discarding", { { "version", version() } });
    EXPECT_EQ(cancelled.status, 303);
    EXPECT_EQ(cancelled.header("Location"), "/units/1571/imports");
    EXPECT_FALSE(tell(*taken, 2, 2)) << "the worker hears of it with its next page";
    auto const kept = hub.database->write([&](storage::Transaction& transaction) -> Result<void> {
        decree::keep_fault(transaction, journal::make_act(hub.office.andreas, hub.clock.now(), hub.clock.today()), { taken->subject.value }, invalid("codec.unreadable").value());
        return {};
    });
    EXPECT_TRUE(kept);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM subject WHERE kind = 'decree_import' AND state = 'discarded'"), 1);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM job WHERE kind = 'decree.read' AND state = 'cancelled'"), 1);
    EXPECT_EQ(get(hub, hub.andreas, address).header("Location"), "/units/1571/imports");
    EXPECT_THAT(page("/units/1571/imports", hub.andreas), Not(HasSubstr("pindai.pdf")));
    EXPECT_EQ(post(hub, hub.andreas, address + "/discarding", { { "version", version() } }).status, 409) << "twice";
}

TEST_F(PaperImport, the_upload_page_says_which_files_are_taken)
{
    auto const body = page("/units/1571/imports", hub.andreas);
    for (auto const* word : { "PDF", "hasil pindai", "DOCX", "XLSX", "CSV", ".docx" })
        EXPECT_THAT(body, HasSubstr(word));
}

TEST(ReviewSource, rows_of_a_second_sheet_are_marked_on_that_sheet)
{
    codec::Document book { codec::Format::Xlsx, {} };
    for (std::string const& name : { std::string { "Sampul" }, std::string { "Rencana" } }) {
        codec::Page sheet;
        sheet.name = name;
        for (int row = 1; row <= 3; ++row) {
            codec::Cell cell;
            cell.row = row;
            cell.column = 1;
            cell.text = name + std::to_string(row);
            sheet.cells.push_back(cell);
        }
        book.pages.push_back(sheet);
    }
    decree::Draft draft;
    draft.lines = decree::shown_lines(book);
    draft.pages = decree::source_pages(book);
    auto const rows = decree::source_rows(book);
    ASSERT_EQ(rows.size(), 6U);
    auto const lines = decree::lines_of(draft, { rows[4].source });
    EXPECT_THAT(lines, ElementsAre(5));
    auto const line = decree::source_line(draft, 5, true);
    EXPECT_EQ(line.sheet, "Rencana");
    EXPECT_EQ(line.number, 2);
    EXPECT_EQ(line.text, "Rencana2");
    EXPECT_EQ(decree::source_line(draft, 1, false).sheet, "Sampul");
    EXPECT_EQ(decree::source_line(draft, 3, false).number, 3);
    EXPECT_FALSE(decree::on_paper(draft));
}

TEST(ReviewTemplates, name_only_what_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer(messages);
    EXPECT_THAT(renderer.unknown_names<decree::ReviewPage>("decree/review"), IsEmpty());
}
