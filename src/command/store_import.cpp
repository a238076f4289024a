#include "command/store_import.hpp"
#include "codec/child.hpp"
#include "decree/read_decree.hpp"

namespace kpuhub::command {

using storage::Query;

constexpr Query person_named { "command.person_named", "SELECT person_id FROM account WHERE user_name = $1 AND state = 'active'" };
constexpr Query secretary_of { "command.reform_secretary", R"sql(
    SELECT COALESCE(g.person_id, a.person_id) FROM role_grant g
      LEFT JOIN appointment a ON a.post_id = g.post_id AND a.valid_from <= $2 AND a.valid_to >= $2
     WHERE g.unit_id = $1 AND g.role = 'rb_secretary' AND g.valid_from <= $2 AND g.valid_to >= $2
       AND COALESCE(g.person_id, a.person_id) IS NOT NULL ORDER BY g.id LIMIT 1 )sql" };

Result<decree::Draft> read_draft(std::string const& path, bool sandbox_required)
{
    auto const shape = TRY(decree::built_in_shape());
    auto const document = TRY(codec::read_file_in_child(path, {}, { .sandbox_required = sandbox_required }));
    return decree::read_decree(document, shape);
}

static Failure nobody(std::string message_key, std::string who)
{
    return fail({ FaultKind::NotFound, std::move(message_key), {}, {}, std::move(who) });
}

Result<PersonId> person_of_user(storage::Reader& reader, std::string const& user)
{
    auto row = reader.first(person_named, user);
    if (!row)
        return nobody("command.import.unknown_user", user);
    return row->id<PersonTag>(0);
}

Result<PersonId> reform_secretary(storage::Reader& reader, UnitId unit, time::Date today)
{
    auto row = reader.first(secretary_of, unit, today);
    if (!row)
        return nobody("command.import.nobody", {});
    return row->id<PersonTag>(0);
}

static Result<void> refuse_second(storage::Reader& reader, journal::Act const& act, ImportRequest const& request)
{
    for (auto const& each : decree::imports_of(reader, act.actor, act.today, request.unit))
        if (each.blob_hash == request.blob_hash && (each.state == "review" || each.state == "fixed"))
            return fail({ FaultKind::Conflict, "command.import.twice", {}, {}, each.started_at.iso().substr(0, 10) });
    return {};
}

static Result<void> settle_as_proposed(storage::Transaction& transaction, journal::Act const& act, ImportId id)
{
    for (auto const& group : decree::groups(TRY(decree::draft_of(transaction, id)))) {
        if (!group.needs_decision || group.proposed == decree::Change::None)
            continue;
        decree::Edit edit;
        edit.finding = group.kind;
        edit.change = group.proposed;
        auto const version = TRY(decree::find_import(transaction, act.actor, act.today, id)).version;
        auto settled = decree::take(transaction, act, id, version, edit);
        if (!settled && settled.error().kind != FaultKind::Invalid)
            return tl::make_unexpected(settled.error());    // a group that needs a value of its own stays open
    }
    return {};
}

Result<PlanId> store_import(storage::Transaction& transaction, journal::Act const& act, ImportRequest const& request, decree::Draft const& draft)
{
    TRY_VOID(refuse_second(transaction, act, request));
    auto id = TRY(decree::start(transaction, act, request.unit, request.file_name, request.blob_hash));
    decree::keep_draft(transaction, act, id, draft, request.year);
    if (request.settle)
        TRY_VOID(settle_as_proposed(transaction, act, id));
    auto const version = TRY(decree::find_import(transaction, act.actor, act.today, id)).version;
    return decree::make_plan(transaction, act, id, version, request.year, request.fix);
}

}
