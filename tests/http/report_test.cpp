#include "report/form_model.hpp"
#include "support/hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

class ReportPages : public ::testing::Test {
protected:
    Hub hub;
    PlanId plan = make_plan(*hub.database, hub.office, 2026, time::Date::of(2026, 1, 5));

    /// A new paper; its address without "/form".
    std::string begin(Form form)
    {
        auto made = post(hub, hub.andreas, "/units/1571/papers/new", std::move(form));
        EXPECT_EQ(made.status, 303) << made.body.substr(0, 800);
        auto address = made.header("Location");
        return address.substr(0, address.rfind('/'));
    }
    std::string version(std::string const& paper) { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + paper.substr(paper.rfind('/') + 1))); }
    http::Response step(CookieJar& as, std::string const& paper, std::string const& name, Form form = {})
    {
        form.emplace_back("version", version(paper));
        return post(hub, as, paper + "/" + name, form);
    }
};

}

TEST_F(ReportPages, the_bahan_pleno_is_one_tap_from_the_start_page_and_the_board)
{
    EXPECT_THAT(get(hub, hub.sekretaris, "/").body, HasSubstr("/units/1571/plans/2026/pleno.pdf"));
    EXPECT_THAT(get(hub, hub.siti, "/units/1571/plans/2026").body, HasSubstr("/units/1571/plans/2026/pleno.pdf"));
    auto const pdf = get(hub, hub.siti, "/units/1571/plans/2026/pleno.pdf");
    EXPECT_EQ(pdf.status, 200) << pdf.body.substr(0, 500);
    EXPECT_EQ(pdf.header("Content-Type"), "application/pdf");
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
    EXPECT_EQ(get(hub, hub.maria, "/units/1571/plans/2026/pleno.pdf").body, pdf.body) << "the same for everybody who may";
    EXPECT_EQ(get(hub, hub.budi, "/units/1571/plans/2026/pleno.pdf").status, 404);
    EXPECT_EQ(get(hub, hub.siti, "/units/1571/plans/1900/pleno.pdf").status, 404);
}

TEST_F(ReportPages, a_monitoring_report_goes_from_its_form_over_the_number_to_what_changed_after_it)
{
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/papers").body, HasSubstr("/units/1571/papers/new"));
    auto const paper = begin({ { "kind", "monitoring" }, { "year", "2026" }, { "period", "S1" } });
    auto const form = get(hub, hub.andreas, paper + "/form");
    ASSERT_EQ(form.status, 200);
    EXPECT_THAT(form.body, HasSubstr("Sosialisasi nilai-nilai"));
    auto const row = deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4);
    auto const saved = step(hub.andreas, paper, "form", { { "on", "2026-04-18" }, { "conclusions", "Berjalan baik." }, { "reason_" + std::to_string(row.id.value), "Menunggu narasumber" },
        { "signer1_name", "Nama Sekretaris" }, { "signer1_post", "Sekretaris" }, { "size", "A4" } });
    ASSERT_EQ(saved.status, 303) << saved.body.substr(0, 800);
    hub.work();
    EXPECT_THAT(get(hub, hub.andreas, paper).body, HasSubstr("/files/preview.docx"));
    EXPECT_THAT(get(hub, hub.andreas, paper + "/form").body, HasSubstr("Menunggu narasumber"));
    EXPECT_EQ(get(hub, hub.andreas, paper + "/later").status, 404) << "nothing is reported yet";
    ASSERT_EQ(step(hub.sekretaris, paper, "initials").status, 303);
    auto const numbered = step(hub.andreas, paper, "number", { { "dated_on", "2026-04-18" }, { "place", "Jambi" } });
    ASSERT_EQ(numbered.status, 303) << numbered.body.substr(0, 800);
    hub.work();
    EXPECT_EQ(get(hub, hub.andreas, paper + "/files/final.pdf").status, 200);
    EXPECT_THAT(get(hub, hub.siti, paper).body, HasSubstr(paper + "/later"));
    EXPECT_THAT(get(hub, hub.siti, paper + "/later").body, HasSubstr("Belum ada yang berubah"));
    ASSERT_EQ(post(hub, hub.siti, "/deliverables/" + std::to_string(row.id.value) + "/items", { { "version", std::to_string(row.version) }, { "note", "Terlaksana dua kali" } }).status, 303);
    auto const later = get(hub, hub.siti, paper + "/later");
    EXPECT_THAT(later.body, HasSubstr("Terlaksana dua kali"));
    EXPECT_EQ(get(hub, hub.budi, paper + "/later").status, 404);
    EXPECT_EQ(step(hub.andreas, paper, "form", { { "conclusions", "Lain" } }).status, 409) << "a numbered paper is closed";
}

TEST_F(ReportPages, every_kind_begins_with_a_form_and_is_written_as_pdf_and_word)
{
    for (auto const* kind : { "pleno_material", "plan_matrix", "pleno_minutes", "invitation", "attendance", "meeting_notes", "cover_letter", "receipt", "handover_record" }) {
        auto const paper = begin({ { "kind", kind }, { "year", "2026" } });
        EXPECT_EQ(get(hub, hub.andreas, paper + "/form").status, 200) << kind;
        ASSERT_EQ(step(hub.andreas, paper, "preview").status, 303) << kind;
        hub.work();
        auto const page = get(hub, hub.andreas, paper);
        EXPECT_THAT(page.body, HasSubstr("/files/preview.pdf")) << kind;
        EXPECT_THAT(page.body, HasSubstr("/files/preview.docx")) << kind;
        EXPECT_THAT(page.body, Not(HasSubstr("paper.kind."))) << kind;
    }
}

TEST_F(ReportPages, who_may_not_is_refused_and_bad_input_is_named)
{
    EXPECT_EQ(get(hub, hub.siti, "/units/1571/papers/new").status, 403);
    EXPECT_EQ(get(hub, hub.budi, "/units/1571/papers/new").status, 404);
    EXPECT_EQ(post(hub, hub.siti, "/units/1571/papers/new", { { "kind", "receipt" } }).status, 403);
    EXPECT_EQ(hub.count("SELECT count(*) FROM official_paper"), 0);
    auto const wrong_year = post(hub, hub.andreas, "/units/1571/papers/new", { { "kind", "receipt" }, { "year", "99999999" } });
    EXPECT_EQ(wrong_year.status, 422);
    EXPECT_THAT(wrong_year.body, HasSubstr("tahun antara 2000 dan 2100"));
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/papers/new", { { "kind", "monitoring" }, { "year", "2026" }, { "period", "Q7" } }).status, 422);
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/papers/new", { { "kind", "decree" }, { "year", "2026" } }).status, 404) << "the decree has a way of its own";
    EXPECT_EQ(hub.count("SELECT count(*) FROM official_paper"), 0);
    auto const paper = begin({ { "kind", "receipt" }, { "year", "2026" } });
    EXPECT_EQ(get(hub, hub.siti, paper + "/form").status, 403);
    EXPECT_EQ(get(hub, hub.budi, paper + "/form").status, 404);
    EXPECT_EQ(step(hub.siti, paper, "form").status, 403);
    EXPECT_EQ(step(hub.budi, paper, "form").status, 404);
    auto const wrong_day = step(hub.andreas, paper, "form", { { "received_on", "kemarin" }, { "from", "Yang diketik" } });
    EXPECT_EQ(wrong_day.status, 422);
    EXPECT_THAT(wrong_day.body, HasSubstr("Yang diketik"));
    EXPECT_EQ(step(hub.andreas, paper, "form", { { "items", std::string(250'000, 'x') } }).status, 422);
    EXPECT_EQ(post(hub, hub.andreas, paper + "/form", { { "version", "0" } }).status, 409);
}

TEST_F(ReportPages, a_handover_record_begins_with_the_list_of_the_recorded_handover)
{
    auto const id = [](PersonId person) { return std::to_string(person.value); };
    auto const made = post(hub, hub.andreas, "/units/1571/handovers", { { "from", id(hub.office.maria) }, { "to", id(hub.office.siti) }, { "capacity", "plt" }, { "on", "2026-04-18" }, { "reason", "ST 5/2026" } });
    ASSERT_EQ(made.status, 303) << made.body.substr(0, 800);
    auto const handover = std::to_string(hub.count("SELECT max(id) FROM handover"));
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/papers/new").body, HasSubstr("Maria Goreti"));
    auto const paper = begin({ { "kind", "handover_record" }, { "year", "2026" }, { "handover", handover } });
    auto const form = get(hub, hub.andreas, paper + "/form").body;
    EXPECT_THAT(form, HasSubstr("Kasubbag Rendatin"));
    EXPECT_THAT(form, HasSubstr("ST 5/2026"));
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/papers/new", { { "kind", "handover_record" }, { "year", "2026" }, { "handover", "99999" } }).status, 404);
    EXPECT_EQ(hub.count("SELECT count(*) FROM official_paper"), 1);
}

TEST(ReportTemplates, name_only_what_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer(messages);
    EXPECT_THAT(renderer.unknown_names<report::NewPage>("report/new"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::ReportForm>("report/form"), ::testing::IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::LaterPage>("report/later"), ::testing::IsEmpty());
}

TEST_F(ReportPages, the_same_form_sent_twice_makes_one_paper)
{
    Form const form { { "kind", "receipt" }, { "year", "2026" }, { "request_key", "key-of-this-page" } };
    auto const first = post(hub, hub.andreas, "/units/1571/papers/new", form);
    auto const again = post(hub, hub.andreas, "/units/1571/papers/new", form);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM official_paper"), 1);
}
