#include "access/matrix.hpp"
#include "support/registers.hpp"

namespace kpuhub::testing {

/// An event with an attendee, a draft, a file of a record, a kept view and an import, all of one member of the staff.
void Matrix::make_records()
{
    auto const& office = hub.office;
    switch_on(*hub.database, "event_attendance", office.kota_jambi);
    auto const event = record_of(post(hub, hub.siti, "/units/1571/registers/event_attendance/records",
        { { "f.name", "Sosialisasi" }, { "f.event_kind", "meeting" }, { "f.held_on", "2026-04-17" }, { "f.place", "Aula" } }));
    m_objects["event"] = { { "/records/{record}", event }, { "{field}", "attendees" }, { "{row}", "9007" } };
    auto const draft = record_of(post(hub, hub.siti, "/units/1571/registers/visitor_book/records", { { "f.visitor", "Konsep" }, { "as", "draft" } }));
    m_objects["draft"] = { { "/records/{record}", draft } };
    auto const& record = parameters.at("/records/{record}");
    hub.run_sql("INSERT INTO record_file (id, subject_id, blob_hash, media_type, bytes, file_name, brought_by, brought_at) SELECT 9008, "
        + record.substr(std::string_view { "/records/" }.size()) + ", blob_hash, 'image/jpeg', 10, 'foto.jpg', " + std::to_string(office.siti.value)
        + ", 0 FROM evidence WHERE blob_hash IS NOT NULL LIMIT 1");
    m_objects["record_file"] = { { "{file}", "9008" } };
    m_objects["view"] = { { "{view}", "9006" } };
    auto const unit = std::to_string(office.kota_jambi.value);
    hub.run_sql("INSERT INTO record_import (id, register, unit_id, person_id, file_name, body, state, written_at) VALUES (9009, 'visitor_book', " + unit + ", "
        + std::to_string(office.siti.value) + ", 'tamu.csv', '[[\"Nama tamu\"],[\"Budi\"]]', 'waiting', 0)");
    m_objects["record_import"] = { { "{import}", "9009" } };
    hub.run_sql("INSERT INTO role_grant (id, role, unit_id, post_id, valid_from, valid_to, written_at) VALUES (9005, 'area_owner', " + unit + ", "
        + std::to_string(office.head_of_rendatin.value) + ", '2026-01-01', '2099-12-31', 0)");
    hub.run_sql("INSERT INTO subject (id, kind, unit_id, state, created_at) VALUES (9010, 'retention', " + unit + ", 'proposed', 0)");
    hub.run_sql("INSERT INTO retention_decision (subject_id, kind, register, year, decision, reason, rule, legal_basis, records, decided_by, decided_at) VALUES (9010, 'retention', "
                "'visitor_book', 2020, 'destroy', 'Berita acara', '1 created', 'UU', 1, " + std::to_string(office.dewi.value) + ", 0)");
    m_objects["decision"] = { { "{decision}", "9010" } };
    m_objects["post_grant"] = { { "{grant}", "9005" } };
    send(hub.andreas, "/units/1571/papers/new", { { "kind", "receipt" }, { "year", "2026" } });
    m_objects["receipt"] = { { "{paper}", std::to_string(hub.count("SELECT max(id) FROM subject WHERE kind = 'official_paper'")) } };
    m_objects["model_row"] = { { "{row}", std::to_string(hub.count("SELECT max(n.subject_id) FROM plan_node n JOIN plan p ON p.subject_id = n.plan_id WHERE p.plan_kind = 'model' AND n.level = 'subactivity'")) } };
}

}
