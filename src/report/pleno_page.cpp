#include "codec/paper_html.hpp"
#include "codec/paper_pdf.hpp"
#include "organization/unit_access.hpp"
#include "plan/page_office.hpp"
#include "report/issue.hpp"
#include "report/report_pages.hpp"
#include <list>
#include <mutex>

namespace kpuhub::report {

namespace {

/// PDFs written last, by what they say: the same page asked again before something has changed is not laid out again. One is laid out at a time,
/// so that many who tap at once before the pleno do not start many children.
class Shelf {
public:
    Result<std::string> pdf_of(codec::Paper const& paper, codec::ChildSetting const& setting)
    {
        auto const html = codec::paper_html(paper);
        auto const key = html.css + html.html;
        std::scoped_lock const lock { m_mutex };
        for (auto const& each : m_kept)
            if (each.key == key)
                return each.pdf;
        auto pdf = TRY(codec::write_pdf(paper, setting));
        m_kept.push_front({ key, pdf });
        if (m_kept.size() > most)
            m_kept.pop_back();
        return pdf;
    }

private:
    static constexpr std::size_t most = 24;     // about 40 kB each
    struct Kept {
        std::string key, pdf;
    };
    std::mutex m_mutex;
    std::list<Kept> m_kept;
};

Result<http::Response> send_pleno(account::Visit& visit, Shelf& shelf)
{
    auto const year = TRY(plan::page_year(visit));
    auto const paper = TRY(visit.database.read([&](storage::Reader& reader) -> Result<codec::Paper> {
        auto const unit = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read"));
        return pleno_of(reader, visit.reader.person, visit.reader.today, unit.id, unit.name, year);
    }));
    http::Response answer;
    answer.body = TRY(shelf.pdf_of(paper, { .sandbox_required = visit.door.settings().sandbox_required }));
    answer.with("Content-Type", "application/pdf")
        .with("Content-Disposition", "inline; filename=\"bahan-pleno-" + visit.request.parameter("unit") + "-" + visit.reader.today.iso() + ".pdf\"");
    return answer;
}

}

void register_pleno_page(account::Door const& door, http::Router& router)
{
    auto const shelf = std::make_shared<Shelf>();
    door.get(router, "/units/{unit}/plans/{year}/pleno.pdf", "plan.read", [shelf](account::Visit& visit) { return send_pleno(visit, *shelf); });
}

}
