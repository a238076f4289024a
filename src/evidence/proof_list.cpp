#include "evidence/proof_list.hpp"
#include "codec/media_type.hpp"

namespace kpuhub::evidence {

void ProofLine::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("link", link);
    v.field("title", title);
    v.field("kind", kind);
    v.field("what", what);
    v.field("by", by);
    v.field("brought_on", brought_on);
    v.field("effective_on", effective_on);
    v.field("others", others);
    v.field("is_file", is_file);
    v.field("is_link", is_link);
    v.field("is_paper", is_paper);
    v.field("held", held);
    v.field("released", released);
    v.field("preview", preview);
    v.field("unlink_value", unlink_value);
}

void ProofList::describe(view::Visitor& v) const
{
    v.list("proofs", proofs);
    v.field("may_bring", may_bring);
    v.field("camera", camera);
    v.field("file", file);
    v.field("address", address);
    v.field("paper", paper);
    v.field("existing", existing);
    v.field("registers", registers);
    v.field("unlink", unlink);
}

view::Sentence size_words(std::int64_t bytes)
{
    constexpr std::int64_t kilobyte = 1000;
    constexpr std::int64_t megabyte = 1000 * kilobyte;
    if (bytes < megabyte)
        return { "evidence.size.kb", { (bytes + kilobyte - 1) / kilobyte } };
    auto tenths = (bytes + megabyte / 20) / (megabyte / 10);
    return { "evidence.size.mb", { tenths / 10, tenths % 10 } };
}

static std::string type_key(std::string const& media_type)
{
    static auto const list = codec::embedded_media_types();
    auto const* type = list ? list->named(media_type) : nullptr;
    return type ? "evidence.type." + type->extensions.front() : "evidence.type.file";
}

view::Sentence what_is(ProofRow const& proof)
{
    switch (proof.kind) {
    case Kind::Link:
        return view::plain(host_of(proof.address));
    case Kind::Reference:
        if (proof.paper.date)
            return { "evidence.paper.dated", { proof.paper.kind, proof.paper.number, *proof.paper.date } };
        return { "evidence.paper.undated", { proof.paper.kind, proof.paper.number } };
    case Kind::File: {
        auto size = size_words(proof.file.bytes);
        auto arguments = size.arguments;
        arguments.insert(arguments.begin(), view::Choice { proof.file.media_type, type_key(proof.file.media_type) });
        return { size.message_key == "evidence.size.kb" ? "evidence.file.kb" : "evidence.file.mb", std::move(arguments) };
    }
    case Kind::Record:
        break;
    }
    return { "evidence.kind.record", {} };
}

ProofLine line_of(ProofRow const& proof, time::Zone zone)
{
    ProofLine line;
    line.id = proof.id.value;
    auto own = "/evidence/" + std::to_string(proof.id.value);
    line.link = { own };
    line.title = proof.title;
    line.kind = { std::string(code(proof.kind)), "evidence.kind." + std::string(code(proof.kind)) };
    line.what = what_is(proof);
    line.by = proof.brought_by_name;
    line.brought_on = time::date_at(proof.brought_at, zone);
    line.effective_on = proof.effective_on;
    line.others = proof.links > 1 ? proof.links - 1 : 0;
    line.is_file = proof.kind == Kind::File;
    line.is_link = proof.kind == Kind::Link;
    line.is_paper = proof.kind == Kind::Reference || proof.kind == Kind::Record;
    line.held = proof.state == held_state;
    line.released = proof.released;
    if (!proof.file.preview_hash.empty())
        line.preview = view::Link { own + "/preview" };
    return line;
}

ProofList proof_list(std::vector<LinkedProof> const& all, Target const& target, time::Zone zone, bool may_bring)
{
    ProofList list;
    auto part = target.part ? std::to_string(target.part.value) : std::string {};
    for (auto const& linked : all) {
        if (linked.target.part != target.part)
            continue;
        auto line = line_of(linked.proof, zone);
        if (linked.may_unlink)
            line.unlink_value = std::to_string(linked.proof.id.value) + ":" + (part.empty() ? "0" : part);
        list.proofs.push_back(std::move(line));
    }
    list.may_bring = may_bring;
    auto own = "/deliverables/" + std::to_string(target.subject.value) + "/evidence";
    auto for_part = part.empty() ? std::string {} : "&part=" + part;
    list.camera = { own + "/new?kind=camera" + for_part };
    list.file = { own + "/new?kind=file" + for_part };
    list.address = { own + "/new?kind=link" + for_part };
    list.paper = { own + "/new?kind=reference" + for_part };
    list.existing = { own + "/existing" + (part.empty() ? std::string {} : "?part=" + part) };
    list.registers = { "/registers?row=" + std::to_string(target.subject.value) + (part.empty() ? std::string {} : ":" + part) };
    list.unlink = { own + "/end" };
    return list;
}

}
