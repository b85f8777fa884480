// Who may do and see what, cell by cell against the pages people are shown.
#include "handlers/permission.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

TEST_CASE("the tables are in the order of their enums, so that a row is found by its place") {
    for (std::size_t i = 0; i < permissions.size(); ++i)
        CHECK(static_cast<std::size_t>(permissions[i].may) == i);
    for (std::size_t i = 0; i < sights.size(); ++i)
        CHECK(static_cast<std::size_t>(sights[i].what) == i);
}

TEST_CASE("what each standing is enough for") {
    const permission all[] = {permission::anyone, permission::enrolled, permission::paired,
                              permission::mentor, permission::protege,  permission::coordinator,
                              permission::owner};
    struct row {
        unsigned stands;
        const char *may; // one sign a permission, in that order
    };
    for (const auto &[stands, may] :
         {row{nobody, "y------"}, row{is_outside, "y------"}, row{enrolled | is_waiting, "yy-----"},
          row{enrolled | mentors, "yyyy---"}, row{enrolled | mentored, "yyy-y--"},
          row{enrolled | mentors | mentored, "yyyyy--"}, row{coordinates | is_outside, "y----y-"},
          row{owns | coordinates, "y----yy"}, row{coordinates | enrolled | mentors, "yyyy-y-"}}) {
        CAPTURE(stands);
        for (std::size_t i = 0; i < std::size(all); ++i)
            CHECK(allowed(all[i], stands) == (may[i] == 'y'));
    }
}

TEST_CASE("a denial says whom it is for and where to go on, by the names of this workspace") {
    command_names names;
    REQUIRE(names.rename(command_name::program, "/scheme"));
    CHECK(denied(permission::coordinator, names).mend == "/scheme");
    CHECK(denied(permission::owner, names).wrong.find("owners") != std::string::npos);
    CHECK(denied(permission::paired, names).mend == "/mentoring");
}

TEST_CASE("who sees what, cell by cell") {
    struct row {
        thing what;
        sight author, partner, coordinator, others;
    };
    using s = sight;
    for (const auto &[what, author, partner, coordinator, others] :
         {row{thing::conversation, s::in_slack_only, s::in_slack_only, s::never, s::never},
          row{thing::check_in, s::all, s::never, s::named, s::never},
          row{thing::milestone, s::all, s::all, s::state_and_dates, s::never},
          row{thing::contact, s::own, s::own, s::dates_and_counts, s::never},
          row{thing::profile, s::all, s::by_field, s::all, s::by_field},
          row{thing::feedback, s::all, s::if_chosen, s::all, s::never},
          row{thing::request_note, s::all, s::all, s::that_it_exists, s::never},
          row{thing::report, s::never, s::never, s::groups_of_five, s::never}}) {
        CHECK(sight_of(what, reader::author) == author);
        CHECK(sight_of(what, reader::partner) == partner);
        CHECK(sight_of(what, reader::coordinator) == coordinator);
        CHECK(sight_of(what, reader::others) == others);
    }
}

TEST_CASE("a coordinator who is in the pair sees it as a person of the pair") {
    storage::pair of;
    of.program = program_slug{"starter"};
    of.mentor = person_id{"M"};
    of.protege = person_id{"P"};
    caller who;
    who.coordinated = {of.program};
    CHECK(reader_of(who, of, of.protege) == reader::coordinator);
    who.person.emplace().id = of.mentor;
    CHECK(reader_of(who, of, of.protege) == reader::partner);
    CHECK(reader_of(who, of, of.mentor) == reader::author);
    who.person->id = person_id{"X"};
    who.coordinated = {program_slug{"another"}};
    CHECK(reader_of(who, of, of.protege) == reader::others);
}
