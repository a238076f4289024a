#include "command/generated_plan.hpp"
#include "command/bulk_insert.hpp"
#include "plan/months.hpp"
#include "plan/plan_source.hpp"
#include "plan/progress.hpp"
#include "text/normal.hpp"
#include <array>

namespace kpuhub::command {

using storage::Query;

constexpr Query next_subject { "command.next_subject", "SELECT COALESCE(max(id), 0) + 1 FROM subject" };
constexpr Query has_plan { "command.has_plan", "SELECT 1 FROM plan WHERE unit_id = $1 AND year = $2 AND plan_kind = 'office'" };
constexpr Query add_person { "command.add_worker", "INSERT INTO person (unit_id, name, employment) VALUES ($1, $2, 'pns') RETURNING id" };

namespace {

/// SplitMix64: the same numbers on every machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : m_state(seed) {}
    int below(int limit)
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        auto mixed = m_state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
        return static_cast<int>((mixed ^ (mixed >> 31U)) % static_cast<std::uint64_t>(limit));
    }

private:
    std::uint64_t m_state;
};

constexpr std::array acts { "Penyusunan", "Pelaksanaan", "Evaluasi", "Pemutakhiran", "Sosialisasi", "Penetapan", "Pemantauan", "Pelaporan" };
constexpr std::array things { "rencana kerja tim", "standar operasional prosedur", "peta proses bisnis", "laporan kinerja triwulan",
    "standar pelayanan publik", "data kepegawaian", "daftar informasi publik", "pengendalian gratifikasi", "arsip dinamis", "survei kepuasan masyarakat" };
constexpr std::array scopes { "di lingkungan sekretariat", "bersama seluruh subbagian", "sesuai pedoman yang berlaku", "secara berkala dan terdokumentasi" };
constexpr std::array area_names { "Manajemen Perubahan", "Deregulasi Kebijakan", "Penataan Organisasi", "Penataan Tata Laksana",
    "Penataan Sistem Manajemen SDM", "Penguatan Akuntabilitas", "Penguatan Pengawasan", "Peningkatan Kualitas Pelayanan Publik" };

template<typename List>
std::string one_of(List const& list, Chance& chance)
{
    return list[static_cast<std::size_t>(chance.below(static_cast<int>(list.size())))];
}

std::string sentence(Chance& chance)
{
    auto text = one_of(acts, chance) + " " + one_of(things, chance);
    return text + " " + one_of(scopes, chance);
}

plan::Months some_months(Chance& chance)
{
    switch (chance.below(5)) {
    case 0: return plan::Months::all();
    case 1: return plan::Months::of({ 3, 6, 9, 12 });
    case 2: return plan::Months::of({ 2 + chance.below(10) });
    default: break;
    }
    auto const first = 1 + chance.below(9);
    return plan::Months::of({ first, first + 1, first + 2 });
}

class PlanWriter {
public:
    PlanWriter(storage::Transaction& transaction, GeneratedPlans const& wanted, PersonId person)
        : m_subjects(transaction, "subject (id, kind, unit_id, period, state, created_at)", 6)
        , m_plans(transaction, "plan (subject_id, unit_id, year, plan_kind, title, number, decided_on, fixed_at)", 8, { &m_subjects })
        , m_nodes(transaction, "plan_node (subject_id, plan_id, parent_id, level, area_no, place, number, body, printed_months, indicator_kind, search)", 11,
              { &m_subjects, &m_plans })
        , m_deliverables(transaction, "deliverable (subject_id, plan_id, node_id, starts_on, ends_on, due_on, passed, next_change_at,"
              " note, submitted_by, submitted_at, decided_by, decided_at)", 13, { &m_subjects, &m_nodes })
        , m_wanted(wanted)
        , m_person(person)
        , m_next(transaction.first(next_subject)->integer(0))
    {
    }

    void write(int year)
    {
        Chance chance(m_wanted.seed ^ std::stoull(m_wanted.unit.code) * 10'007 ^ static_cast<std::uint64_t>(year));
        m_year = year;
        m_place = 0;
        auto const fixed = time::start_of_day(time::Date::of(year, 1, 20), m_wanted.unit.zone);
        m_plan = subject("plan", std::to_string(year), "fixed", fixed);
        m_plans.add(m_plan, m_wanted.unit.id, year, "office", "Rencana Aksi Reformasi Birokrasi Tahun " + std::to_string(year),
            std::to_string(1 + chance.below(90)) + " TAHUN " + std::to_string(year), time::Date::of(year, 1, 20), fixed);
        for (m_area = 1; m_area <= 8; ++m_area)
            write_area(chance, fixed);
    }

    std::int64_t finish()
    {
        std::int64_t rows = 0;
        for (auto* table : { &m_subjects, &m_plans, &m_nodes, &m_deliverables }) {
            table->flush();
            rows += table->rows();
        }
        return rows;
    }

private:
    std::int64_t subject(char const* kind, std::string period, char const* state, time::Instant at)
    {
        m_subjects.add(m_next, kind, m_wanted.unit.id, std::move(period), state, at);
        return m_next++;
    }

    std::int64_t node(std::optional<std::int64_t> parent, char const* level, std::string number, std::string body, plan::Months months, time::Instant at)
    {
        auto const id = subject("plan_node", std::to_string(m_year), "current", at);
        bool const indicator = std::string_view { level } == "indicator";
        auto search = text::normal(number + " " + body);
        m_nodes.add(id, m_plan, parent, level, m_area, ++m_place, std::move(number), std::move(body), std::int64_t { months.bits },
            indicator ? std::optional<std::string> { "document" } : std::nullopt, std::move(search));
        return id;
    }

    void write_area(Chance& chance, time::Instant at)
    {
        auto const area = node({}, "area", std::to_string(m_area), area_names.at(static_cast<std::size_t>(m_area - 1)), {}, at);
        for (int activity = 0; activity < 4; ++activity) {
            auto const above = node(area, "activity", std::string(1, static_cast<char>('A' + activity)), sentence(chance), {}, at);
            for (int order = 1; order <= 3; ++order) {
                auto const months = some_months(chance);
                auto const sub = node(above, "subactivity", std::to_string(order), sentence(chance), months, at);
                for (auto const* letter : { "a", "b" })
                    node(sub, "indicator", letter, "Tersedianya dokumen " + one_of(things, chance), {}, at);
                for (auto const& span : plan::deliverables_of(m_year, months, plan::natural_rhythm(months)))
                    deliverable(sub, span, chance, at);
            }
        }
    }

    static char const* state_of(bool due, Chance& chance)
    {
        auto const die = chance.below(100);
        if (!due)
            return die < 4 ? "submitted" : die < 14 ? "under_way" : "scheduled";
        return die < 72 ? "verified" : die < 80 ? "submitted" : die < 84 ? "returned" : die < 90 ? "under_way" : "scheduled";
    }

    void deliverable(std::int64_t node_id, plan::Span const& span, Chance& chance, time::Instant at)
    {
        auto const passes = plan::passes_at(span.due_on, m_wanted.unit.zone);
        bool const passed = passes <= m_wanted.now;
        auto const* state = state_of(passed, chance);
        auto const word = std::string_view { state };
        bool const sent = word == "verified" || word == "submitted" || word == "returned";
        bool const decided = word == "verified" || word == "returned";
        auto const sent_at = passes.plus(std::chrono::hours { -24 * (1 + chance.below(12)) });
        auto const id = subject("deliverable", span.due_on.iso().substr(0, 7), state, at);
        auto const when = [](bool there, time::Instant instant) { return there ? std::optional { instant } : std::nullopt; };
        m_deliverables.add(id, m_plan, node_id, span.starts_on, span.ends_on, span.due_on, passed, when(!passed, passes), sent ? "Terlaksana." : "",
            sent ? m_person : PersonId {}, when(sent, sent_at), decided ? m_person : PersonId {},
            when(decided, sent_at.plus(std::chrono::hours { 30 })));
    }

    BulkInsert m_subjects;
    BulkInsert m_plans;
    BulkInsert m_nodes;
    BulkInsert m_deliverables;
    GeneratedPlans const& m_wanted;
    PersonId m_person;
    std::int64_t m_next;
    std::int64_t m_plan = 0;
    std::int64_t m_place = 0;
    int m_year = 0;
    int m_area = 0;
};

}

std::int64_t generate_plans(storage::Transaction& transaction, GeneratedPlans const& wanted)
{
    std::vector<int> years;
    for (int year = wanted.first_year; year <= wanted.last_year; ++year)
        if (!transaction.first(has_plan, wanted.unit.id, year))
            years.push_back(year);
    if (years.empty())
        return 0;
    auto const person = transaction.insert<PersonTag>(add_person, wanted.unit.id, "Pegawai " + wanted.unit.name);
    PlanWriter writer(transaction, wanted, person);
    for (int year : years)
        writer.write(year);
    auto const rows = writer.finish();
    indicator::rebuild(transaction, plan::PlanSource {}, wanted.unit.id);
    return rows;
}

}
