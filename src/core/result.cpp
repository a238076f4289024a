#include "core/result.hpp"

namespace kpuhub {

Failure fail(Fault fault) { return tl::make_unexpected(std::move(fault)); }

Failure invalid(std::string message_key, std::vector<FieldFault> fields)
{
    return fail({ FaultKind::Invalid, std::move(message_key), {}, std::move(fields) });
}

Failure invalid_because(std::string message_key, std::string argument)
{
    return fail({ FaultKind::Invalid, std::move(message_key), {}, {}, std::move(argument) });
}

Failure forbidden(std::string message_key) { return fail({ FaultKind::Forbidden, std::move(message_key) }); }

Failure not_found(std::string message_key) { return fail({ FaultKind::NotFound, std::move(message_key) }); }

Failure conflict(std::string message_key, std::string detail)
{
    return fail({ FaultKind::Conflict, std::move(message_key), std::move(detail) });
}

Failure unavailable(std::string message_key, std::string detail)
{
    return fail({ FaultKind::Unavailable, std::move(message_key), std::move(detail) });
}

Failure broken(std::string detail) { return fail({ FaultKind::Broken, "fault.broken", std::move(detail) }); }

}
