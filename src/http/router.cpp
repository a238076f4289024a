#include "http/router.hpp"
#include <array>
#include <map>
#include <optional>
#include <stdexcept>

namespace kpuhub::http {

/// One step of the addresses: what may stand next, and the routes that end here.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> parameter;
    std::array<std::optional<std::size_t>, 2> routes;       ///< by Method

    [[nodiscard]] bool ends() const { return routes[0] || routes[1]; }
};

namespace {

using Steps = std::vector<std::string_view>;

Steps steps_of(std::string_view path)
{
    Steps steps;
    while (!path.empty()) {
        path.remove_prefix(1);
        steps.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(steps.back().size());
    }
    return steps;
}

bool is_parameter(std::string_view step) { return step.size() > 2 && step.front() == '{' && step.back() == '}'; }

std::size_t index_of(Method method) { return method == Method::Get ? 0 : 1; }

template<typename Node>
Node const* descend(Node const& node, Steps const& steps, std::size_t at)
{
    if (at == steps.size())
        return node.ends() ? &node : nullptr;
    if (auto next = node.literal.find(steps[at]); next != node.literal.end())
        if (auto found = descend(*next->second, steps, at + 1))
            return found;
    if (node.parameter && !steps[at].empty())
        return descend(*node.parameter, steps, at + 1);
    return nullptr;
}

}

Router::Router() : m_root(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route)
{
    if (route.permission.empty())
        throw std::logic_error("route without a permission: " + route.pattern);
    if (route.pattern.empty() || route.pattern.front() != '/' || !route.handler)
        throw std::logic_error("route without a pattern or a handler: " + route.pattern);
    auto* node = m_root.get();
    for (auto step : steps_of(route.pattern)) {
        auto& next = is_parameter(step) ? node->parameter : node->literal[std::string(step)];
        if (!next)
            next = std::make_unique<Node>();
        node = next.get();
    }
    auto& place = node->routes[index_of(route.method)];
    if (place)
        throw std::logic_error("route stands twice: " + route.pattern);
    place = m_routes.size();
    if (route.method == Method::Post && route.body == BodyKind::None)
        route.body = BodyKind::Form;
    if (route.body == BodyKind::Upload && route.pool == Pool::Web)
        route.pool = Pool::Uploads;
    m_routes.push_back(std::move(route));
}

std::variant<Router::Found, Router::WrongMethod, Router::Nothing> Router::find(Method method, std::string_view path) const
{
    if (path.empty() || path.front() != '/')
        return Nothing {};
    auto steps = steps_of(path);
    auto const* node = descend(*m_root, steps, 0);
    if (!node)
        return Nothing {};
    auto index = node->routes[index_of(method)];
    if (!index)
        return WrongMethod { node->routes[0] ? "GET, HEAD" : "POST" };
    Found found;
    found.route = &m_routes[*index];
    auto names = steps_of(found.route->pattern);
    for (std::size_t at = 0; at < names.size(); ++at)
        if (is_parameter(names[at]))
            found.parameters.emplace(names[at].substr(1, names[at].size() - 2), steps[at]);
    return found;
}

}
