// Previews of a program's term: asked for by a coordinator, worked out aside, kept by version of the policy.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// Which of the two made-up pairs.
enum class previewed_pair { keen, silent };
RAPPORT_WORDS(previewed_pair, 2, {{previewed_pair::keen, "keen"}, {previewed_pair::silent, "silent"}})

// `made_at`: none while it is being worked out.
struct preview {
    program_slug program;
    std::int64_t version = 0;
    person_id wanted_by;
    instant wanted_at{};
    std::optional<instant> made_at;
};

// A message somebody of a made-up pair gets: its whole text, at most 4,000 characters.
struct preview_line {
    previewed_pair pair = previewed_pair::keen;
    side to = side::mentor;
    instant said_at{};
    std::string says;

    bool operator==(const preview_line &) const = default;
};

class previews {
    session &db_;
    team_id team_;

  public:
    previews(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Asks for one; what was asked for before stays as it is. Other versions of the program go.
    void want(const preview &one);
    std::optional<preview> find(const program_slug &program, std::int64_t version);
    std::vector<preview_line> lines(const program_slug &program, std::int64_t version); // as they were said
    // False where it was made or went meanwhile.
    bool keep(const program_slug &program, std::int64_t version, const std::vector<preview_line> &lines,
              instant now);
};

struct wanted_preview {
    team_id team;
    program_slug program;
    std::int64_t version = 0;
};
// The oldest one that waits, of any workspace.
std::optional<wanted_preview> next_preview(session &db);

} // namespace rapport::storage
