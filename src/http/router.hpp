#pragma once
#include "http/request.hpp"
#include "http/response.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kpuhub::http {

using Handler = std::function<Response(Request&)>;

/// Which content policy and referrer policy a page gets (security_headers.hpp): App for everything behind the sign-in,
/// Public for pages without Turbo, Traceless for tracking and whistleblowing pages.
enum class PagePolicy { App, Public, Traceless };

/// What the body of a route may be and how large, decided before the first byte of it is read.
enum class BodyKind { None, Form, Upload, Raw };

/// Whose workers run the handler: a flood of one kind leaves the others theirs (limits.yaml, waiting_*).
///   Web         people who are signed in, and everything that names no pool
///   Public      pages of the public
///   Passwords   what hashes a password: two at a time, each takes 64 MiB
///   Uploads     what takes files in: each is looked at and cleaned by a child process, which may take seconds
enum class Pool { Web, Public, Passwords, Uploads };
inline constexpr std::size_t pools = 4;

struct Route {
    Method method = Method::Get;
    std::string pattern;            ///< "/units/{unit}/plans/{year}"; a parameter never holds a slash
    std::string permission;         ///< its name; "public" when anybody may; empty does not start
    Handler handler;
    BodyKind body = BodyKind::None; ///< GET: None; POST: Form unless said otherwise
    bool traceless = false;         ///< no access log line, no address in limits (security.md 16)
    PagePolicy policy = PagePolicy::App;
    std::int64_t body_bytes = 0;    ///< most bytes of the body; 0 = the limit of its kind (limits.yaml)
    std::string (*schema)() = nullptr;  ///< JSON schema of what a GET route gives as JSON; none = it gives no JSON
    Pool pool = Pool::Web;
};

/// Finds the route of an address. Immutable once the server runs.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Throws std::logic_error for a route without a permission, or one that stands twice: the program does not start.
    /// A literal step wins over a parameter; a POST route without a body kind takes a form. A route that takes files and names no pool
    /// runs in Pool::Uploads.
    void add(Route);

    struct Found {
        Route const* route = nullptr;
        std::map<std::string, std::string, std::less<>> parameters;
    };
    struct WrongMethod {
        std::string allow;          ///< value of the Allow header
    };
    struct Nothing {};
    [[nodiscard]] std::variant<Found, WrongMethod, Nothing> find(Method, std::string_view path) const;
    [[nodiscard]] std::vector<Route> const& routes() const { return m_routes; }

private:
    struct Node;
    std::vector<Route> m_routes;
    std::unique_ptr<Node> m_root;
};

}
