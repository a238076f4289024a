#include "record/page_parts.hpp"
#include "account/form.hpp"
#include "evidence/file_answer.hpp"
#include "record/intake.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "view/words.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::FieldKind;

std::string Cell::code() const
{
    return field && field->kind != FieldKind::Sealed ? code_of(*field, value, zone) : std::string {};
}

/// "28 Nov 2026", "28 Nov 2026, 14.05 WIB"; nothing for other kinds.
static std::optional<std::string> short_words(Cell const& cell)
{
    if (auto const* text = std::get_if<std::string>(&cell.value); text && cell.field->kind == FieldKind::Date)
        if (auto const date = time::Date::from_iso(*text))
            return view::short_date(*date, cell.language);
    if (auto const* at = std::get_if<std::int64_t>(&cell.value); at && cell.field->kind == FieldKind::Instant) {
        view::Moment const moment { { *at }, cell.zone };
        return view::short_date(time::date_at(moment.at, cell.zone), cell.language) + ", " + view::clock_time(moment);
    }
    return std::nullopt;
}

void Cell::describe(view::Visitor& v) const
{
    static definition::Field const none {};
    auto const& of = field ? *field : none;
    v.field("field", of.id);
    v.field("label", of.label.in(language));
    if (auto const brief = narrow && field ? short_words(*this) : std::nullopt)
        v.field("words", view::plain(*brief));
    else if (auto const words = plain_words(of, value, language, name))
        v.field("words", view::Plain { *words });
    else
        v.field("words", words_of(of, value, zone, language, name));
    if (auto const* text = std::get_if<std::string>(&value); text && of.kind != FieldKind::Sealed)
        v.field("code", *text);
    else
        v.field("code", code());
    v.field("figure", of.kind == FieldKind::Money || of.kind == FieldKind::Integer || of.kind == FieldKind::Decimal);
}

/// What was chosen of many choices: the codes, and as its name the labels.
static void put_choices(Record const& record, Cell& cell)
{
    std::string codes;
    if (auto chosen = record.content.choices.find(cell.field->id); chosen != record.content.choices.end())
        for (auto const& each : chosen->second) {
            auto const* option = cell.field->option(each);
            cell.name += (cell.name.empty() ? "" : ", ") + (option ? option->label.in(cell.language) : each);
            codes += (codes.empty() ? "" : ",") + each;
        }
    cell.value = std::move(codes);
}

Cell cell_for(definition::Field const& field, Record const& record, Place const& place, text::Language language)
{
    Cell cell { &field, record.content.value(field.id), record.name(field.id), place.unit.zone, language };
    if (field.kind == FieldKind::ManyChoice)
        put_choices(record, cell);
    else if (auto const* number = has_name(field) && cell.name.empty() ? std::get_if<std::int64_t>(&cell.value) : nullptr)
        cell.name = std::to_string(*number);        // a record without a number of its own
    return cell;
}

view::StateMark mark_of(definition::Register const& made, std::string const& state, text::Language language)
{
    auto const* known = made.state(state);
    if (state == definition::draft_state || !known)
        return { state, "", "badge", { "record.draft" } };
    return { state, "", "badge", view::plain(known->label.in(language)) };
}

bool is_month(std::string const& text)
{
    return text.size() == 7 && time::Date::from_iso(text + "-01").has_value();
}

std::string month_words(std::string const& month, text::Language language)
{
    auto first = time::Date::from_iso(month + "-01");
    return first ? std::string { view::month_name(first->month(), language) } + " " + month.substr(0, 4) : month;
}

bool brings_files(account::Visit const& visit)
{
    return std::ranges::any_of(visit.request.uploads, [](auto const& upload) { return upload.bytes > 0; });
}

Result<Place> place_in_address(storage::Reader& reader, account::Visit const& visit, Surroundings const& around)
{
    return place_of(reader, around.shelf, asker_of(visit), visit.request.parameter("unit"), visit.request.parameter("register"));
}

Result<SubjectId> record_id_in_address(account::Visit const& visit) { return SubjectId { TRY(account::number_in(visit.request, "record")) }; }

Result<ReadRecord> record_in_address(storage::Reader& reader, account::Visit const& visit, Surroundings const& around, ReadAct act)
{
    auto at = TRY(place_of_record(reader, around.shelf, asker_of(visit), TRY(record_id_in_address(visit))));
    auto record = TRY(find_record(reader, at));
    bool own = is_own(*at.place.made, record, visit.reader.person);
    if (!own && visit.request.method == http::Method::Get)
        note_read(visit, around, at.place, act, 1, record.id);
    return ReadRecord { std::move(at), std::move(record), own };
}

void note_read(account::Visit const& visit, Surroundings const& around, Place const& place, ReadAct act, std::int64_t rows, SubjectId record)
{
    around.reads.note({ visit.now, visit.reader.person, place.unit.id, place.made->id, record, act, place.made->data_class, rows });
}

view::Frame frame_of(account::Visit const& visit, Place const& place, view::Sentence title, std::string const& record_address, std::string const& record_title)
{
    auto frame = visit.frame(std::move(title), "registers");
    frame.office = place.unit.name;
    frame.office_code = place.unit.code;
    frame.crumbs = { { { "record.registers" }, { "/units/" + place.unit.code + "/registers" } },
        { view::plain(place.made->title.in(frame.language)), { place.address() } } };
    if (!record_address.empty())
        frame.crumbs.push_back({ view::plain(record_title), { record_address } });
    return frame;
}

std::string title_of(definition::Register const& made, Record const& record, text::Language language)
{
    return record.number.empty() ? made.title.in(language) : record.number;
}

Result<std::vector<NewFile>> files_in(account::Visit const& visit, Place const& place, Surroundings const& around)
{
    constexpr std::size_t most_files = 20;
    std::vector<NewFile> files;
    for (auto const& upload : visit.request.uploads) {
        auto const* field = upload.field.starts_with("f.") ? place.made->field(upload.field.substr(2)) : nullptr;
        bool document = field && field->kind == FieldKind::Document;
        if (upload.bytes == 0 || (!document && upload.field != "attachment"))
            continue;
        auto name = document ? upload.field : std::string { "attachment" };
        if (files.size() >= most_files)
            return invalid("record.wrong", { { name, "evidence.file.many" } });
        auto examined = evidence::examine(around.files, visit.reader.account, upload.stored_at, upload.file_name);
        if (!examined && examined.error().kind == FaultKind::Invalid)
            return invalid("record.wrong", { { name, examined.error().fields.empty() ? examined.error().message_key : examined.error().fields.front().message_key,
                                              examined.error().argument } });
        auto stored = TRY(evidence::keep(around.files, TRY(std::move(examined))));
        if (stored.held)
            return invalid("record.wrong", { { name, "record.wrong.file_held" } });
        files.push_back({ { 0, document ? field->id : std::string {}, stored.shown_hash, stored.media_type, stored.name, stored.bytes, {}, {} },
            stored.original_hash });
    }
    return files;
}

void count_refused_files(account::Visit const& visit, Place const& place, Fault const& fault)
{
    if (!brings_files(visit) || fault.kind == FaultKind::Unavailable)       // nothing was looked at, or counted by whoever was busy
        return;
    (void)visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
        count_refused(transaction, place, visit.request.client_network, visit.now);
        return {};
    });
}

Result<http::Response> file_answer(Surroundings const& around, RecordFile const& file)
{
    auto path = TRY(around.files.blobs.path_of(file.blob_hash));
    evidence::StoredFile stored;
    stored.name = file.name;
    stored.media_type = file.media_type;
    return evidence::shut_in_answer(std::move(path), file.media_type)
        .with("Content-Disposition", evidence::attachment_header(evidence::download_name(stored)));
}

void register_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    register_index_pages(door, router, around);
    register_list_pages(door, router, around);
    register_form_pages(door, router, around);
    register_record_pages(door, router, around);
    register_row_pages(door, router, around);
    register_prove_pages(door, router, around);
    register_bulk_pages(door, router, around);
    register_import_pages(door, router, around);
    register_export_pages(door, router, around);
    register_public_pages(door, router, around);
    register_relation_pages(door, router, around);
    register_matrix_pages(door, router, around);
    register_card_pages(door, router, around);
    register_public_record_pages(door, router, around);
    register_intake_pages(door, router, around);
    register_track_pages(door, router, around);
    register_recap_pages(door, router, around);
    register_read_log_pages(door, router, around);
    register_retention_pages(door, router, around);
}

}
