// See postgres_address.hpp.
#include "storage/postgres_address.hpp"

#include "storage/fault.hpp"

#include <libpq-fe.h>

#include <cstdlib>
#include <memory>
#include <string_view>
#include <unistd.h>

namespace rapport::storage {
namespace {

bool on_this_machine(std::string_view host) {
    return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
           host == "127.0.0.1" || host == "::1";
}

// libpq 15 looks for one root file in the home folder; services have none.
std::string root_certificates() {
    if (const char *named = std::getenv("SSL_CERT_FILE"); named && *named)
        return named;
    constexpr const char *debian = "/etc/ssl/certs/ca-certificates.crt";
    return ::access(debian, R_OK) == 0 ? debian : "";
}

} // namespace

std::vector<std::pair<std::string, std::string>> postgres_parameters(const std::string &address) {
    const bool url = address.starts_with("postgres://") || address.starts_with("postgresql://");
    const auto conninfo = url ? address : address.substr(address.find(':') + 1);
    char *why = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> read(
        PQconninfoParse(conninfo.c_str(), &why), PQconninfoFree);
    if (!read) {
        PQfreemem(why); // it may quote the password
        throw opening_error("database: the postgres:// address cannot be read. Write "
                            "postgres://USER:PASSWORD@HOST/NAME, with % codes for special characters.");
    }
    std::string host, sslmode;
    for (const auto *each = read.get(); each->keyword; ++each) {
        if (each->val && std::string_view(each->keyword) == "host")
            host = each->val;
        if (each->val && std::string_view(each->keyword) == "sslmode")
            sslmode = each->val;
    }
    std::vector<std::pair<std::string, std::string>> given = {
        {"connect_timeout", "5"},       {"tcp_user_timeout", "20000"}, {"keepalives_idle", "10"},
        {"keepalives_interval", "5"},   {"keepalives_count", "3"},     {"target_session_attrs", "read-write"},
        {"application_name", "rapport"}};
    if (!on_this_machine(host) && sslmode.empty() && !std::getenv("PGSSLMODE")) {
        given.emplace_back("sslmode", "verify-full");
        if (const auto roots = root_certificates(); !roots.empty())
            given.emplace_back("sslrootcert", roots);
    }
    given.emplace_back("dbname", conninfo);
    given.emplace_back("client_encoding", "UTF8");
    return given;
}

} // namespace rapport::storage
