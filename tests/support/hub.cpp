#include "support/hub.hpp"
#include "account/password.hpp"
#include "account/session.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include <fstream>
#include <spdlog/spdlog.h>
#include <stdexcept>

namespace kpuhub::testing {

using storage::Query;

namespace {

constexpr auto public_url = "http://127.0.0.1:8080";
constexpr Query insert_account { "test.account", R"sql(
    INSERT INTO account (person_id, user_name, password_hash, state, created_at) VALUES ($1, $2, '', 'active', 0) )sql" };
constexpr Query insert_person { "test.person", "INSERT INTO person (unit_id, name, employment) VALUES ($1, $2, 'pns') RETURNING id" };
constexpr Query insert_grant { "test.grant", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)
    VALUES ($1, $2, $3, '2000-01-01', '2099-12-31', 0) )sql" };
constexpr Query account_of { "test.account_of", "SELECT id FROM account WHERE person_id = $1" };
constexpr Query set_hash { "test.set_password", "UPDATE account SET password_hash = $2 WHERE person_id = $1" };

template<typename T>
T sure(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message_key + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

}

Hub::Hub(storage::Engine engine, bool rerun)
    : database(engine, { .rerun = rerun })
    , office(make_office(*database))
    , m_application(std::make_unique<command::Application>(*database, clock, folder.path().string(), account::DoorSettings { public_url },
          http::Log { spdlog::default_logger() }))
{
    asri = add_person(office.kota_jambi, "Asri Asesor", "assessor");
    admin = add_person(office.kota_jambi, "Ade Administrator", "account_administrator");
    audita = add_person(office.province, "Audita Auditor", "auditor");
    std::pair<PersonId, std::pair<std::string, CookieJar*>> const people[] = { { office.siti, { "siti", &siti } },
        { office.andreas, { "andreas", &andreas } }, { office.maria, { "maria", &maria } }, { office.sekretaris, { "sekretaris", &sekretaris } },
        { office.yuli, { "yuli", &yuli } }, { office.dewi, { "dewi", &dewi } }, { office.ratna, { "ratna", &ratna } },
        { office.budi, { "budi", &budi } }, { asri, { "asri", &asri_jar } }, { admin, { "admin", &admin_jar } }, { audita, { "audita", &audita_jar } } };
    for (auto const& [person, place] : people) {
        add_account(person, place.first);
        *place.second = sign_in(person);
    }
}

Site Hub::site() const
{
    return { m_application->router(), m_application->faults(), [this](Scenario const& scenario, http::Request& request) {
                if (scenario.method != http::Method::Post || scenario.as == nullptr || request.form.find("csrf"))
                    return;
                auto cookie = scenario.as->find(http::session_cookie_name(false));
                if (cookie != scenario.as->end() && m_secrets.contains(cookie->second))
                    request.form.add("csrf", http::csrf_token(m_secrets.at(cookie->second)));
            } };
}

void Hub::add_account(PersonId person, std::string const& user_name)
{
    m_user_names[person.value] = user_name;
    sure(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(insert_account, person, user_name);
        return {};
    }));
}

PersonId Hub::add_person(UnitId unit, std::string const& name, std::string const& role)
{
    return sure(database->write([&](storage::Transaction& transaction) -> Result<PersonId> {
        auto id = transaction.insert<PersonTag>(insert_person, unit, name);
        transaction.execute(insert_grant, role, unit, id);
        return id;
    }));
}

CookieJar Hub::sign_in(PersonId person)
{
    clock.set(clock.now().plus(std::chrono::milliseconds { 1 }));       // sessions end oldest first
    account::NewSession session { account::random_token(), account::random_token(), "Firefox, Linux" };
    m_secrets[session.token] = session.csrf_secret;
    sure(database->write([&](storage::Transaction& transaction) -> Result<void> {
        account::start_session(transaction, transaction.first(account_of, person)->id<AccountTag>(0), session, clock.now());
        return {};
    }));
    return { { http::session_cookie_name(false), session.token } };
}

void Hub::set_password(PersonId person, std::string_view password)
{
    auto hash = account::hash_password(password);
    sure(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(set_hash, person, hash);
        return {};
    }));
}

std::string Hub::user_name(PersonId person) const { return m_user_names.at(person.value); }

void Hub::work()
{
    while (m_application->workshop().work_once()) { }
}

std::int64_t Hub::count(std::string const& sql)
{
    return sure(database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(Query { "test.count", sql })->integer(0); }));
}

void Hub::run_sql(std::string const& sql)
{
    sure(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(Query { "test.run", sql });
        return {};
    }));
}

http::Response get(Hub& hub, CookieJar& as, std::string const& path, bool json)
{
    Scenario scenario { .name = path, .path = path, .as = &as };
    if (json)
        scenario.headers["accept"] = "application/json";
    return run(hub.site(), scenario);
}

http::Response post(Hub& hub, CookieJar& as, std::string const& path, std::vector<std::pair<std::string, std::string>> form)
{
    return run(hub.site(), { .name = path, .method = http::Method::Post, .path = path, .form = std::move(form), .as = &as });
}

http::Upload upload_of(TestFolder& folder, std::string const& file_name, std::string const& bytes, std::string const& field)
{
    static int number = 0;
    auto path = folder / ("sent-" + std::to_string(++number));
    std::ofstream { path, std::ios::binary } << bytes;
    return { field, file_name, path, static_cast<std::int64_t>(bytes.size()) };
}

static std::string row_of(std::string const& texts, int first_mark, int last_mark)
{
    constexpr int cells = 14;       // the table was stretched: two cells more than there are months
    std::string line = texts;
    for (int cell = 1; cell <= cells; ++cell)
        line += cell >= first_mark && cell <= last_mark ? "\t√" : "\t";
    return line + "\n";
}

std::string small_decree(std::string const& mark)
{
    std::string const tabs(13, '\t');
    return "KEPUTUSAN KOMISI PEMILIHAN UMUM KOTA JAMBI\nNOMOR 7 TAHUN 2026\nTENTANG\nRENCANA AKSI REFORMASI BIROKRASI " + mark + "\n"
        + "Ditetapkan di Jambi\npada tanggal 12 Januari 2026\n"
        + "NO\tAREA PERUBAHAN\tKEGIATAN\tSUB KEGIATAN\tINDIKATOR KEBERHASILAN\tPELAKSANAAN (BULAN)" + tabs + "\n"
        + "\t\t\t\t\tJAN\tFEB\tMAR\tAPR\tMEI\tJUN\tJUL\tAGT\tSEPT\tOKT\tNOV\tDES\t\t\n"
        + row_of("1\tManajemen Perubahan\t1. Tim kerja " + mark + "\t1. Menetapkan tim " + mark + "\tAdanya keputusan " + mark, 1, 14)
        + row_of("\t\t\t2. Rapat tim\tAdanya notula", 6, 6) + row_of("\t\t2. Agen perubahan\t1. Menunjuk agen perubahan\tAdanya surat tugas", 1, 13);
}

}
