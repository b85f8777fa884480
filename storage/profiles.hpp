// Profiles field by field, and what was read from somebody's own export until they take or leave it. What a
// field holds and who may see it is mentoring/profile's.
#pragma once

#include "mentoring/profile.hpp"
#include "storage/session.hpp"

#include <map>
#include <string>
#include <vector>

namespace rapport::storage {

class profiles {
    session &db_;
    team_id team_;

  public:
    profiles(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    profile_words of(const person_id &who);
    // Of everyone who is enrolled in the term, in one reading.
    std::map<person_id, profile_words> of_term(const term_id &term);
    // Sets a field; empty words take it out.
    void set(const person_id &who, profile_field which, const profile_entry &entry, instant now);

    // Words that wait for their person. A new set takes the place of the one before.
    void propose(const person_id &who, const std::map<profile_field, std::string> &all, instant now);
    std::map<profile_field, std::string> proposed(const person_id &who);
    void forget_proposed(const person_id &who);

    // What the fields held that a change touched (empty words: nothing), so that it can be taken back. The
    // next change takes its place.
    void keep_before(const person_id &who, const std::string &change, const profile_words &before,
                     instant now);
    profile_words before(const person_id &who, const std::string &change); // empty: changed again since
    void forget_before(const person_id &who);
};

// Proposals of any workspace made before then go.
void forget_proposals(session &db, instant before);
// What can be taken back no more.
void forget_before(session &db, instant before);

} // namespace rapport::storage
