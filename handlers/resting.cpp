// See resting.hpp.
#include "handlers/resting.hpp"

#include "handlers/coordinators_message.hpp"
#include "storage/second_thoughts.hpp"

namespace rapport {
namespace {

constexpr days a_while{1};

std::optional<storage::attention_line> objection(storage::records &on_file, const program_slug &program,
                                                 const person_id &who) {
    return on_file.open<storage::second_thoughts>().open_about(program, std::string(said_not_me), who);
}

} // namespace

bool is_resting(storage::records &on_file, const program_slug &program, const person_id &who) {
    return objection(on_file, program, who).has_value();
}

void rest_if_asked(storage::records &on_file, const program_slug &program, const person_id &who, instant now,
                   good_hours &when) {
    if (const auto said = objection(on_file, program, who))
        when.closed.push_back({said->since_at, now + a_while});
}

} // namespace rapport
