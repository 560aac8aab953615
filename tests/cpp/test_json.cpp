// JSON: what is read, what is refused, and that writing and reading are inverse.
#include "check.h"

using namespace ingot;

namespace {

void values_come_back() {
  const char* text = R"({"b":[1,-2,0.5,true,null],"a":{"x":"\"quoted\" ümläut \n"},"empty":[{},[]]})";
  const Json value = Json::parse(text);
  CHECK(value.dump() == text);
  CHECK(value.at("b").as_list()[1].as_int() == -2);
  CHECK(Json::parse(" 9223372036854775807 ").as_int() == INT64_MAX);
}

void numbers_that_json_lacks() {
  const Json value = Json::List{HUGE_VAL, -HUGE_VAL, std::nan("")};
  const Json again = Json::parse(value.dump());
  CHECK(again.as_list()[0].as_double() == HUGE_VAL && again.as_list()[1].as_double() == -HUGE_VAL);
  CHECK(std::isnan(again.as_list()[2].as_double()));
}

void what_is_refused() {
  for (const std::string text : {"", "{", "[1,]", "{\"a\":1,}", "nul", "1 2", "01", "\"\x01\"", "\"\xff\"",
                                 "\"\\ud800\"", "// x\n1", "NaN", "1e999"})
    CHECK_THROWS(ValueError, "JSON", Json::parse(text));
  CHECK_THROWS(ValueError, "last read: '\"?'", Json::parse("\"\xff" + std::string(1000, 'x') + "\""));
  CHECK_THROWS(ValueError, "repeated", Json::parse(R"({"a":1,"a":2})"));
  CHECK_THROWS(ValueError, "64 bits", Json::parse("9223372036854775808"));
  CHECK_THROWS(ValueError, "zero byte", Json::parse(std::string_view("{}\0junk", 7)));
  CHECK_THROWS(ValueError, "nested", Json::parse(std::string(1'000'000, '[')));
  CHECK_THROWS(ValueError, "write", Json("\xff").dump());
  CHECK_THROWS(ValueError, "a string", Json("x").as_int());
  CHECK_THROWS(KeyError, "there are: a", Json::parse(R"({"a":1})").at("b"));
}

}  // namespace

int main() {
  return check::run({
      {"values come back", values_come_back},
      {"numbers that JSON lacks", numbers_that_json_lacks},
      {"what is refused", what_is_refused},
  });
}
