#include "http/multipart.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/result.h"

namespace pilar::multipart_test {

using namespace pilar::http;

const std::string kBoundary = "----WebKitFormBoundaryx1";

std::string part(const std::string& disposition, const std::string& content, const std::string& more = "") {
  return "--" + kBoundary + "\r\nContent-Disposition: " + disposition + "\r\n" + more + "\r\n" + content + "\r\n";
}
std::string ended(const std::string& parts) { return parts + "--" + kBoundary + "--\r\n"; }

TEST(Multipart, ReadsWhatABrowserSends) {
  const std::string picture("\xFF\xD8\xFF\0\r\n--\r\n----WebKit", 20);
  const auto body = ended(part("form-data; name=\"nilai\"", "4") + part("form-data; name=\"pesan\"", "dua\r\nbaris") +
                          part("form-data; name=\"foto\"; filename=\"a%22b\\c;.jpg\"", picture, "Content-Type: image/jpeg\r\n") +
                          part("form-data; name=\"lain\"; filename=\"\"", "", "Content-Type: application/octet-stream\r\n"));
  const auto parts = parse_multipart(body, kBoundary);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 4U);
  EXPECT_EQ(parts->at(0).name, "nilai");
  EXPECT_EQ(parts->at(0).content, "4");
  EXPECT_FALSE(parts->at(0).file_name);
  EXPECT_EQ(parts->at(1).content, "dua\r\nbaris");
  EXPECT_EQ(parts->at(2).file_name, "a\"b\\c;.jpg");
  EXPECT_EQ(parts->at(2).content, picture);
  EXPECT_EQ(parts->at(3).file_name, "");
  EXPECT_EQ(parts->at(3).content, "");
  EXPECT_TRUE(parse_multipart("--" + kBoundary + "--\r\n", kBoundary)->empty());
}

TEST(Multipart, KnowsItsType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data;boundary=\"a b\""), "a b");
  for (const char* other : {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
                            "multipart/form-data; boundary=a\x01", "multipart/mixed; boundary=abc", "text/plain; boundary=abc",
                            "multipart/form-data; boundary=\"a", "multipart/form-data boundary=abc"})
    EXPECT_EQ(multipart_boundary(other), "") << other;
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), "");
}

TEST(Multipart, RefusesWhatTwoReadersCouldReadDifferently) {
  const auto good = part("form-data; name=\"a\"", "1");
  ASSERT_TRUE(parse_multipart(ended(good), kBoundary));
  const std::string bad[] = {
      "",
      good,
      "preamble\r\n" + ended(good),
      ended(good) + "more",
      ended(part("form-data", "1")),
      ended(part("form-data; name=\"\"", "1")),
      ended(part("attachment; name=\"a\"", "1")),
      ended(part("form-data; name=\"a\"; name=\"b\"", "1")),
      ended(part("form-data; name=\"a\"; filename=\"x\"; filename=\"y\"", "1")),
      ended(part("form-data; name=\"a", "1")),
      ended(part("form-data; name=\"\xFF\"", "1")),
      ended(part("form-data; name=\"a\"", "1", "Content-Disposition: form-data; name=\"b\"\r\n")),
      ended(part("form-data; name=\"a\"", "1", "no colon\r\n")),
      ended(part("form-data; name=\"a\"", "1", "X: " + std::string(5000, 'x') + "\r\n")),
      "--" + kBoundary + "\nContent-Disposition: form-data; name=\"a\"\n\n1\n--" + kBoundary + "--\n",
  };
  for (const auto& body : bad) EXPECT_FALSE(parse_multipart(body, kBoundary)) << body.substr(0, 200);
  std::string many;
  for (int i = 0; i < 1001; ++i) many += good;
  EXPECT_FALSE(parse_multipart(ended(many), kBoundary));
  EXPECT_FALSE(parse_multipart(ended(good), "a\r\nb"));
}

TEST(Multipart, ABodyIsTheSameFromMemoryAndFromItsFile) {
  Request request;
  request.body = "abc";
  EXPECT_EQ(BodyView(request).bytes(), "abc");
  const auto path = std::filesystem::temp_directory_path() / "pilar-body-view";
  const std::string large(300'000, 'x');
  std::ofstream(path, std::ios::binary) << large;
  request.body.clear();
  request.body_file = path;
  EXPECT_EQ(BodyView(request).bytes(), large);
  std::ofstream(path, std::ios::binary | std::ios::trunc).close();
  EXPECT_EQ(BodyView(request).bytes(), "");
  std::filesystem::remove(path);
  EXPECT_THROW(BodyView{request}, Fault);
}

}  // namespace pilar::multipart_test
