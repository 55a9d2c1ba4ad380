/* What stands between the program and the disk, for the tests: it counts the calls that change a record, its journal or
 * their folder, and lets one of them go wrong.
 *
 * FAULTY = HOW:N:WITH, where HOW is
 *   fail    call N fails once, with the error number WITH
 *   stuck   call N and all after it fail, with the error number WITH
 *   kill    the process ends before call N
 *   tear    the process ends in the middle of call N, if it writes: half of it is written
 *   cut     the power fails before call N: of what was not waited for (fsync, of a name: of its folder) nothing is there
 *           afterwards if WITH is 0, and each piece by the toss of a coin, WITH being the seed, if it is not
 *   end     the same as the process ends, whatever N
 * FAULTY_MARK is a file that is made when it has gone wrong.
 *
 * Built by the test: cc -shared -fPIC -o faulty.so faulty.c -ldl, and put before the program by LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "record.db"
#define FILES 4
#define FDS 4096

/* A write or a new length, since the last fsync. */
struct change { off_t at; size_t count; char *bytes; };

struct file {
    char path[4096];
    char *image;            /* its content at the last fsync */
    size_t size;
    int named, unnamed;     /* its name, or that it has none, is not on the disk yet */
    struct change *changes;
    size_t count;
};

static struct file files[FILES];
static struct file *of_fd[FDS];
static long calls, at;
static unsigned long with;
static char how[8], mark[4096];

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    const char *plan = getenv("FAULTY"), *file = getenv("FAULTY_MARK");
    if (plan) sscanf(plan, "%7[a-z]:%ld:%lu", how, &at, &with);
    if (file) snprintf(mark, sizeof mark, "%s", file);
}

static int is(const char *one) { return strcmp(how, one) == 0; }

static void note(void) {
    int fd = real_open(mark, O_WRONLY | O_CREAT, 0644);
    if (fd >= 0) real_close(fd);
}

static int coin(void) {
    if (with == 0) return 0;
    with ^= with << 13, with ^= with >> 7, with ^= with << 17;
    return with >> 17 & 1;
}

static char *content(const char *path, size_t *size) {
    struct stat about;
    int fd = real_open(path, O_RDONLY);
    *size = 0;
    if (fd < 0) return NULL;
    char *bytes = fstat(fd, &about) == 0 ? malloc(about.st_size + 1) : NULL;
    if (bytes) while (*size < (size_t)about.st_size) {
        ssize_t got = read(fd, bytes + *size, about.st_size - *size);
        if (got <= 0) break;
        *size += got;
    }
    real_close(fd);
    return bytes;
}

/* The file of a path that is watched. */
static struct file *watched(const char *path) {
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    if (strncmp(name, NAME, strlen(NAME)) != 0) return NULL;
    for (int i = 0; i < FILES; i++) {
        struct file *file = &files[i];
        if (!*file->path) {
            snprintf(file->path, sizeof file->path, "%s", path);
            file->image = content(path, &file->size);
        }
        if (strcmp(file->path, path) == 0) return file;
    }
    return NULL;
}

static struct file *open_file(int fd) { return fd >= 0 && fd < FDS ? of_fd[fd] : NULL; }

static void changed(struct file *file, off_t at, const void *bytes, size_t count) {
    struct change *changes = realloc(file->changes, (file->count + 1) * sizeof *changes);
    if (!changes) abort();
    struct change change = { at, count, NULL };
    if (bytes) {
        if (!(change.bytes = malloc(count + 1))) abort();
        memcpy(change.bytes, bytes, count);
    }
    changes[file->count++] = change;
    file->changes = changes;
}

/* Lets go what the disk had not been waited for. */
static void power_cut(void) {
    for (int i = 0; i < FILES && *files[i].path; i++) {
        struct file *file = &files[i];
        if (file->named && !coin()) {
            real_unlink(file->path);
            continue;
        }
        if (file->unnamed ? coin() : access(file->path, F_OK) != 0) continue;
        int fd = real_open(file->path, O_RDWR | O_CREAT, 0644);
        if (fd < 0) continue;
        real_ftruncate(fd, 0);
        if (file->image) real_pwrite(fd, file->image, file->size, 0);
        for (size_t n = 0; n < file->count; n++) {
            struct change *change = &file->changes[n];
            if (!coin()) continue;
            if (change->bytes) real_pwrite(fd, change->bytes, change->count, change->at);
            else real_ftruncate(fd, change->at);
        }
        real_close(fd);
    }
}

__attribute__((destructor)) static void end(void) {
    if (is("end")) power_cut();
}

/* Whether the next call fails; it may also be the last. */
static int fails(void) {
    calls++;
    if (calls < at || *how == 0) return 0;
    if (is("stuck") || (is("fail") && calls == at)) {
        note();
        errno = (int)with;
        return 1;
    }
    if (calls > at) return 0;
    if (is("kill") || is("cut")) {
        note();
        if (is("cut")) power_cut();
        _exit(137);
    }
    return 0;
}

static void tears(int fd, const void *bytes, size_t count, off_t at_byte) {
    if (!is("tear") || calls != at) return;
    note();
    real_pwrite(fd, bytes, count / 2, at_byte);
    _exit(137);
}

static int opened(const char *path, int flags, mode_t mode) {
    struct file *file = watched(path);
    int makes = file && (flags & O_CREAT) && access(path, F_OK) != 0;
    if (makes && fails()) return -1;
    int fd = real_open(path, flags, mode);
    if (file && fd >= 0 && fd < FDS) {
        of_fd[fd] = file;
        if (makes) {
            if (!file->unnamed) file->named = 1;
            file->unnamed = 0;
            file->size = file->count = 0;
        }
    }
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int close(int fd) {
    if (fd >= 0 && fd < FDS) of_fd[fd] = NULL;
    return real_close(fd);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at_byte) {
    struct file *file = open_file(fd);
    if (!file) return real_pwrite(fd, bytes, count, at_byte);
    if (fails()) return -1;
    tears(fd, bytes, count, at_byte);
    ssize_t done = real_pwrite(fd, bytes, count, at_byte);
    if (done > 0) changed(file, at_byte, bytes, done);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at_byte) { return pwrite(fd, bytes, count, at_byte); }

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!open_file(fd)) return real_write(fd, bytes, count);
    off_t at_byte = lseek(fd, 0, SEEK_CUR);
    ssize_t done = pwrite(fd, bytes, count, at_byte);
    if (done > 0) lseek(fd, at_byte + done, SEEK_SET);
    return done;
}

int ftruncate(int fd, off_t length) {
    struct file *file = open_file(fd);
    if (!file) return real_ftruncate(fd, length);
    if (fails()) return -1;
    int done = real_ftruncate(fd, length);
    if (done == 0) changed(file, length, NULL, 0);
    return done;
}

int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

int fsync(int fd) {
    struct stat about;
    struct file *file = open_file(fd);
    int folder = !file && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    if (!file && !folder) return real_fsync(fd);
    if (fails()) return -1;
    if (folder) {
        for (int i = 0; i < FILES; i++) files[i].named = files[i].unnamed = 0;
        return 0;
    }
    /* There is no disk to wait for: what is written now counts as written. */
    free(file->image);
    file->image = content(file->path, &file->size);
    file->count = 0;
    return 0;
}

int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
    struct file *file = watched(path);
    if (!file || access(path, F_OK) != 0) return real_unlink(path);
    if (fails()) return -1;
    int done = real_unlink(path);
    if (done == 0) {
        if (!file->named) file->unnamed = 1;
        file->named = 0;
    }
    return done;
}
