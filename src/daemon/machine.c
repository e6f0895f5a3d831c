#include "daemon/machine.h"
int64_t machine_free_memory(void) { return -1; }
int64_t machine_free_disk(const char *path) { (void)path; return -1; }
