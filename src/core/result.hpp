#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace kpuhub {

/// The few ways in which something may fail in normal use. Only http/fault_page.cpp turns a kind into a status.
enum class FaultKind { Invalid, Forbidden, NotFound, Conflict, Unavailable, Broken };

/// One wrong field of a form: its name, the key of the sentence that says what to write instead
/// (web/messages/*.yaml), and a value that the sentence may show.
struct FieldFault {
    std::string field;
    std::string message_key;
    std::string argument {};
};

struct Fault {
    FaultKind kind;
    std::string message_key;            ///< for the person: words live in web/messages/{id,en}.yaml
    std::string detail {};              ///< for the log: never shown, no value from input
    std::vector<FieldFault> fields {};  ///< which form fields are wrong, and why
    std::string argument {};            ///< a value that the message may show as {0}
};

template<typename T>
using Result = tl::expected<T, Fault>;
using Failure = tl::unexpected<Fault>;

[[nodiscard]] Failure invalid(std::string message_key, std::vector<FieldFault> fields = {});
[[nodiscard]] Failure invalid_because(std::string message_key, std::string argument);
[[nodiscard]] Failure forbidden(std::string message_key);
[[nodiscard]] Failure not_found(std::string message_key = "fault.not_found");
[[nodiscard]] Failure conflict(std::string message_key, std::string detail = {});
[[nodiscard]] Failure unavailable(std::string message_key, std::string detail = {});
[[nodiscard]] Failure broken(std::string detail);

/// The fault itself as an error to return: `return fail(fault);`
[[nodiscard]] Failure fail(Fault fault);

}

/// Gives the value of a Result, or returns its fault from the calling function.
#define TRY(...) \
    __extension__({ \
        auto try_result = (__VA_ARGS__); \
        if (!try_result) \
            return tl::make_unexpected(std::move(try_result).error()); \
        std::move(try_result).value(); \
    })

/// The same for Result<void>.
#define TRY_VOID(...) \
    do { \
        auto try_result = (__VA_ARGS__); \
        if (!try_result) \
            return tl::make_unexpected(std::move(try_result).error()); \
    } while (false)
