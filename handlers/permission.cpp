// The words of denials, and who somebody is to a thing; the tables are in permission.hpp.
#include "handlers/permission.hpp"

#include <fmt/format.h>

namespace rapport {

refusal denied(permission may, const command_names &names) {
    const bool for_staff = may == permission::coordinator || may == permission::owner;
    const auto next = names.line(for_staff ? command_name::program : command_name::mentoring);
    return {"", fmt::format("This is for {}, and you are not among them now.", row_of(may).who), next};
}

refusal not_found(std::string_view kind, const std::string &mend) {
    return {"", fmt::format("You have no such {}.", kind), mend};
}

reader reader_of(const caller &who, const storage::pair &of, const person_id &author) {
    if (who.person && who.person->id == author)
        return reader::author;
    if (who.person && of.side_of(who.person->id))
        return reader::partner;
    return who.coordinates_program(of.program) ? reader::coordinator : reader::others;
}

} // namespace rapport
