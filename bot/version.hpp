// The program's version, as the build says it.
#pragma once

namespace rapport::bot {

inline constexpr char version[] = RAPPORT_VERSION;

} // namespace rapport::bot
