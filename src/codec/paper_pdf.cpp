#include "codec/paper_pdf.hpp"
#include "codec/own_folder.hpp"
#include "codec/paper_html.hpp"
#include "codec/qr.hpp"
#include "codec/tool.hpp"
#include "codec/tool_sandbox.hpp"
#include "core/embedded.hpp"
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>
#include <unistd.h>

namespace kpuhub::codec {

namespace {

constexpr std::size_t most_json_bytes = 32U << 20U;
constexpr std::size_t most_pdf_bytes = 64U << 20U;
constexpr std::int64_t epoch = 1'767'225'600;        // 1 January 2026: fonts inside the PDF carry a time, and it must not be today's

/// The PDF's own identifier follows from what is printed.
std::string identifier_of(std::string const& html, std::string const& css)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash {};
    auto const all = html + css;
    crypto_hash_sha256(hash.data(), reinterpret_cast<unsigned char const*>(all.data()), all.size());
    std::string hex;
    for (std::size_t i = 0; i < 16; ++i)
        hex += fmt::format("{:02x}", hash.at(i));
    return hex;
}

Result<std::string> parts_of(Paper const& paper)
{
    auto const made = paper_html(paper);
    auto pictures = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < made.qr_texts.size(); ++i)
        pictures["qr-" + std::to_string(i)] = TRY(qr_svg(made.qr_texts[i]));
    nlohmann::ordered_json const parts { { "html", made.html }, { "css", made.css }, { "epoch", epoch }, { "identifier", identifier_of(made.html, made.css) }, { "pictures", pictures } };
    return parts.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}

Result<std::string> write_pdf(Paper const& paper, ChildSetting const& setting)
{
    auto const parts = TRY(parts_of(paper));
    OwnFolder const folder { setting.temporary };
    auto const input = folder.path() + "/paper.json";
    if (folder.path().empty() || !write_whole(input, parts))
        return unavailable("codec.no_child");
    std::vector<std::string> words { "write-pdf" };
    if (setting.sandbox_required)
        words.emplace_back("--sandbox-required");
    ChildLimits limits;
    limits.input_bytes = most_json_bytes;
    limits.output_bytes = most_pdf_bytes;
    limits.wall_seconds = 180;
    auto pdf = TRY(run_child_process(setting.program, words, input, setting.temporary, limits));
    if (!pdf.starts_with("%PDF-"))
        return unavailable(pdf == "no sandbox" ? "codec.no_sandbox" : "codec.pdf_not_written");
    return pdf;
}

int write_pdf_command(bool sandbox_required)
{
    std::string parts;
    if (!read_standard_input(parts, most_json_bytes))
        return 70;
    bool const shut_in = enter_tool_sandbox({ "/etc/fonts", "/var/cache/fontconfig", "/etc/python3.11" });
    if (!shut_in && sandbox_required)
        return write_standard_output("no sandbox") ? 0 : 70;
    if (!write_whole("paper.json", parts) || !write_whole("write_pdf.py", embedded_file("web/paper/write_pdf.py")))
        return 70;
    if (!run_tool({ "/usr/bin/python3", "-I", "-B", "write_pdf.py" }))
        return 70;
    return write_standard_output(read_whole("paper.pdf", most_pdf_bytes)) ? 0 : 70;
}

}
