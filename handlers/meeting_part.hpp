// What the verbs, the form and the outcomes of meetings share: one in words, its buttons and its undo, and
// which one a line or a button is about. Only meetings' own files use it.
#pragma once

#include "handlers/desk.hpp"
#include "handlers/meeting_line.hpp"
#include "handlers/surface/blocks.hpp"
#include "storage/meetings.hpp"

#include <string>
#include <string_view>

namespace rapport::meeting_part {

storage::meetings meetings_of(desk &at);
std::string line(const desk &at, std::string_view rest = {}); // "/mentoring meetings ..."
std::string reference(const storage::meeting &one);           // what its buttons carry: "meeting sequence"

// For everybody who reads it, in their own zone.
surface::moment shown_when(const storage::meeting &one, const zone &where);
surface::mrkdwn shape_of(const storage::meeting &one); // "30 min, the library, tutoring"
surface::mrkdwn one_line(const storage::meeting &one, const zone &where);
surface::mrkdwn when_for(const desk &at, const storage::meeting &one);
surface::button press(std::string_view says, std::string_view action, const storage::meeting &one,
                      surface::tone look = surface::tone::neutral);

enum class act { set, moved, cancelled, confirmed, kept, missed };
RAPPORT_WORDS(act, 6,
              {{act::set, "set"},
               {act::moved, "moved"},
               {act::cancelled, "cancelled"},
               {act::confirmed, "confirmed"},
               {act::kept, "kept"},
               {act::missed, "missed"}})

// The state before, for the undo; the place is the rest, for it may hold any words.
std::string undo_subject(const storage::meeting &after, const storage::meeting &before, act what,
                         const storage::pair &pair);
// Saves it as a new version and looks at what the pair owes.
void keep(desk &at, const storage::pair &pair, storage::meeting &one);
// The conversation hears of it; gives the key.
std::string tell_other(desk &at, const storage::pair &pair, const storage::meeting &one, act what,
                       bool at_once);

struct found_meeting {
    storage::pair pair;
    storage::meeting one;
};
result<found_meeting> numbered(desk &at, std::int64_t number);
refusal is_over(const desk &at, const storage::meeting &one);
// The meeting a button is on. `as_read`: as it was when the button was made; else any newer version does.
result<found_meeting> pressed(desk &at, const std::string &value, bool as_read);

// The acts behind verb and form.
result<answer> set(desk &at, const storage::pair &pair, const meeting_words &words,
                   storage::session_kind kind);
result<answer> move(desk &at, const found_meeting &what, const meeting_words &words);
result<answer> ask_new_time(desk &at, const found_meeting &what);
result<answer> form_for(desk &at, const storage::pair &pair, const std::string &ask = {});

} // namespace rapport::meeting_part
