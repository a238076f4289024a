#include "paper/signers.hpp"
#include "http/form.hpp"
#include "paper/words.hpp"
#include <set>

namespace kpuhub::paper {

constexpr storage::Query signers { "paper.signers", R"sql(
    SELECT o.id, o.kind, o.title, a.capacity, p.name, COALESCE(p.nip, ''), COALESCE(p.pppk_number, '')
      FROM post o JOIN appointment a ON a.post_id = o.id JOIN person p ON p.id = a.person_id
     WHERE o.unit_id = $1 AND o.kind IN ('chair', 'member', 'secretary', 'head') AND a.valid_from <= $2 AND a.valid_to >= $2 AND o.valid_from <= $2 AND o.valid_to >= $2
     ORDER BY CASE o.kind WHEN 'chair' THEN 0 WHEN 'member' THEN 1 WHEN 'secretary' THEN 2 ELSE 3 END, o.id,
              CASE a.capacity WHEN 'plt' THEN 0 WHEN 'plh' THEN 1 WHEN 'definitive' THEN 2 ELSE 3 END, a.id )sql" };

std::vector<OfficeSigner> signers_of(storage::Reader& reader, UnitId unit, std::string const& unit_name, time::Date on)
{
    auto const office = office_name(unit_name);
    std::vector<OfficeSigner> all;
    std::set<PostId> seen;
    for (auto const& row : reader.query(signers, unit, on)) {
        auto const post = row.id<PostTag>(0);
        auto const& kind = row.text(1);
        if (kind != "member" && !seen.insert(post).second)
            continue;                           // several may hold one post of members; of the others the first signs
        auto const whole = kind != "head" && row.text(2).find(office) == std::string::npos ? row.text(2) + " " + office : row.text(2);
        all.push_back({ kind, post, row.text(2), { whole, row.text(4), number_line(row.text(5), row.text(6)), capacity_of(row.text(3)) } });
    }
    return all;
}

void CapacityOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("selected", selected);
}

void SignerFields::describe(view::Visitor& v) const
{
    v.field("prefix", prefix);
    v.field("heading", heading);
    v.field("name", name);
    v.field("post", post);
    v.field("number", number);
    v.field("own_post", own_post);
    v.list("capacities", capacities);
}

SignerFields signer_fields(std::string prefix, view::Sentence heading, Signatory const& who)
{
    SignerFields fields { std::move(prefix), std::move(heading), who.name, who.post, who.number, who.own_post };
    for (auto const& [value, label] : { std::pair { "0", "decree.paper.own" }, std::pair { "1", "decree.paper.plt" }, std::pair { "2", "decree.paper.plh" }, std::pair { "3", "decree.paper.an" } })
        fields.capacities.push_back({ value, { label }, value[0] - '0' == static_cast<int>(who.capacity) });
    return fields;
}

Signatory signer_in(http::Fields const& form, std::string const& prefix)
{
    auto const capacity = form.integer(prefix + "_capacity").value_or(0);
    return { form.text(prefix + "_post"), form.text(prefix + "_name"), form.text(prefix + "_number"), capacity >= 0 && capacity <= 3 ? static_cast<Capacity>(capacity) : Capacity::Own,
        form.text(prefix + "_own_post") };
}

}
