#pragma once
#include "definition/binding.hpp"
#include "definition/systems.hpp"
#include "storage/database.hpp"
#include <memory>
#include <mutex>

namespace kpuhub::definition {

/// A published register, or an indicator of the program, as far as binding needs it.
struct Offered {
    std::string id;
    Words title;
    DataClass data_class = DataClass::Internal;
    bool retired = false;
    std::vector<std::string> systems, phrases;
};

/// What serves a target: registers, indicators, a page of the program; none of them: it is planned.
struct Service {
    std::vector<Offered const*> registers, indicators;
    std::string room, address;
    [[nodiscard]] bool planned() const { return registers.empty() && indicators.empty() && room.empty(); }
};

/// All that rows may be bound to as it stands now, and the binder over it. Threads share one.
class Offer {
public:
    Offer(std::vector<Offered> registers, std::vector<Offered> indicators);

    [[nodiscard]] Binder const& binder() const { return m_binder; }
    /// What the binder proposes; the same words are looked at once, as plans are written again and again.
    [[nodiscard]] std::optional<Match> bind(WordedRow const&) const;
    /// Changes with whatever changes a proposal.
    [[nodiscard]] std::string const& fingerprint() const { return m_fingerprint; }
    [[nodiscard]] std::vector<Offered> const& registers() const { return m_registers; }

    /// Null when the target is gone.
    [[nodiscard]] BindingTarget const* find(TargetKind, std::string_view id) const;
    [[nodiscard]] Service service(TargetKind, std::string_view id) const;
    /// Targets that a record of the register proves whatever stands in it, and systems of it that some records prove (`where`).
    [[nodiscard]] std::vector<BindingTarget const*> proved_by(std::string_view register_id) const;

private:
    [[nodiscard]] std::vector<BindingTarget> targets() const;
    std::vector<Offered> m_registers, m_indicators;
    Binder m_binder;
    std::string m_fingerprint;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, std::optional<Match>, std::less<>> m_known;      ///< guarded by m_mutex
};

/// The offer of this database: published registers, newest versions, and the indicators of the program. One statement; what was
/// read once is kept for the same texts, so that any number of databases may share the memory of a process.
std::shared_ptr<Offer const> offer(storage::Reader&);

/// The same where another statement has read already what is published: newest version of each register, by id.
struct PublishedText {
    std::string register_id;
    std::int64_t version = 0;
    std::string hash;
};
std::shared_ptr<Offer const> offer(storage::Reader&, std::vector<PublishedText> const&);

/// The registers that come with the program, without a database.
Offer shipped_offer();

}
