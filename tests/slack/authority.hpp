// A certificate authority made for one test run, and certificates of every kind a server should not get away
// with. Nothing is written but the authority's own certificate, into a temporary file.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace slack_tests {

struct certificate {
    std::string chain_pem, key_pem;
};

struct certificate_wish {
    std::vector<std::string> names = {"localhost"}; // DNS alternative names
    std::vector<std::string> addresses;             // IP alternative names
    std::string subject = "a test server";          // the common name
    long starts_in = -3600, ends_in = 3600;         // seconds from now
    bool self_signed = false;
};

class authority {
  public:
    authority();
    ~authority();
    certificate issue(const certificate_wish &wish = {}) const;
    // The file a client trusts.
    const std::string &file() const {
        return file_;
    }

  private:
    evp_pkey_st *key_;
    x509_st *certificate_;
    std::string file_;
};

// The one every test trusts, and one nobody does.
const authority &trusted();
const authority &unknown();

} // namespace slack_tests
