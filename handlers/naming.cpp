// Names as people read them; see naming.hpp.
#include "handlers/naming.hpp"

namespace rapport {

std::string first_name(const storage::person &who) {
    const auto name = surface::one_line(who.name);
    if (name.empty())
        return who.email ? who.email->substr(0, who.email->find('@')) : "someone";
    return name.substr(0, name.find(' '));
}

surface::mrkdwn named(const storage::person &who) {
    if (who.slack)
        return surface::text("{}", surface::mention{*who.slack});
    if (who.email && !who.name.empty())
        return surface::text("{} ({})", who.name, *who.email);
    return surface::text("{}", who.email ? *who.email : first_name(who));
}

std::string your_word(const program &rules, side which) {
    return "your " + rules.word(which).one;
}

std::string month_in_words(std::string_view period) {
    const auto month = parse_month(period);
    return std::string(month ? full_name(month->month()) : period);
}

} // namespace rapport
