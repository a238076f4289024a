#include "organization/people_import.hpp"
#include "journal/journal.hpp"
#include "organization/appointment.hpp"
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace kpuhub::organization {

using storage::Query;
using Change = ImportedPerson::Change;

constexpr Query people_of_unit { "organization.import_people", R"sql(
    SELECT id, version, name, employment, nip, pppk_number, email, phone FROM person WHERE unit_id = $1 AND left_on IS NULL )sql" };
constexpr Query numbers_elsewhere { "organization.import_numbers", R"sql(
    SELECT nip, pppk_number FROM person WHERE (unit_id <> $1 OR left_on IS NOT NULL) AND (nip IS NOT NULL OR pppk_number IS NOT NULL) )sql" };
constexpr Query posts_of_unit { "organization.import_posts", R"sql(
    SELECT o.id, o.title, a.person_id, o.valid_from FROM post o
      LEFT JOIN appointment a ON a.post_id = o.id AND a.capacity = 'definitive' AND a.valid_from <= $2 AND a.valid_to >= $2
     WHERE o.unit_id = $1 AND o.valid_from <= $2 AND o.valid_to >= $2 )sql" };
constexpr Query insert_import { "organization.keep_import", R"sql(
    INSERT INTO people_import (unit_id, file_name, content, made_by, made_at) VALUES ($1, $2, $3, $4, $5) RETURNING id )sql" };
constexpr Query drop_old_imports { "organization.drop_old_imports", "DELETE FROM people_import WHERE made_at < $1" };
constexpr Query select_import { "organization.kept_import", "SELECT file_name, content, applied_at FROM people_import WHERE id = $1 AND unit_id = $2" };
constexpr Query set_applied { "organization.mark_import", "UPDATE people_import SET applied_at = $2 WHERE id = $1" };

enum Column { name, employment, nip, pppk_number, email, phone, post, from, columns };
static constexpr std::array<std::array<std::string_view, 4>, columns> headings { {
    { "nama", "name", "nama lengkap", "nama pegawai" },
    { "status", "employment", "jenis", "status kepegawaian" },
    { "nip", "nip baru", "", "" },
    { "nomor pppk", "pppk number", "ni pppk", "no pppk" },
    { "surel", "email", "e-mail", "" },
    { "telepon", "phone", "hp", "nomor telepon" },
    { "jabatan", "post", "nama jabatan", "" },
    { "mulai", "from", "tmt", "sejak" },
} };

static std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign; });
    return text;
}

static std::string trimmed(std::string const& text) { return tidy({ text, {}, {}, {}, {}, {} }).name; }

using Places = std::array<std::optional<std::size_t>, columns>;

static Result<Places> places_of(std::vector<std::string> const& heading)
{
    Places places;
    for (std::size_t at = 0; at < heading.size(); ++at) {
        auto word = lower(trimmed(heading[at]));
        for (std::size_t column = 0; !word.empty() && column < columns; ++column) {
            if (std::find(headings[column].begin(), headings[column].end(), word) == headings[column].end())
                continue;
            if (places[column])
                return invalid_because("people.import.column_twice", word);
            places[column] = at;
        }
    }
    if (!places[name] || !places[employment])
        return invalid_because("people.import.column_missing", places[name] ? "status" : "nama");
    return places;
}

static std::string employment_of(std::string const& word)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> words { {
        { "pns", "pns" }, { "asn", "pns" }, { "cpns", "pns" }, { "pppk", "pppk" }, { "p3k", "pppk" }, { "ppnpn", "ppnpn" },
        { "honorer", "ppnpn" }, { "komisioner", "commissioner" }, { "commissioner", "commissioner" }, { "ketua", "commissioner" },
        { "anggota", "commissioner" }, { "non asn", "ppnpn" } } };
    for (auto const& [known, code] : words)
        if (lower(word) == known)
            return std::string { code };
    return word;
}

/// What the unit has now, found by number or name.
struct Present {
    struct Known {
        PersonId id {};
        std::int64_t version = 0;
        PersonDraft facts;
    };
    struct Seat {
        PostId id {};
        PersonId holder {};
        time::Date valid_from {};
    };
    std::map<std::string, Known> by_number, by_name;
    std::set<std::string> elsewhere;
    std::map<std::string, Seat> posts;
};

static Present present_in(storage::Reader& reader, UnitId unit, time::Date today)
{
    Present present;
    for (auto const& row : reader.query(people_of_unit, unit)) {
        Present::Known known { row.id<PersonTag>(0), row.integer(1),
            { row.text(2), row.text(3), row.text_or_empty(4), row.text_or_empty(5), row.text_or_empty(6), row.text_or_empty(7) } };
        for (auto const& number : { known.facts.nip, known.facts.pppk_number })
            if (!number.empty())
                present.by_number[number] = known;
        if (known.facts.nip.empty() && known.facts.pppk_number.empty())
            present.by_name[lower(known.facts.name)] = known;
    }
    for (auto const& row : reader.query(numbers_elsewhere, unit))
        for (auto number : { row.text_or_empty(0), row.text_or_empty(1) })
            if (!number.empty())
                present.elsewhere.insert(number);
    for (auto const& row : reader.query(posts_of_unit, unit, today))
        present.posts[lower(row.text(1))] = { row.id<PostTag>(0), row.id<PersonTag>(2), row.date(3) };
    return present;
}

static Present::Known const* same_person(Present const& present, PersonDraft const& draft)
{
    for (auto const& number : { draft.nip, draft.pppk_number })
        if (auto found = present.by_number.find(number); !number.empty() && found != present.by_number.end())
            return &found->second;
    // someone known by name alone may get his number by this list
    auto found = present.by_name.find(lower(draft.name));
    return found == present.by_name.end() ? nullptr : &found->second;
}

static void keep_what_is_there(ImportedPerson& line, PersonDraft const& known)
{
    auto each = [&](char const* field, std::string& given, std::string const& old) {
        if (given.empty())
            given = old;
        else if (given != old)
            line.changed.emplace_back(field);
    };
    each("name", line.draft.name, known.name);
    each("employment", line.draft.employment, known.employment);
    // a PPPK who became a PNS loses the old number
    if (line.draft.employment == known.employment || !line.draft.nip.empty())
        each("nip", line.draft.nip, line.draft.employment == "pns" ? known.nip : "");
    if (line.draft.employment == known.employment)
        each("pppk_number", line.draft.pppk_number, known.pppk_number);
    each("email", line.draft.email, known.email);
    each("phone", line.draft.phone, known.phone);
}

static void place_on_post(ImportedPerson& line, Present& present, std::string const& from_text, journal::Act const& act)
{
    line.from = act.today;
    if (!from_text.empty()) {
        auto date = time::Date::from_iso(from_text);
        if (!date)
            line.faults.push_back({ "from", "people.import.date_wrong", from_text });
        line.from = date.value_or(act.today);
    }
    if (line.post_title.empty())
        return;
    auto seat = present.posts.find(lower(line.post_title));
    if (seat == present.posts.end()) {
        line.faults.push_back({ "post", "people.import.post_unknown", line.post_title });
        return;
    }
    if (seat->second.holder && seat->second.holder == line.person)
        return;
    if (seat->second.holder) {
        line.faults.push_back({ "post", "people.import.post_held", line.post_title });
        return;
    }
    if (act.actor && act.actor == line.person) {
        line.faults.push_back({ "post", "people.appoint.self" });
        return;
    }
    line.post = seat->second.id;
    line.from = std::max(line.from, seat->second.valid_from);
    line.changed.emplace_back("post");
}

static ImportedPerson compare(std::vector<std::string> const& row, Places const& places, Present& present, std::set<std::string>& seen, journal::Act const& act)
{
    auto cell = [&](Column column) { return places[column] && *places[column] < row.size() ? trimmed(row[*places[column]]) : std::string {}; };
    ImportedPerson line;
    line.draft = tidy({ cell(name), employment_of(cell(employment)), cell(nip), cell(pppk_number), cell(email), cell(phone) });
    line.post_title = cell(post);
    if (auto const* known = same_person(present, line.draft)) {
        line.person = known->id;
        line.version = known->version;
        keep_what_is_there(line, known->facts);
    }
    line.faults = faults_of(line.draft);
    for (auto const& number : { line.draft.nip, line.draft.pppk_number })
        if (!number.empty() && present.elsewhere.contains(number))
            line.faults.push_back({ "nip", "people.import.elsewhere" });
    auto identity = !line.draft.nip.empty() ? line.draft.nip : !line.draft.pppk_number.empty() ? line.draft.pppk_number : lower(line.draft.name);
    if (!identity.empty() && !seen.insert(identity).second)
        line.faults.push_back({ "name", "people.import.twice" });
    place_on_post(line, present, cell(from), act);
    line.change = !line.faults.empty() ? Change::Wrong : !line.person ? Change::Added : line.changed.empty() ? Change::Unchanged : Change::Changed;
    return line;
}

Result<PeoplePreview> preview_people(storage::Reader& reader, journal::Act const& act, UnitId unit, Table const& table)
{
    TRY_VOID(require_people(reader, act, unit, "people.manage"));
    if (table.size() < 2)
        return invalid("people.import.empty");
    if (table.size() > most_imported + 1)
        return invalid_because("people.import.too_long", std::to_string(most_imported));
    auto places = TRY(places_of(table.front()));
    auto present = present_in(reader, unit, act.today);
    PeoplePreview preview;
    std::set<std::string> seen;
    for (std::size_t at = 1; at < table.size(); ++at) {
        if (std::all_of(table[at].begin(), table[at].end(), [](auto const& text) { return trimmed(text).empty(); }))
            continue;
        auto line = compare(table[at], places, present, seen, act);
        line.line = static_cast<std::int64_t>(at + 1);
        preview.lines.push_back(std::move(line));
    }
    return preview;
}

/// Each person's events get salts of their own.
static journal::Act varied(journal::Act act, std::int64_t number)
{
    for (std::size_t i = 0; i < sizeof number; ++i)
        act.seed[i] ^= static_cast<std::uint8_t>(number >> (8 * i));
    return act;
}

Result<std::int64_t> apply_people(storage::Transaction& transaction, journal::Act const& plain_act, UnitId unit, Table const& table, std::int64_t from_line, std::int64_t to_line)
{
    auto preview = TRY(preview_people(transaction, plain_act, unit, table));
    std::int64_t written = 0;
    for (auto const& line : preview.lines) {
        if (line.line < from_line || line.line > to_line || line.change == Change::Wrong || line.change == Change::Unchanged)
            continue;
        auto act = varied(plain_act, line.line);
        auto person = line.person;
        bool facts_differ = std::any_of(line.changed.begin(), line.changed.end(), [](auto const& field) { return field != "post"; });
        if (!person)
            person = TRY(add_person(transaction, act, unit, line.draft));
        else if (facts_differ)
            TRY_VOID(change_person(transaction, act, person, line.version, line.draft));
        if (line.post)
            TRY_VOID(appoint(transaction, act, { person, line.post, "definitive", line.from }));
        ++written;
    }
    return written;
}

std::int64_t PeoplePreview::count(Change change) const
{
    return std::count_if(lines.begin(), lines.end(), [&](auto const& line) { return line.change == change; });
}

Table people_template()
{
    return { { "Nama", "Status", "NIP", "Nomor PPPK", "Surel", "Telepon", "Jabatan", "Mulai" },
        { "Contoh Nama, S.H.", "PNS", "198502172099011003", "", "contoh@kpu.go.id", "0812 0000 0000", "Kepala Subbagian Contoh", "2026-01-02" } };
}

// Rows of the list as one text: unit separator between cells, record separator between rows (ASCII 31 and 30; readers of
// files leave no control signs in a cell).
static constexpr char between_cells = '\x1f';
static constexpr char between_rows = '\x1e';

static std::string joined(Table const& table)
{
    std::string text;
    for (auto const& row : table) {
        for (std::size_t at = 0; at < row.size(); ++at)
            text.append(at == 0 ? "" : std::string(1, between_cells)).append(row[at]);
        text += between_rows;
    }
    return text;
}

static Table parted(std::string const& text)
{
    Table table;
    std::vector<std::string> row { "" };
    for (char sign : text) {
        if (sign == between_cells)
            row.emplace_back();
        else if (sign == between_rows)
            table.push_back(std::exchange(row, { "" }));
        else
            row.back() += sign;
    }
    return table;
}

Result<PeopleImportId> keep_import(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string file_name, Table const& table)
{
    constexpr std::int64_t kept_ms = 30LL * 24 * 3600 * 1000;
    TRY(preview_people(transaction, act, unit, table));
    transaction.execute(drop_old_imports, act.at.milliseconds - kept_ms);
    return transaction.insert<PeopleImportTag>(insert_import, unit, file_name, joined(table), act.actor, act.at);
}

Result<PeopleImport> kept_import(storage::Reader& reader, journal::Act const& act, UnitId unit, PeopleImportId id)
{
    TRY_VOID(require_people(reader, act, unit, "people.manage"));
    auto row = reader.first(select_import, id, unit);
    if (!row)
        return not_found();
    return PeopleImport { id, row->text(0), parted(row->text(1)), !row->is_null(2) };
}

void mark_applied(storage::Transaction& transaction, journal::Act const& act, PeopleImportId id)
{
    transaction.execute(set_applied, id, act.at);
}

}
