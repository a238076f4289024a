#pragma once
#include "account/reader.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include "view/renderer.hpp"
#include <functional>
#include <string>

namespace kpuhub::account {

struct DoorSettings {
    std::string public_url;                 ///< "https://hub.kpu.go.id" or "http://127.0.0.1:8080"
    bool demo = false;                      ///< stamps every page
};

class Door;

/// One visit of one person to one address: what a page handler works with.
struct Visit {
    http::Request& request;
    Reader const& reader;
    storage::Database& database;
    Door const& door;
    time::Instant now {};

    /// An act of this moment by this reader, for actions.
    [[nodiscard]] journal::Act act() const;
    /// A frame with person, office, language, CSRF token and navigation; the handler adds title and breadcrumbs.
    [[nodiscard]] view::Frame frame(std::string title_key) const;
    /// The page in HTML or, when asked for, the same model as JSON.
    template<typename Model>
    http::Response page(std::string_view template_name, Model const& model, view::Frame const& frame, int status = 200) const;
    /// The same for public pages: no session, no navigation, cacheable for a minute.
    template<typename Model>
    http::Response public_page(std::string_view template_name, Model const& model, view::Frame const& frame) const;
};

/// The answer of a handler, or a fault that becomes the page or problem of its kind.
using PageHandler = std::function<Result<http::Response>(Visit&)>;

/// The gate between the router and the page handlers. Finds the session, refuses who has none, checks CSRF on every
/// POST, hands over a Visit and turns faults into pages. Each route names its permission:
///   "public"      anybody; "signed_in"  any session; others: what the handler's own statements check (the name is what
///   the access matrix in tests/access tries for every role).
class Door {
public:
    Door(storage::Database&, time::Clock const&, view::Renderer const&, DoorSettings);

    void get(http::Router&, std::string pattern, std::string permission, PageHandler) const;
    void post(http::Router&, std::string pattern, std::string permission, PageHandler,
        http::BodyKind body = http::BodyKind::Form) const;

    /// What the navigation counts for a reader ("evidence": 2, "verification": 7), one statement; set once by main.
    using Counts = std::function<std::vector<view::NavItem>(storage::Reader&, Reader const&)>;
    void count_with(Counts counts) { m_counts = std::move(counts); }

    [[nodiscard]] view::Renderer const& renderer() const { return m_renderer; }
    [[nodiscard]] time::Clock const& clock() const { return m_clock; }
    [[nodiscard]] DoorSettings const& settings() const { return m_settings; }
    [[nodiscard]] http::Response fault(http::Request const&, Reader const&, Fault const&) const;

private:
    friend struct Visit;
    [[nodiscard]] http::Response open(http::Request&, std::string const& permission, PageHandler const&) const;

    storage::Database& m_database;
    time::Clock const& m_clock;
    view::Renderer const& m_renderer;
    DoorSettings m_settings;
    Counts m_counts;
};

template<typename Model>
http::Response Visit::page(std::string_view template_name, Model const& model, view::Frame const& frame, int status) const
{
    if (request.wants_json)
        return http::json(status, door.renderer().json(model));
    return http::html(status, door.renderer().page(template_name, model, frame));
}

template<typename Model>
http::Response Visit::public_page(std::string_view template_name, Model const& model, view::Frame const& frame) const
{
    auto answer = request.wants_json ? http::json(200, door.renderer().json(model))
                                     : http::html(200, door.renderer().public_page(template_name, model, frame));
    answer.with("Cache-Control", "public, max-age=60");
    return answer;
}

}
