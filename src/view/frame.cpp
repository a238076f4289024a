#include "view/frame.hpp"
#include "text/normal.hpp"
#include "view/assets.hpp"

namespace kpuhub::view {

void NavItem::describe(Visitor& v) const
{
    v.field("code", code);
    v.field("label", label);
    v.field("link", link);
    v.field("count", count);
    v.field("current", current);
}

void Dock::describe(Visitor& v) const
{
    v.field("home", home);
    v.field("board", board);
    v.field("send", send);
    v.field("at_home", current == "home");
    v.field("at_board", current == "board");
    v.field("at_send", current == "send");
}

void Crumb::describe(Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
}

static std::string alert_class(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Todo: return "alert-warning";
    case Notice::Kind::Failed: return "alert-danger";
    case Notice::Kind::Done: return "alert-success";
    case Notice::Kind::Known: break;
    }
    return "alert-plain";
}

void Notice::describe(Visitor& v) const
{
    v.field("class", alert_class(kind));
    v.field("urgent", kind == Kind::Failed);
    v.field("head", head);
    v.field("body", body);
}

void FooterLink::describe(Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
}

void Frame::describe(Visitor& v) const
{
    v.field("language", std::string { text::code(language) });
    v.field("theme", theme);
    v.field("title", title);
    v.field("has_title", !title.message_key.empty() || !title.arguments.empty());
    v.field("office", office);
    v.field("office_code", office_code);
    v.field("year", year);
    v.field("home", home);
    v.field("person", person);
    v.field("post", post);
    v.field("initials", text::initials(person));
    v.field("account", account);
    v.list("nav", nav);
    v.field("dock", dock);
    v.field("search", search);
    v.list("crumbs", crumbs);
    v.field("notice", notice);
    v.list("footer", footer);
    v.field("other_language", other_language);
    v.field("here", here);
    v.field("csrf", csrf);
    v.field("request_key", request_key);
    v.field("demo", demo);
    v.field("wide", wide);
    v.field("icon", asset_link("favicon.svg"));
    v.field("app_css", asset_link("app.css"));
    v.field("public_css", asset_link("public.css"));
    v.field("app_js", asset_link("app.js"));
    v.field("chart_js", asset_link("chart.js"));
    v.field("sign_out", Link { "/session/end" });
    v.field("preference", Link { "/preference" });
}

}
