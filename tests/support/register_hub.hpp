#pragma once
#include "support/registers.hpp"

namespace kpuhub::testing {

/// Kota Jambi with the registers of the program; dewi is its UPG officer.
class Registers : public ::testing::Test {
protected:
    using Form = std::vector<std::pair<std::string, std::string>>;

    Hub hub { storage::Engine::Sqlite, true };
    std::string const gifts = "/units/1571/registers/gratification_report";
    std::string const visitors = "/units/1571/registers/visitor_book";
    std::string const events = "/units/1571/registers/event_attendance";

    void SetUp() override
    {
        publish_registers(*hub.database);
        for (auto const* id : { "gratification_report", "visitor_book", "event_attendance" })
            switch_on(*hub.database, id, hub.office.kota_jambi);
        give_role(*hub.database, "upg_officer", hub.office.kota_jambi, hub.office.dewi);
    }

    static Form gift(std::string const& giver = "CV Contoh Rahasia")
    {
        return { { "form", "1" }, { "f.received_on", "2026-03-13" }, { "f.report_kind", "received" }, { "f.form", "goods" }, { "f.description", "Parsel makanan" },
            { "f.estimate", "Rp 450.000" }, { "f.giver", giver }, { "f.giver_relation", "supplier" }, { "f.chronology", "Diantar ke kantor" } };
    }

    static Form visitor(std::string const& name, std::string const& need = "information")
    {
        return { { "form", "1" }, { "f.visitor", name }, { "f.need", need }, { "f.arrived_at", "2026-04-18T09:30" } };
    }

    static Form with(Form form, std::string const& name, std::string const& value)
    {
        std::erase_if(form, [&](auto const& each) { return each.first == name; });
        form.emplace_back(name, value);
        return form;
    }

    std::string version_of(std::string const& record) { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + record.substr(9))); }
    http::Response step(CookieJar& as, std::string const& record, std::string const& name, Form form = {})
    {
        form.emplace_back("version", version_of(record));
        return post(hub, as, record + "/steps/" + name, form);
    }
};

}
