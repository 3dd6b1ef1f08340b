// What a call of a Session must fail with.
#pragma once

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <functional>
#include <string>

namespace icecore::inline v0 {

// The message has `part` in it.
inline void expect_error(Code code, const std::string& part, const std::function<void()>& act) {
  try {
    act();
    FAIL() << "no error, where " << part << " was expected";
  } catch (const Error& error) {
    EXPECT_EQ(code_name(error.code()), code_name(code)) << error.message();
    EXPECT_NE(error.message().find(part), std::string::npos) << error.message();
  }
}

}  // namespace icecore::inline v0
