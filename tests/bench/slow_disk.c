/* Stands before the system's fsync and fdatasync: each takes SLOW_DISK_US
 * microseconds longer. For measuring only (slow_disks.rs). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int fd)
{
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *text = getenv("SLOW_DISK_US");
    long us = text ? atol(text) : 0;
    struct timespec longer = { us / 1000000, us % 1000000 * 1000 };
    int result = sync(fd);
    nanosleep(&longer, NULL);
    return result;
}

int fsync(int fd)
{
    return slowly("fsync", fd);
}

int fdatasync(int fd)
{
    return slowly("fdatasync", fd);
}
