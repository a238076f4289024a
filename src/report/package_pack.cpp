#include "report/package_pack.hpp"
#include "codec/own_folder.hpp"
#include "codec/paper_pdf.hpp"
#include "codec/xlsx_writer.hpp"
#include "codec/zip_writer.hpp"
#include "journal/journal.hpp"
#include "organization/unit.hpp"
#include "paper/words.hpp"
#include "report/package_gather.hpp"
#include "report/package_store.hpp"
#include "storage/checksum.hpp"
#include "subject/subject.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kpuhub::report {

namespace {

using codec::TextLook;

codec::TableCell cell(int row, int column, std::string text, codec::Align align = codec::Align::Left, bool heading = false)
{
    return { row, column, std::move(text), 1, 1, TextLook { align, heading }, heading };
}

/// Daftar isi: what is inside, with the beginning of each checksum; what lies elsewhere is named with its address.
codec::Paper contents_paper(Package const& package, std::vector<PackedFile> const& files)
{
    constexpr std::size_t shown_signs = 16;
    auto const centre = [](std::string text) { return codec::Paragraph { std::move(text), TextLook { codec::Align::Centre, true } }; };
    codec::Table table { { 10, 82, 62, 32 }, 1, {}, 9 };
    int column = 0;
    for (auto const* word : { "No.", "Naskah", "Berkas", "SHA-256 (awal)" })
        table.cells.push_back(cell(0, column++, word, codec::Align::Centre, true));
    int row = 1;
    for (auto const& file : files) {
        table.cells.push_back(cell(row, 0, std::to_string(row), codec::Align::Centre));
        table.cells.push_back(cell(row, 1, file.title));
        table.cells.push_back(cell(row, 2, file.path.empty() ? "(di luar paket)" : file.path));
        table.cells.push_back(cell(row, 3, file.hash.substr(0, shown_signs)));
        ++row;
    }
    codec::Section section;
    section.blocks.emplace_back(centre("DAFTAR ISI PAKET LAPORAN"));
    section.blocks.emplace_back(centre(paper::capitals(paper::office_name(package.unit_name))));
    section.blocks.emplace_back(centre(fmt::format("{} TAHUN {}", paper::capitals(period_kind(package.period)->title), package.year)));
    if (!package.note.empty())
        section.blocks.emplace_back(codec::Paragraph { package.note });
    section.blocks.emplace_back(std::move(table));
    section.blocks.emplace_back(codec::Paragraph { fmt::format("Pengiriman ke-{}. Nilai SHA-256 lengkap tercantum dalam manifest.json.", package.round), TextLook { codec::Align::Left, false, true } });
    codec::Paper made;
    made.title = "Daftar isi paket laporan";
    made.points = 11;
    made.sections.push_back(std::move(section));
    return made;
}

std::string manifest_of(Package const& package, std::vector<PackedFile> const& files)
{
    nlohmann::ordered_json all { { "office", package.unit_code }, { "name", package.unit_name }, { "year", package.year }, { "period", package.period },
        { "round", package.round }, { "files", nlohmann::ordered_json::array() } };
    for (auto const& file : files) {
        nlohmann::ordered_json one { { "title", file.title } };
        if (!file.path.empty())
            one.update({ { "path", file.path }, { "sha256", file.hash }, { "bytes", file.bytes } });
        all["files"].push_back(std::move(one));
    }
    return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// Everything of the archive, kept in the blob store and listed.
struct Packed {
    std::vector<PackedFile> files;
    std::vector<codec::ZipEntry> entries;
};

Result<void> add_file(Packed& packed, storage::BlobStore& blobs, std::string path, std::string title, std::string hash)
{
    auto const from = TRY(blobs.path_of(hash));
    auto const bytes = static_cast<std::int64_t>(std::filesystem::file_size(from));
    packed.files.push_back({ static_cast<std::int64_t>(packed.files.size()) + 1, path, std::move(title), std::move(hash), bytes });
    packed.entries.push_back({ std::move(path), {}, from });
    return {};
}

Result<Packed> gathered_files(PackingPlaces const& places, Gathered const& found)
{
    Packed packed;
    for (auto const& file : found.papers)
        TRY_VOID(add_file(packed, places.blobs, file.path, file.title, file.hash));
    if (found.plan) {
        auto const book = TRY(codec::write_workbook({ *found.plan }));
        auto const kept = TRY(places.blobs.put(book));
        TRY_VOID(add_file(packed, places.blobs, found.plan_path, found.plan_title, kept.hash));
    }
    for (auto const& file : found.proofs) {
        if (!file.hash.empty())
            TRY_VOID(add_file(packed, places.blobs, file.path, file.title, file.hash));
        else
            packed.files.push_back({ static_cast<std::int64_t>(packed.files.size()) + 1, {}, file.title, {}, 0 });
    }
    return packed;
}

Result<storage::StoredBlob> archived(PackingPlaces const& places, Package const& package, Packed& packed)
{
    auto const contents = TRY(places.blobs.put(TRY(codec::write_pdf(contents_paper(package, packed.files)))));
    auto const manifest = manifest_of(package, packed.files);
    auto const stored = TRY(places.blobs.path_of(contents.hash));
    packed.entries.insert(packed.entries.begin(), { { "00 Daftar isi.pdf", {}, stored }, { "manifest.json", manifest } });
    packed.files.insert(packed.files.begin(), { 0, "00 Daftar isi.pdf", "Daftar isi", contents.hash, contents.bytes });
    codec::OwnFolder const own { places.folder };
    if (own.path().empty())
        return unavailable("codec.not_written", "no temporary folder");
    auto const path = own.path() + "/package.zip";
    TRY_VOID(codec::write_zip(path, packed.entries));
    return places.blobs.put_file(path);
}

}

Result<void> pack(PackingPlaces const& places, PackageId id, std::int64_t round, PersonId asked_by, time::Instant now,
    std::function<bool(std::int64_t done, std::int64_t all)> const& told)
{
    constexpr std::int64_t steps = 4;       // gathered, plan and files kept, archive written, handed over
    auto const found = TRY(places.database.read([&](storage::Reader& reader) { return gather(reader, id, time::date_at(now, time::Zone::Wib)); }));
    if (found.package.state != PackageState::Packing || found.package.round != round)
        return {};
    if (!told(1, steps))
        return conflict("report.package.cancelled");
    auto const held = places.blobs.hold();
    auto packed = TRY(gathered_files(places, found));
    if (!told(2, steps))
        return conflict("report.package.cancelled");
    auto const archive = TRY(archived(places, found.package, packed));
    if (!told(3, steps))
        return conflict("report.package.cancelled");
    auto const act = journal::make_act(asked_by, now, time::date_at(now, time::Zone::Wib));
    return places.database.write([&](storage::Transaction& transaction) -> Result<void> {
        TRY_VOID(subject::lock_all(transaction, { subject_of(id) }));
        auto const package = load_any(transaction, id);
        if (!package || package->state != PackageState::Packing || package->round != round)
            return {};
        for (auto const& file : packed.files)
            insert_file(transaction, id, round, file);
        write_archive(transaction, id, round, archive.hash, archive.bytes);
        hand_over(transaction, id, round);
        subject::set_state(transaction, subject_of(id), to_text(PackageState::Sent));
        journal::write(transaction, act, { "package.sent", subject_of(id), package->unit,
            { { "round", std::to_string(round) }, { "sha256", archive.hash }, { "files", std::to_string(packed.files.size()) } } });
        return {};
    });
}

void register_packing(job::Workshop& workshop, time::Clock const& clock, PackingPlaces places)
{
    workshop.add(packing_job, [&clock, places = std::move(places)](job::Job const& job) -> Result<void> {
        auto const payload = nlohmann::json::parse(job.payload, nullptr, false);
        auto const told = [&](std::int64_t done, std::int64_t all) {
            auto const going = places.database.write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, job, done, all, clock.now()); });
            return going && *going;
        };
        return pack(places, { job.subject.value }, payload.is_object() ? payload.value("round", 0) : 0, job.started_by, clock.now(), told);
    });
}

}
