// libxml2's streaming parser, for xCard and XLSX.
#include <libxml/xmlversion.h>
// Debian's libxml2 can use ICU, and then its headers bring in the system's ICU, whose types clash
// with those of Foundation's own copy. They are needed for character encoding handlers alone, which
// are not used here.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/SAX2.h>
