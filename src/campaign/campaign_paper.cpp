#include "campaign/campaign_model.hpp"
#include "paper/words.hpp"
#include <algorithm>

namespace kpuhub::campaign {

static codec::Paragraph centred(std::string text, bool bold, double points)
{
    codec::TextLook look;
    look.align = codec::Align::Centre;
    look.bold = bold;
    look.points = points;
    return { std::move(text), look, 0, 1 };
}

/// Papers are Indonesian whatever language the pages have.
codec::Paper campaign_paper(CampaignParts const& parts, text::Messages const& messages, std::vector<paper::OfficeSigner> const& signers)
{
    constexpr double heading_points = 12;
    auto const language = text::Language::Indonesian;
    auto const& campaign = parts.campaign;
    std::string const arguments[] = { title_of(*campaign.kind, campaign.period, language) };
    codec::Paper paper;
    paper.title = messages.text("campaign.paper.title", language, arguments);
    paper.size = codec::PaperSize::A4;
    paper.points = 11;
    codec::Section section;
    section.margin_mm = 20;
    section.blocks = paper::letterhead(paper::office_name(campaign.unit_name), {});
    section.blocks.emplace_back(centred(paper::capitals(paper.title), true, heading_points));
    std::string const standing[] = { std::to_string(parts.counts.filed), std::to_string(parts.counts.asked), paper::printed_date(parts.today) };
    section.blocks.emplace_back(centred(messages.text("campaign.paper.standing", language, standing), false, 0));
    if (auto const& statement = campaign.kind->statement.id; !statement.empty())
        section.blocks.emplace_back(codec::Paragraph { statement });
    std::vector<paper::Signatory> people;
    for (auto const& person : parts.people)
        if (person.counted())
            people.push_back({ person.post_title, person.name, person.number });
    section.blocks.emplace_back(paper::signature_list(people));
    auto const place = paper::place_of_office(campaign.unit_name);
    auto const secretary = std::ranges::find(signers, "secretary", &paper::OfficeSigner::kind);
    auto const signer = secretary != signers.end() ? secretary : signers.begin();
    if (signer != signers.end())
        section.blocks.emplace_back(paper::at_right(paper::signature(signer->who, { {}, place, parts.today, {}, paper::Mark::Space, false })));
    paper.sections.push_back(std::move(section));
    return paper;
}

}
