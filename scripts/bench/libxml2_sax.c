// The floor for reading xCard: libxml2's own SAX2 push parser with callbacks that only count.
//
//   cc -O2 $(pkg-config --cflags libxml-2.0) libxml2_sax.c -o libxml2_sax $(pkg-config --libs libxml-2.0)
//   ./libxml2_sax contacts.xml
//
// Prints what it counted and the CPU time, user and system, in seconds.
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

struct counts {
  unsigned long elements, ends, textBytes;
};

static void start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int namespaceCount, const xmlChar **namespaces, int attributeCount,
                  int defaultedCount, const xmlChar **attributes) {
  ((struct counts *)data)->elements++;
}

static void end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  ((struct counts *)data)->ends++;
}

static void text(void *data, const xmlChar *bytes, int count) {
  ((struct counts *)data)->textBytes += count;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  struct counts counts = {0, 0, 0};
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start;
  handler.endElementNs = end;
  handler.characters = handler.ignorableWhitespace = handler.cdataBlock = text;
  xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, &counts, NULL, 0, NULL);
  xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
  static char chunk[64 * 1024];
  size_t length, total = 0;
  while ((length = fread(chunk, 1, sizeof chunk, file)) > 0) {
    xmlParseChunk(context, chunk, (int)length, 0);
    total += length;
  }
  xmlParseChunk(context, NULL, 0, 1);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                   (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("%lu elements, %lu ends, %lu bytes of text, %.3f s CPU, %.0f MB/s, %s\n", counts.elements,
         counts.ends, counts.textBytes, seconds, total / seconds / 1e6,
         context->wellFormed ? "well-formed" : "broken");
  return context->wellFormed ? 0 : 1;
}
