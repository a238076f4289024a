#include "report/package_gather.hpp"
#include "codec/zip_writer.hpp"
#include "evidence/file_intake.hpp"
#include "organization/unit.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_sheet.hpp"
#include "report/package_store.hpp"
#include <fmt/format.h>

namespace kpuhub::report {

using storage::Query;

constexpr Query plan_of_year { "report.plan_of_year", "SELECT subject_id FROM plan WHERE unit_id = $1 AND year = $2 AND plan_kind = 'office'" };
constexpr Query titles_of_posts { "report.titles_of_posts", "SELECT id, title FROM post WHERE unit_id = $1" };
/// The best edition of each paper: the certified copy, else the signed original, else what was printed for signature.
constexpr Query paper_files { "report.paper_files", R"sql(
    SELECT o.subject_id, o.paper_kind, o.number, o.title, f.edition, f.media, f.blob_hash FROM package_paper p
      JOIN official_paper o ON o.subject_id = p.paper_id JOIN paper_file f ON f.paper_id = o.subject_id
     WHERE p.package_id = $1 AND f.edition <> 'preview' AND f.media <> 'docx'
     ORDER BY o.dated_on, o.subject_id, CASE f.edition WHEN 'copy' THEN 0 WHEN 'original' THEN 1 ELSE 2 END )sql" };
constexpr Query proofs_of_period { "report.proofs_of_period", R"sql(
    SELECT e.subject_id, e.evidence_kind, e.title, e.address, e.paper_kind, e.paper_number, COALESCE(e.blob_hash, ''), e.media_type, e.file_name
      FROM evidence e JOIN subject s ON s.id = e.subject_id
     WHERE s.state = 'ready' AND e.subject_id IN (SELECT l.evidence_id FROM evidence_link l JOIN deliverable d ON d.subject_id = l.subject_id
            JOIN plan q ON q.subject_id = d.plan_id JOIN plan_node n ON n.subject_id = d.node_id
            WHERE q.unit_id = $1 AND q.year = $2 AND q.plan_kind = 'office' AND n.removed_at IS NULL AND d.due_on >= $3 AND d.due_on <= $4)
     ORDER BY e.subject_id )sql" };

static std::vector<GatheredFile> papers_of_package(storage::Reader& reader, PackageId id)
{
    std::vector<GatheredFile> all;
    std::int64_t before = 0;
    for (auto const& row : reader.query(paper_files, id)) {
        if (row.integer(0) == before)
            continue;
        before = row.integer(0);
        auto const title = row.text(3) + (row.text(2).empty() ? "" : " (Nomor " + row.text(2) + ")");
        all.push_back({ fmt::format("01 Naskah/{:02} {}.{}", all.size() + 1, codec::portable_name(row.text(2).empty() ? row.text(3) : row.text(1) + " " + row.text(2)), row.text(5)), title, row.text(6) });
    }
    return all;
}

static std::vector<GatheredFile> proofs_of_package(storage::Reader& reader, Package const& package)
{
    auto const* period = period_kind(package.period);
    auto const from = time::Date::of(package.year, period->first_month, 1);
    auto const to = time::end_of_month(package.year, period->last_month);
    std::vector<GatheredFile> all;
    for (auto const& row : reader.query(proofs_of_period, package.unit, package.year, from, to)) {
        auto title = row.text(2);
        if (row.text(6).empty()) {
            if (!row.text(3).empty())
                title += " <" + row.text(3) + ">";
            else if (!row.text(5).empty())
                title += " (" + row.text(4) + " " + row.text(5) + ")";
            all.push_back({ {}, title, {} });
            continue;
        }
        evidence::StoredFile file;
        file.media_type = row.text(7);
        file.name = row.text(8);
        all.push_back({ fmt::format("03 Bukti/{:03} {}", all.size() + 1, codec::portable_name(evidence::download_name(file))), title, row.text(6) });
    }
    return all;
}

Result<Gathered> gather(storage::Reader& reader, PackageId id, time::Date today)
{
    auto const package = load_any(reader, id);
    if (!package)
        return not_found();
    Gathered found { *package, papers_of_package(reader, id) };
    if (auto const plan = package->with_plan ? reader.first(plan_of_year, package->unit, package->year) : std::nullopt) {
        plan::SheetWords words { package->unit_name, package->year };
        for (auto const& each : organization::subdivisions(reader, package->unit, today))
            words.subdivisions[each.id] = each.short_name;
        for (auto const& post : reader.query(titles_of_posts, package->unit))
            words.posts[post.id<PostTag>(0)] = post.text(1);
        found.plan = plan::plan_sheet(plan::tree_of(reader, plan->id<PlanTag>(0)), words);
        found.plan_path = fmt::format("02 Rencana/Rencana aksi {}.xlsx", package->year);
        found.plan_title = fmt::format("Rencana aksi RB tahun {}", package->year);
    }
    if (package->with_proofs)
        found.proofs = proofs_of_package(reader, *package);
    return found;
}

}
