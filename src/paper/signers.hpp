#pragma once
#include "paper/signature.hpp"
#include "storage/database.hpp"
#include "view/parts.hpp"

namespace kpuhub::http {
class Fields;
}

namespace kpuhub::paper {

/// Who signs in an office on a day: the holder of a post, an acting one before the definitive one.
struct OfficeSigner {
    std::string kind;                           ///< chair, member, secretary, head
    PostId post {};
    std::string title;                          ///< of the post, without the office
    Signatory who {};                           ///< a Ketua, Anggota or Sekretaris with the name of the office
};
/// Chair, members, secretary, heads; one line for each member, the others once for each post. One statement.
std::vector<OfficeSigner> signers_of(storage::Reader&, UnitId, std::string const& unit_name, time::Date on);

struct CapacityOption {
    std::string value;
    view::Sentence label;
    bool selected = false;
    void describe(view::Visitor&) const;
};

/// The inputs of one signature: {{> paper/signer}}; names begin with the prefix ("signatory_name").
struct SignerFields {
    std::string prefix;
    view::Sentence heading {};
    std::string name, post, number, own_post;
    std::vector<CapacityOption> capacities {};
    void describe(view::Visitor&) const;
};
SignerFields signer_fields(std::string prefix, view::Sentence heading, Signatory const&);
Signatory signer_in(http::Fields const&, std::string const& prefix);

}
