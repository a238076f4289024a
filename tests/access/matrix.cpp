#include "access/matrix.hpp"
#include "account/password.hpp"
#include "codec/tool.hpp"
#include "plan/plan_create.hpp"
#include "support/campaigns.hpp"
#include "support/registers.hpp"

namespace kpuhub::testing {

using http::Method;

std::string key_of(http::Route const& route) { return (route.method == Method::Get ? "GET " : "POST ") + route.pattern; }

Expectations::Expectations() : m_table(YAML::LoadFile(source_folder() + "/tests/access/expectations.yaml"))
{
    for (auto const& route : m_table["public"])
        m_public.insert(route.as<std::string>());
}

bool Expectations::is_public(http::Route const& route) const
{
    if (m_public.contains(key_of(route)))
        return true;
    for (auto const& start : m_table["assets"])
        if (route.pattern.starts_with(start.as<std::string>()))
            return true;
    return false;
}

std::set<std::string> Expectations::people(YAML::Node const& words) const
{
    std::set<std::string> found;
    if (!words)
        return found;
    for (auto const& person : words.IsSequence() ? words : m_table["groups"][words.as<std::string>()])
        found.insert(person.as<std::string>());
    return found;
}

void Matrix::SetUp()
{
    auto const& office = hub.office;
    people = { { "staff", office.siti }, { "rb_secretary", office.andreas }, { "area_owner", office.maria }, { "leader", office.sekretaris },
        { "assessor", hub.asri }, { "account_administrator", hub.admin }, { "supervisor", office.ratna }, { "auditor", hub.audita }, { "foreign", office.budi } };
    make_work();
    if (HasFatalFailure())
        return;
    make_reports();
    make_people();
    make_records();
    make_campaigns();
}

std::string Matrix::send(CookieJar& as, std::string const& path, std::vector<std::pair<std::string, std::string>> form)
{
    auto answer = post(hub, as, path, std::move(form));
    EXPECT_EQ(answer.status, 303) << path << " " << answer.body.substr(0, 800);
    return answer.header("Location");
}

/// A plan at work: a row with a proof, one submitted, one verified, a proof with a file, a file on its way, a decree taken in.
void Matrix::make_work()
{
    auto const& office = hub.office;
    auto plan = make_plan(*hub.database, office, 2026, time::Date::of(2026, 1, 5));
    auto number = [](FoundDeliverable const& found) { return std::to_string(found.id.value); };
    auto row = number(deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4));
    auto quarter = deliverable(*hub.database, plan, "Monitoring rencana aksi", 3);
    auto second = deliverable(*hub.database, plan, "Monitoring rencana aksi", 6);
    send(hub.siti, "/deliverables/" + row + "/evidence", { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/sk" } });
    auto proof = std::to_string(hub.count("SELECT max(subject_id) FROM evidence"));
    for (auto const& each : { quarter, second }) {
        auto address = "/deliverables/" + number(each);
        send(hub.siti, address + "/evidence", { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/laporan" } });
        send(hub.siti, address + "/submission", { { "version", std::to_string(version_of(*hub.database, subject_of(each.id))) }, { "note", "sudah" } });
    }
    send(hub.maria, "/deliverables/" + number(second) + "/verification", { { "version", std::to_string(version_of(*hub.database, subject_of(second.id))) } });

    auto picture = (hub.folder.path() / "foto.jpg").string();
    ASSERT_TRUE(codec::write_whole(picture + ".ppm", "P6\n64 48\n255\n" + std::string(64 * 48 * 3, 'x')));
    ASSERT_TRUE(codec::run_tool({ "/usr/bin/cjpeg", "-outfile", picture, picture + ".ppm" }));
    auto sent = run(hub.site(), { .name = "photo", .method = Method::Post, .path = "/deliverables/" + row + "/evidence", .form = { { "kind", "file" } },
        .uploads = { upload_of(hub.folder, "foto.jpg", codec::read_whole(picture, 1 << 20)) }, .as = &hub.siti });
    ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 800);
    auto photo = std::to_string(hub.count("SELECT max(subject_id) FROM evidence"));
    send(hub.siti, "/evidence/uploads", { { "upload_key", "kunci-unggah" }, { "file_name", "a.pdf" }, { "total_bytes", "100" } });

    auto taken = run(hub.site(), { .name = "upload", .method = Method::Post, .path = "/units/1571/imports",
        .uploads = { upload_of(hub.folder, "sk.txt", small_decree()) }, .as = &hub.andreas });
    ASSERT_EQ(taken.status, 303) << taken.body.substr(0, 500);
    hub.work();
    auto paper = send(hub.andreas, "/units/1571/plans/2026/decree", {});
    publish_registers(*hub.database);
    publish_indicators(*hub.database);
    switch_on(*hub.database, "visitor_book", office.kota_jambi);
    auto record = record_of(post(hub, hub.siti, "/units/1571/registers/visitor_book/records",
        { { "f.visitor", "Tamu" }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" } }));
    parameters = { { "{register}", "visitor_book" }, { "{indicator}", "visitors_served" }, { "{step}", "leave" }, { "/records/{record}", record }, { "{paper}", paper.substr(std::string_view { "/papers/" }.size()) }, { "{unit}", "1571" }, { "{year}", "2026" }, { "{import}", std::to_string(hub.count("SELECT max(subject_id) FROM decree_import")) },
        { "{row}", "1" }, { "{person}", std::to_string(office.siti.value) }, { "{post}", std::to_string(office.head_of_rendatin.value) },
        { "{subdivision}", std::to_string(office.rendatin.value) }, { "/deliverables/{id}", "/deliverables/" + row }, { "/evidence/{id}", "/evidence/" + proof },
        { "/subjects/{id}", "/subjects/" + row }, { "/documents/{id}", "/documents/" + proof } };
    for (auto const* id : { "risk", "risk_control", "regulation" }) {
        switch_on(*hub.database, id, office.kota_jambi);
        m_objects[id] = { { "{register}", id } };
    }
    auto policy = record_of(post(hub, hub.siti, "/units/1571/registers/regulation/records",
        { { "f.document_type", "decision" }, { "f.short_name", "KPT 3/2026" }, { "f.full_title", "Keputusan tentang layanan" }, { "f.form", "Keputusan KPU Kota" } }));
    m_objects["policy"] = { { "/records/{record}", policy } };
    hub.run_sql("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) VALUES ('model_publisher', "
        + std::to_string(office.kota_jambi.value) + ", " + std::to_string(office.dewi.value) + ", '2000-01-01', '2099-12-31', 0)");
    auto model = hub.database->write([&](storage::Transaction& transaction) {
        return plan::create(transaction, act_of(office.dewi, time::Date::of(2026, 1, 2)), office.kota_jambi, 2026, plan::PlanKind::Model, small_tree(office));
    });
    ASSERT_TRUE(model) << model.error().message_key;
    m_objects["model_plan"] = {};
    m_objects["plan_row"] = { { "{row}", std::to_string(hub.count("SELECT max(subject_id) FROM plan_node WHERE level = 'subactivity' AND plan_id = (SELECT min(subject_id) FROM plan)")) } };
    m_objects["submitted"] = { { "/deliverables/{id}", "/deliverables/" + number(quarter) } };
    m_objects["verified"] = { { "/deliverables/{id}", "/deliverables/" + number(second) } };
    m_objects["file_proof"] = { { "/evidence/{id}", "/evidence/" + photo } };
    m_objects["upload"] = { { "{key}", "kunci-unggah" } };
    m_objects["link"] = { { "{proof}", proof }, { "{target}", row + ":0" }, { "{taken}", proof + ":0" } };
}

/// A package on its way to the province, and a question of the province to its offices.
void Matrix::make_reports()
{
    auto const package = send(hub.andreas, "/units/1571/packages", { { "year", "2026" }, { "period", "Q1" } });
    send(hub.andreas, package + "/sending", { { "version", "1" }, { "recipient", "province" } });
    hub.work();
    auto const request = send(hub.ratna, "/units/15/requests", { { "title", "Jumlah" }, { "wants", "number" }, { "due_on", "2026-05-01" }, { "scope", "direct" } });
    parameters.merge(std::map<std::string, std::string> { { "{package}", package.substr(std::string_view { "/packages/" }.size()) }, { "{recipient}", "province" }, { "{round}", "1" }, { "{place}", "0" },
        { "{request}", request.substr(std::string_view { "/requests/" }.size()) },
        { "{answer}", std::to_string(hub.count("SELECT a.subject_id FROM request_answer a JOIN unit u ON u.id = a.unit_id WHERE u.code = '1571'")) } });
}

/// A campaign that asks everybody of the office, and an event whose list is open.
void Matrix::make_campaigns()
{
    load_campaign_definitions(*hub.database);
    auto const campaign = send(hub.andreas, "/units/1571/campaigns", { { "matter", "lhkan" }, { "period", "2026" }, { "due_on", "2026-12-31" }, { "scope", "own" } });
    hub.work();
    auto const event = m_objects.at("event").at("/records/{record}");
    send(hub.siti, event + "/attendance", {});
    parameters.merge(std::map<std::string, std::string> { { "{campaign}", campaign.substr(std::string_view { "/campaigns/" }.size()) }, { "{matter}", "lhkan" }, { "{duty}", "lhkan" } });
    m_objects["event"]["{record}"] = event.substr(std::string_view { "/records/" }.size());
}

/// What an account administrator looks after: accounts, grants, appointments, lists of people, a handover.
void Matrix::make_people()
{
    auto const& office = hub.office;
    auto id = [](auto const& each) { return std::to_string(each.value); };
    auto unit = id(office.kota_jambi);
    hub.run_sql("INSERT INTO role_grant (id, role, unit_id, person_id, valid_from, valid_to, written_at) VALUES (9001, 'rb_member', " + unit + ", " + id(office.dewi)
        + ", '2000-01-01', '2099-12-31', 0)");
    hub.run_sql("INSERT INTO role_grant (id, role, unit_id, person_id, valid_from, valid_to, granted_by, written_at, wanted_from) VALUES (9002, 'account_administrator', " + unit
        + ", " + id(office.dewi) + ", '9999-12-31', '9999-12-31', " + id(office.sekretaris) + ", " + std::to_string(hub.clock.now().milliseconds) + ", '2026-04-18')");
    hub.run_sql("INSERT INTO handover (id, unit_id, from_person_id, to_person_id, capacity, effective_on, reason, made_by, made_at) VALUES (9003, " + unit + ", "
        + id(office.siti) + ", " + id(office.yuli) + ", 'plh', '2026-04-01', 'cuti', " + id(office.andreas) + ", 0)");
    hub.run_sql("INSERT INTO people_import (id, unit_id, file_name, content, made_by, made_at) VALUES (9004, " + unit + ", 'pegawai.csv', 'nama' || char(30), "
        + id(hub.admin) + ", " + std::to_string(hub.clock.now().milliseconds) + ")");
    m_objects["grant"] = { { "{grant}", "9001" } };
    m_objects["unconfirmed_grant"] = { { "{grant}", "9002" } };
    m_objects["handover"] = { { "{handover}", "9003" } };
    m_objects["people_import"] = { { "{import}", "9004" } };
    m_objects["account_link"] = { { "{token}", "tautan-sekali-pakai" } };
    m_objects["appointment"] = { { "{post}", std::to_string(hub.count("SELECT min(post_id) FROM appointment WHERE person_id = " + id(office.dewi))) }, { "{person}", id(office.dewi) } };
    m_objects["session"] = { { "{session}", "tidak-ada-itu" } };
    m_objects["account"] = { { "{person}", id(office.dewi) } };
}

void Matrix::restore(YAML::Node const& rule)
{
    auto const& dewi = std::to_string(hub.office.dewi.value);
    auto object = rule && rule["object"] ? rule["object"].as<std::string>() : std::string {};
    if (object == "grant")
        hub.run_sql("UPDATE role_grant SET valid_to = '2099-12-31' WHERE id = 9001");
    if (object == "unconfirmed_grant")
        hub.run_sql("UPDATE role_grant SET valid_from = '9999-12-31', confirmed_by = NULL WHERE id = 9002");
    if (object == "appointment")
        hub.run_sql("UPDATE appointment SET valid_to = '9999-12-31' WHERE person_id = " + dewi);
    if (object == "account")
        hub.run_sql("UPDATE account SET state = 'active' WHERE person_id = " + dewi);
    if (object == "account_link") {
        hub.run_sql("DELETE FROM account_link");
        hub.run_sql("INSERT INTO account_link (token_hash, account_id, made_at, expires_at) SELECT '" + account::token_hash("tautan-sekali-pakai")
            + "', a.id, 0, " + std::to_string(hub.clock.now().plus(std::chrono::minutes { 30 }).milliseconds) + " FROM account a WHERE a.person_id = " + std::to_string(hub.office.siti.value));
    }
    if (object == "post_grant")
        hub.run_sql("UPDATE role_grant SET valid_to = '2099-12-31' WHERE id = 9005");
    if (object == "event")
        hub.run_sql("INSERT INTO r_event_attendance__attendees (id, subject_id, f_guest) SELECT 9007, min(subject_id), 'Tamu' FROM r_event_attendance WHERE 1 = 1 ON CONFLICT DO NOTHING");
    if (object == "view")
        hub.run_sql("INSERT INTO record_view (id, person_id, register, name, query) VALUES (9006, " + std::to_string(hub.office.siti.value)
            + ", 'visitor_book', 'hari ini', '') ON CONFLICT DO NOTHING");
    auto siti = hub.sign_in(hub.office.siti);
    if (object == "link")
        (void)post(hub, siti, parameters["/deliverables/{id}"] + "/evidence/existing", { { "evidence", m_objects["link"]["{proof}"] } });
}

std::string Matrix::in_address(std::string text, YAML::Node const& rule) const
{
    auto replace = [&](std::map<std::string, std::string> const& by) {
        for (auto const& [parameter, value] : by)
            if (auto at = text.find(parameter); at != std::string::npos)
                text.replace(at, parameter.size(), value);
    };
    if (rule && rule["object"] && rule["object"].as<std::string>() != "none")
        replace(m_objects.at(rule["object"].as<std::string>()));
    replace(parameters);
    return text;
}

std::string Matrix::address_of(http::Route const& route, YAML::Node const& rule) const
{
    auto address = in_address(route.pattern, rule);
    while (address.find('{') != std::string::npos)
        address.replace(address.find('{'), address.find('}') - address.find('{') + 1, "1");
    return address + (rule && rule["query"] ? rule["query"].as<std::string>() : std::string {});
}

/// The present version of the object in an address; nothing is changed with "0".
std::string Matrix::version_at(std::string const& address)
{
    auto digits = address.find_first_of("0123456789");
    auto id = digits == std::string::npos ? std::string { "0" } : address.substr(digits, address.find('/', digits) - digits);
    return std::to_string(hub.count("SELECT COALESCE(max(version), 0) FROM subject WHERE id = " + id));
}

http::Response Matrix::ask(http::Route const& route, YAML::Node const& rule, CookieJar& as, bool may, bool json)
{
    Scenario scenario { .name = key_of(route), .method = route.method, .path = address_of(route, rule), .as = &as };
    if (json)
        scenario.headers["accept"] = "application/json";
    if (rule)
        for (auto const& field : rule["form"]) {
            auto value = in_address(field.second.as<std::string>(), rule);
            scenario.form.emplace_back(field.first.as<std::string>(), value != "shown" ? value : may ? "999" : version_at(scenario.path));
        }
    return run(hub.site(), scenario);
}

std::string Matrix::outcome(http::Response const& answer)
{
    if (answer.status == 303 && answer.header("Location").starts_with("/sign-in"))
        return "sign-in";
    if (answer.status == 403)
        return "seen";
    return answer.status == 404 ? "unknown" : answer.status >= 500 ? "broken" : "may";
}

}
