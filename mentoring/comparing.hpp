// What the two sides of a pair answered about the same thing, laid side by side: whether it differs enough
// for a coordinator to ask. The answers themselves are shown to nobody by this.
#pragma once

#include "mentoring/promises.hpp"

#include <map>
#include <string>

namespace rapport {

using answers_by_question = std::map<std::string, std::string>;

// True if a question that both forms ask (by its id and kind) was answered so differently that one of them
// sees it wrongly: nothing against something, or two apart, of a count or scale; yes against no. Free words
// are never compared, nor "need-help", which asks each for themselves. A missing answer differs from nothing.
bool answers_differ(const check_in_rules &form, const answers_by_question &mentor,
                    const answers_by_question &protege);

} // namespace rapport
