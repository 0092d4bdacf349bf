// Google's libphonenumber on the telephone numbers of a file, one a line: what does a number cost?
//
// Build: g++ -O2 -o phone_peer phone_peer.cc -lphonenumber
// Usage: phone_peer FILE
//
// Each line is parsed from RU, judged and, if valid, written as E.164; on one thread, the file being in memory.
// Debian's package is built with ICU's regular expressions; a build with RE2 is some times faster.

#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <phonenumbers/phonenumberutil.h>

namespace {

double CPUSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  if (count != 2) return 2;
  std::ifstream file(arguments[1]);
  if (!file) return 2;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);

  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  size_t valid = 0;
  size_t bytes = 0;
  std::string formatted;
  const double start = CPUSeconds();
  for (const std::string& line : lines) {
    PhoneNumber number;
    if (util.Parse(line, "RU", &number) != PhoneNumberUtil::NO_PARSING_ERROR) continue;
    if (!util.IsValidNumber(number)) continue;
    util.Format(number, PhoneNumberUtil::E164, &formatted);
    valid += 1;
    bytes += formatted.size();
  }
  std::printf("items %zu cpu_seconds %.6f valid %zu bytes %zu\n", lines.size(), CPUSeconds() - start, valid, bytes);
  return 0;
}
