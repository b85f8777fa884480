// What `rapport check` found: a line a subject, what is wrong with its mend.
#pragma once

#include <string>
#include <vector>

namespace rapport::bot {

class findings {
    struct one {
        std::string subject;
        bool ok = true;
        std::string says;
        std::string mend;
    };
    std::vector<one> all_;

  public:
    void fine(std::string subject, std::string says) {
        all_.push_back({std::move(subject), true, std::move(says), {}});
    }
    void wrong(std::string subject, std::string says, std::string mend) {
        all_.push_back({std::move(subject), false, std::move(says), std::move(mend)});
    }
    bool good() const;
    std::string lines() const;
    std::string json() const; // {"good":..., "findings":[{"subject","ok","says","mend"}]}
};

} // namespace rapport::bot
