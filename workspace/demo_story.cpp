// The demo's people and their past; see demo_story.hpp.
#include "workspace/demo_story.hpp"

#include <array>
#include <string>

namespace workspace {
namespace {

constexpr std::string_view cora = "U0CORA", priya = "U0PRIYA", sam = "U0SAM", noor = "U0NOOR", ana = "U0ANA",
                           ben = "U0BEN", chi = "U0CHI", dee = "U0DEE";

constexpr std::array acts{
    demo_act{20, typed_line{cora, "/program enrol @priya mentor starter"}},
    demo_act{20, typed_line{cora, "/program enrol @sam mentor starter"}},
    demo_act{20, typed_line{cora, "/program enrol @noor mentor sloan"}},
    demo_act{20, typed_line{cora, "/program enrol @ana protege starter"}},
    demo_act{20, typed_line{cora, "/program enrol @ben protege starter"}},
    demo_act{20, typed_line{cora, "/program enrol @chi protege sloan"}},
    demo_act{20, typed_line{cora, "/program enrol @dee protege starter"}},
    demo_act{14, typed_line{cora, "/program pair @priya @ana starter"}},
    demo_act{14, typed_line{cora, "/program pair @sam @ben starter"}},
    demo_act{13, typed_line{cora, "/program pair @noor @chi sloan"}},
    demo_act{13, typed_line{ana, "Hello Priya! Tuesdays suit me best.", priya}},
    demo_act{12,
             typed_line{priya, "Tuesdays it is. Bring one thing you would like to be further with.", ana}},
    demo_act{11, typed_line{ana, "I will bring my poster idea. See you on Tuesday!", priya}},
    demo_act{10, typed_line{ben, "/milestone add Visit the robotics lab by in 5 weeks", sam}},
    demo_act{10, typed_line{sam, "Glad to show you round, Ben.", ben}},
    demo_act{9, typed_line{ben, "Thank you! Which day?", sam}},
    demo_act{7, pressed_button{priya, "No reply needed"}},
    demo_act{7, typed_line{chi, "/mentoring log call yesterday 30m", noor}},
    demo_act{3, typed_line{chi, "/milestone done First call with Noor", noor}},
};

} // namespace

json demo_cast() {
    return json::parse(R"({
      "people": [
        {"id":"U0ANA","name":"ana","real_name":"Ana Duarte","display_name":"Ana","email":"ana@example.org","tz":"Europe/Berlin","title":"Protégé, biomedical engineering"},
        {"id":"U0BEN","name":"ben","real_name":"Ben Castillo","display_name":"Ben","email":"ben@example.org","tz":"Europe/Berlin","title":"Protégé, mechatronics"},
        {"id":"U0CHI","name":"chi","real_name":"Chi Nguyen","display_name":"Chi","email":"chi@example.org","tz":"Europe/London","title":"Protégé, energy systems"},
        {"id":"U0DEE","name":"dee","real_name":"Dee Larsson","display_name":"Dee","email":"dee@example.org","tz":"Europe/Berlin","title":"Protégé, waiting for a mentor"},
        {"id":"U0PRIYA","name":"priya","real_name":"Priya Raman","display_name":"Priya","email":"priya@example.org","tz":"Europe/Berlin","title":"Mentor, medical devices"},
        {"id":"U0SAM","name":"sam","real_name":"Sam Okafor","display_name":"Sam","email":"sam@example.org","tz":"Europe/Berlin","title":"Mentor, robotics"},
        {"id":"U0NOOR","name":"noor","real_name":"Noor Haddad","display_name":"Noor","email":"noor@example.org","tz":"Europe/London","title":"Mentor, energy"},
        {"id":"U0CORA","name":"cora","real_name":"Cora Bell","display_name":"Cora","email":"cora@example.org","tz":"Europe/Berlin","title":"Coordinator"}
      ],
      "channels": [
        {"id":"C0MENTORING","name":"mentoring","members":["U0ANA","U0BEN","U0CHI","U0DEE","U0PRIYA","U0SAM","U0NOOR","U0CORA","U0RAPPORT"]}
      ]})");
}

std::span<const demo_act> demo_acts() {
    return acts;
}

json demo_guide(const guided_pair &of) {
    constexpr long long day = 24LL * 60 * 60 * 1000;
    const auto step = [](std::string title, std::string says, const std::string &as, const std::string &at,
                         json more) {
        json out{{"title", std::move(title)}, {"says", std::move(says)}, {"as", as}, {"at", at}};
        out.update(more);
        return out;
    };
    return json::array({
        step("Log a milestone",
             "You are Ana, a protégé. Put down something you want to reach; Priya will be asked.", of.protege,
             of.conversation,
             {{"line", "/milestone add Draft the poster for the spring fair by 1 Dec"},
              {"done", {{"said", "Draft the poster"}}}}),
        step("The other side agrees",
             "Be Priya, her mentor. Rapport asks a minute after the milestone, so that an undo stays silent: "
             "move on an hour if it is not there yet, and press Agree.",
             of.mentor, of.conversation, {{"done", {{"struck", true}}}}),
        step("Check in by form",
             "Be Ana again and say how it goes. It takes half a minute, and only the coordinator reads it.",
             of.protege, of.conversation, {{"line", "/checkin"}, {"done", {{"sent", true}}}}),
        step("Write to each other",
             "Write to Priya as Ana. Rapport sees that you wrote, and when; never what.", of.protege,
             of.conversation,
             {{"line", "Could you look at the poster before Friday?"}, {"done", {{"spoke", true}}}}),
        step("Move on three days",
             "Priya does not answer. Nothing happens for three days, and then exactly one thing does.",
             of.mentor, "",
             {{"move", 3 * day}, {"move_says", "Move on 3 days"}, {"done", {{"passed", 3 * day - 1000}}}}),
        step("Settle it",
             "Priya hears it first, and privately. One tap settles it, and the line is struck out.",
             of.mentor, "direct", {{"done", {{"struck", true}}}}),
    });
}

} // namespace workspace
