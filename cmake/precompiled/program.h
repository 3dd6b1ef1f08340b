// What the verbs of the program print with.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "standard.h"
