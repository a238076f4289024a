#include "definition/offer.hpp"
#include "core/embedded.hpp"
#include "definition/publication.hpp"
#include "storage/checksum.hpp"
#include <algorithm>

namespace kpuhub::definition {

namespace {

constexpr storage::Query newest_hashes { "definition.newest_hashes", R"sql(
    SELECT d.register, d.version, d.hash FROM register_definition d
     WHERE d.version = (SELECT max(m.version) FROM register_definition m WHERE m.register = d.register) ORDER BY d.register )sql" };
constexpr storage::Query body_of { "definition.offered_body", "SELECT body FROM register_definition WHERE register = $1 AND version = $2" };

std::vector<std::string> texts_in(Node const& list)
{
    std::vector<std::string> texts;
    for (auto const& item : list.items)
        texts.push_back(item.text);
    if (list.kind == Node::Kind::Scalar)
        texts.push_back(list.text);
    return texts;
}

/// Only what binding needs: the whole was checked when it was published.
Offered read_offered(std::string_view file, std::string_view text)
{
    Offered made;
    auto root = parse(file, text);
    if (!root)
        return made;
    made.id = (*root)["id"].text;
    made.title = { (*root)["title"]["id"].text, (*root)["title"]["en"].text };
    for (auto kind : { DataClass::Public, DataClass::Internal, DataClass::Personal, DataClass::Specific })
        if (to_text(kind) == (*root)["class"].text)
            made.data_class = kind;
    made.retired = (*root)["retired"].text == "true";
    made.systems = texts_in((*root)["systems"]);
    made.phrases = texts_in((*root)["phrases"]);
    return made;
}

std::vector<Offered> shipped_indicator_list()
{
    std::vector<Offered> found;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/indicators/") && file.path.ends_with(".yaml"))
            if (auto made = read_offered(file.path, file.bytes); !made.id.empty() && !made.retired)
                found.push_back(std::move(made));
    return found;
}

bool lists(std::vector<std::string> const& texts, std::string_view text) { return std::ranges::find(texts, text) != texts.end(); }

std::vector<Offered> by_id(std::vector<Offered> list)
{
    std::ranges::sort(list, {}, &Offered::id);
    return list;
}

BindingTarget target_of(TargetKind kind, Offered const& each) { return { kind, each.id, each.title, each.systems, each.phrases, {} }; }

}

std::vector<BindingTarget> Offer::targets() const
{
    std::vector<BindingTarget> made;
    for (auto const& row : systems()) {
        BindingTarget target { TargetKind::System, row.id, row.title, { row.no }, row.phrases, row.areas };
        // what a register or indicator of this system alone is called by tells the system too
        for (auto const* list : { &m_registers, &m_indicators })
            for (auto const& each : *list)
                if (each.systems == std::vector { row.no })
                    target.phrases.insert(target.phrases.end(), each.phrases.begin(), each.phrases.end());
        made.push_back(std::move(target));
    }
    for (auto const& each : m_registers)
        if (each.systems.size() != 1)
            made.push_back(target_of(TargetKind::Register, each));
    for (auto const& each : m_indicators)
        if (each.systems.size() != 1)
            made.push_back(target_of(TargetKind::Indicator, each));
    return made;
}

Offer::Offer(std::vector<Offered> registers, std::vector<Offered> indicators)
    : m_registers(by_id(std::move(registers)))
    , m_indicators(by_id(std::move(indicators)))
    , m_binder(wordings(), targets())
{
    std::string all { embedded_file("definitions/binding/words.yaml") };
    for (auto const& target : m_binder.targets()) {
        all += std::string { to_text(target.kind) } + "\n" + target.id + "\n";
        for (auto const& phrase : target.phrases)
            all += phrase + "\n";
        for (int area : target.areas)
            all += std::to_string(area) + "\n";
    }
    m_fingerprint = storage::sha256_hex(all);
}

std::optional<Match> Offer::bind(WordedRow const& row) const
{
    constexpr std::size_t most_known = 20'000;
    auto const key = std::to_string(row.area) + "\n" + row.activity + "\n" + row.subactivity + "\n" + row.text;
    {
        std::lock_guard lock { m_mutex };
        if (auto known = m_known.find(key); known != m_known.end())
            return known->second;
    }
    auto match = m_binder.bind(row);
    std::lock_guard lock { m_mutex };
    if (m_known.size() >= most_known)
        m_known.clear();
    return m_known.try_emplace(key, std::move(match)).first->second;
}

BindingTarget const* Offer::find(TargetKind kind, std::string_view id) const
{
    auto const& all = m_binder.targets();
    auto found = std::ranges::find_if(all, [&](auto const& each) { return each.kind == kind && each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

Service Offer::service(TargetKind kind, std::string_view id) const
{
    Service service;
    auto const* system = kind == TargetKind::System ? system_named(id) : nullptr;
    for (auto const& each : m_registers)
        if (!each.retired && (system ? lists(each.systems, system->no) : kind == TargetKind::Register && each.id == id))
            service.registers.push_back(&each);
    for (auto const& each : m_indicators)
        if (system ? lists(each.systems, system->no) : kind == TargetKind::Indicator && each.id == id)
            service.indicators.push_back(&each);
    if (system) {
        service.room = system->room;
        service.address = system->address;
    }
    return service;
}

std::vector<BindingTarget const*> Offer::proved_by(std::string_view register_id) const
{
    auto made = std::ranges::find(m_registers, register_id, &Offered::id);
    std::vector<BindingTarget const*> proved;
    if (made == m_registers.end())
        return proved;
    for (auto const& target : m_binder.targets()) {
        bool const shares = std::ranges::any_of(target.systems, [&](auto const& no) { return lists(made->systems, no); });
        if (target.kind == TargetKind::Register ? target.id == register_id : shares)
            proved.push_back(&target);
    }
    return proved;
}

std::shared_ptr<Offer const> offer(storage::Reader& reader)
{
    std::vector<PublishedText> texts;
    for (auto const& row : reader.query(newest_hashes))
        texts.push_back({ row.text(0), row.integer(1), row.text(2) });
    return offer(reader, texts);
}

std::shared_ptr<Offer const> offer(storage::Reader& reader, std::vector<PublishedText> const& texts)
{
    constexpr std::size_t most_kept = 16;
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<Offer const>> kept;     // by the hashes of the texts: the same texts give the same offer
    std::string key;
    for (auto const& text : texts)
        key += text.hash;
    {
        std::lock_guard lock { mutex };
        if (auto found = kept.find(key); found != kept.end())
            return found->second;
    }
    std::vector<Offered> registers;
    for (auto const& text : texts)
        if (auto body = reader.first(body_of, text.register_id, text.version))
            registers.push_back(read_offered(text.register_id, body->text(0)));
    auto made = std::make_shared<Offer const>(std::move(registers), shipped_indicator_list());
    std::lock_guard lock { mutex };
    if (kept.size() >= most_kept)
        kept.clear();
    return kept.try_emplace(key, std::move(made)).first->second;
}

Offer shipped_offer()
{
    std::vector<Offered> registers;
    for (auto const& text : shipped_registers())
        registers.push_back(read_offered(text.file, text.text));
    return Offer { std::move(registers), shipped_indicator_list() };
}

}
