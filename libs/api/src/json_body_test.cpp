#include <filmoteka/api/json_body.hpp>

#include <boost/json/object.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::api {
namespace {

TEST(JsonBody, is_one_object) {
  EXPECT_EQ(object_from_body(" {\"a\":1} \n").value().as_object().at("a").as_int64(), 1);
  for (const std::string& body : {std::string(), std::string("[]"), std::string("{} x"), std::string("{"),
                                  std::string("{\"a\":\"\xff\"}"), "{\"a\":" + std::string(100, '[')}) {
    EXPECT_EQ(object_from_body(body).error().code, ErrorCode::kInvalidArgument) << body;
  }
}

TEST(JsonBody, names_a_field_once) {
  const auto body = object_from_body(R"({"a":1,"b/c":2,"a":3,"b/c":2})");
  ASSERT_EQ(body.error().fields.size(), 2U);
  EXPECT_EQ(body.error().fields[0].pointer, "/a");
  EXPECT_EQ(body.error().fields[1].pointer, "/b~1c");
}

}  // namespace
}  // namespace filmoteka::api
