// zlib, for gzip and XLSX.
#include <zlib.h>
