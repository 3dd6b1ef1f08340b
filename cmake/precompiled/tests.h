// What nearly every test includes.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "standard.h"
