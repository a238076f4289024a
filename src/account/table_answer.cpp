#include "account/table_answer.hpp"
#include "codec/sheet_csv.hpp"
#include <fmt/format.h>

namespace kpuhub::account {

Result<http::Response> table_answer(Visit const& visit, codec::Sheet const& sheet, std::string_view name)
{
    bool const csv = visit.request.query.text("form") == "csv";
    http::Response answer;
    answer.body = csv ? codec::sheet_csv(sheet) : TRY(codec::write_workbook({ sheet }));
    answer.with("Content-Type", csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .with("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, csv ? "csv" : "xlsx"));
    return answer;
}

}
