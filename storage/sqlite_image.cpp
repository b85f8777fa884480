// See sqlite_image.hpp.
#include "storage/sqlite_image.hpp"

#include <cstring>
#include <mutex>
#include <vector>

namespace rapport::storage {
namespace {

struct image {
    std::vector<std::string> sums;
    instant opened_at{};
    std::vector<unsigned char> bytes;
};

std::mutex guard;
image kept;

std::vector<std::string> sums_of(std::span<const migration> known) {
    std::vector<std::string> sums;
    for (const auto &each : known)
        sums.emplace_back(each.sha256);
    return sums;
}

} // namespace

bool fill_from_image(sqlite_connection &empty, std::span<const migration> known, instant opened_at) {
    const std::lock_guard lock(guard);
    if (kept.bytes.empty() || kept.opened_at != opened_at || kept.sums != sums_of(known))
        return false;
    const auto size = kept.bytes.size();
    auto *copy = static_cast<unsigned char *>(sqlite3_malloc64(size));
    if (!copy)
        return false;
    std::memcpy(copy, kept.bytes.data(), size);
    const auto length = static_cast<sqlite3_int64>(size);
    // The connection owns the copy from here on, also when this fails.
    return sqlite3_deserialize(empty.handle(), "main", copy, length, length,
                               SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) == SQLITE_OK;
}

void keep_image(sqlite_connection &migrated, std::span<const migration> known, instant opened_at) {
    sqlite3_int64 size = 0;
    auto *bytes = sqlite3_serialize(migrated.handle(), "main", &size, 0);
    if (!bytes)
        return;
    const std::lock_guard lock(guard);
    kept = {sums_of(known), opened_at, {bytes, bytes + size}};
    sqlite3_free(bytes);
}

} // namespace rapport::storage
