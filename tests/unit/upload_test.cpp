#include "http/upload.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace pilar::upload_test {

namespace fs = std::filesystem;
using std::chrono::hours;

TEST(Upload, WhatAKilledProgramLeftIsRemoved) {
  const auto folder = fs::temp_directory_path() / ("pilar-upload-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto make = [&](const std::string& name, hours age) {
    std::ofstream(folder / name) << "x";
    fs::last_write_time(folder / name, fs::file_time_type::clock::now() - age);
  };
  make("upload-abc123", hours(25));
  make("upload-def456", hours(1));
  make("notes", hours(25));
  EXPECT_EQ(http::remove_left_uploads(folder.string(), hours(24)), 1U);
  EXPECT_FALSE(fs::exists(folder / "upload-abc123"));
  EXPECT_TRUE(fs::exists(folder / "upload-def456")) << "it may still be written to";
  EXPECT_TRUE(fs::exists(folder / "notes")) << "somebody else's";
  EXPECT_EQ(http::remove_left_uploads((folder / "none").string(), hours(24)), 0U);
  fs::remove_all(folder);
}

}  // namespace pilar::upload_test
