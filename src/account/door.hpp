#pragma once
#include "account/reader.hpp"
#include "http/fault_page.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include "view/renderer.hpp"
#include <functional>
#include <optional>
#include <string>

namespace kpuhub::account {

struct DoorSettings {
    std::string public_url;                 ///< "https://hub.kpu.go.id" or "http://127.0.0.1:8080"
    bool demo = false;                      ///< stamps every page
    std::string demo_password {};           ///< shown on the sign-in page of the demonstration
    bool sandbox_required = false;          ///< files are read only where the child can be shut in
    std::string push_key {};                ///< base64url, which browsers ask for messages with; empty: none are sent
    bool push_loopback = false;             ///< messages to browsers go to services of this machine only
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
    /// A frame with person, office, language, CSRF token and navigation; the handler adds breadcrumbs, notice, year.
    /// `current` is the code of the navigation item that the page belongs to ("board").
    [[nodiscard]] view::Frame frame(view::Sentence title, std::string_view current = {}) const;
    /// The frame of public pages: office and language only.
    [[nodiscard]] view::Frame public_frame(view::Sentence title) const;
    /// What the CSRF token of this visit is made of: the session's secret, or that of the visitor cookie before sign-in.
    [[nodiscard]] std::string csrf_secret() const;
    /// Runs a writing action once per request key: sent again with the same key it changes nothing and leads to the same
    /// place. The action gives the address to go to (303).
    [[nodiscard]] Result<http::Response> once(std::function<Result<std::string>(storage::Transaction&)> const& action) const;
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
    /// A page that gives one of these models: their schema stands in /openapi.json, and tests hold each JSON answer against it.
    template<view::Model... T>
        requires(sizeof...(T) > 0)
    void get(http::Router& router, std::string pattern, std::string permission, PageHandler handler) const
    {
        add_page(router, std::move(pattern), std::move(permission), std::move(handler), http::PagePolicy::App, &schema_of<T...>);
    }
    /// A page of the public: cacheable, no script, the stricter policy, workers of its own.
    void get_public(http::Router&, std::string pattern, PageHandler) const;
    template<view::Model... T>
        requires(sizeof...(T) > 0)
    void get_public(http::Router& router, std::string pattern, PageHandler handler) const
    {
        add_page(router, std::move(pattern), "public", std::move(handler), http::PagePolicy::Public, &schema_of<T...>);
    }
    /// A public page with a form: a visitor without a session gets a secret of his own for its token, and no copy of it is kept.
    template<view::Model... T>
        requires(sizeof...(T) > 0)
    void get_public_form(http::Router& router, std::string pattern, PageHandler handler, http::PagePolicy policy = http::PagePolicy::Public) const
    {
        add_page(router, std::move(pattern), "public", std::move(handler), policy, &schema_of<T...>, FormSecret::Given);
    }
    /// What such a form is sent to, on the workers of the public.
    void post_public(http::Router&, std::string pattern, PageHandler, http::BodyKind body = http::BodyKind::Form,
        http::PagePolicy policy = http::PagePolicy::Public) const;
    void post(http::Router&, std::string pattern, std::string permission, PageHandler,
        http::BodyKind body = http::BodyKind::Form) const;
    /// A form whose handler runs on the workers of that pool.
    void post(http::Router&, std::string pattern, std::string permission, PageHandler, http::Pool) const;

    /// The navigation of a reader with what waits behind each item, in one statement; set once by main.
    using Navigation = std::function<std::vector<view::NavItem>(storage::Reader&, Reader const&)>;
    void navigate_with(Navigation navigation) { m_navigation = std::move(navigation); }

    [[nodiscard]] view::Renderer const& renderer() const { return m_renderer; }
    [[nodiscard]] time::Clock const& clock() const { return m_clock; }
    [[nodiscard]] DoorSettings const& settings() const { return m_settings; }
    /// Asked before the body of an upload is read: an answer refuses it, so that a stranger cannot send 50 MiB.
    [[nodiscard]] std::optional<http::Response> admit(http::Route const&, http::Request const&) const;
    /// How a fault looks as a page; main hands it to http::FaultPages.
    [[nodiscard]] std::string fault_page(int status, Fault const&, http::Request const&) const;
    /// Asked before every POST: a fault refuses it (the machine's clock is wrong). Set once by main.
    void write_only_when(std::function<Result<void>()> may_write) { m_may_write = std::move(may_write); }
    void answer_faults_with(http::FaultPages const& pages) { m_faults = &pages; }

private:
    friend struct Visit;
    template<view::Model First, view::Model... Others>
    static std::string schema_of()
    {
        auto first = view::Renderer::schema<First>();
        return sizeof...(Others) == 0 ? first : R"({"anyOf":[)" + first + ((',' + view::Renderer::schema<Others>()) + ... + "]}");
    }
    /// Whether somebody without a session needs a secret for the form of the page; and, of a page that sends no referrer, that older browsers
    /// name no origin with its form.
    enum class FormSecret : std::uint8_t { None, Given, Traceless };
    void add_page(http::Router&, std::string pattern, std::string permission, PageHandler, http::PagePolicy, std::string (*schema)(),
        FormSecret secret = FormSecret::None) const;
    [[nodiscard]] http::Response open(http::Request&, std::string const& permission, PageHandler const&, FormSecret secret = FormSecret::None) const;

    storage::Database& m_database;
    time::Clock const& m_clock;
    view::Renderer const& m_renderer;
    DoorSettings m_settings;
    Navigation m_navigation;
    std::function<Result<void>()> m_may_write;
    http::FaultPages const* m_faults = nullptr;
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
    auto answer = page(template_name, model, frame);
    answer.with("Cache-Control", "public, max-age=60");
    return answer;
}

}
