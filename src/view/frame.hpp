#pragma once
#include "text/language.hpp"
#include "view/visitor.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::view {

/// Which layout stands around a page: that of signed-in people, that of public pages (small, no script), or none.
enum class Layout { Office, Public, None };

/// One link of the row of links under the head.
struct NavItem {
    std::string code;                   ///< "board": for tests and for the layout's icons
    Sentence label;
    Link link;
    std::optional<std::int64_t> count;  ///< what waits there; nothing when none does
    bool current = false;
    void describe(Visitor&) const;
};

/// The four places at the foot of a phone's page. A page that ends in a decision has its own action bar instead.
struct Dock {
    Link home, board, send;
    std::string current;                ///< "home", "board", "send" or empty
    void describe(Visitor&) const;
};

struct Crumb {
    Sentence label;
    Link link {};                       ///< empty: this very page
    void describe(Visitor&) const;
};

/// One at a time, under the heading: its first words bold, then the rest.
struct Notice {
    enum class Kind { Known, Todo, Failed, Done };
    Kind kind = Kind::Known;
    Sentence head;
    std::optional<Sentence> body {};
    void describe(Visitor&) const;
};

struct FooterLink {
    Sentence label;
    Link link;
    void describe(Visitor&) const;
};

/// What the layout needs to know. A page's template reaches it as {{frame.title}} and so on.
struct Frame {
    text::Language language = text::Language::Indonesian;
    Layout layout = Layout::Office;
    std::string theme;                  ///< "light", "dark" or empty: as the system
    Sentence title;                     ///< of the browser's tab; the page writes its own h1

    std::string office;                 ///< "KPU Kabupaten Bengkayang"
    std::string office_code;            ///< "6107"
    std::optional<Year> year;
    Link home;                          ///< of the wordmark

    std::string person;                 ///< empty: nobody is signed in
    std::string post;                   ///< "Kasubbag Rendatin"
    Link account;                       ///< the person's own page; empty: none
    std::vector<NavItem> nav;
    std::optional<Dock> dock;
    Link search;                        ///< GET with ?q=; empty: no search field

    std::vector<Crumb> crumbs;
    std::optional<Notice> notice;
    std::vector<FooterLink> footer;
    Link other_language;                ///< this page in the other language
    std::string here;                   ///< path and query of this page: the way back after a preference
    std::string csrf;                   ///< for every form: {{> form_keys}}
    std::string request_key;            ///< new for each page, so that a form counts once
    std::optional<time::Date> demo;     ///< demonstration data, and the day it stands at: stamped on every page
    bool wide = false;                  ///< prints on landscape paper (boards)

    void describe(Visitor&) const;
};

}
