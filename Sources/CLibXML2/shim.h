// libxml2's streaming parser, for xCard and XLSX.
#include <libxml/parser.h>
#include <libxml/SAX2.h>
