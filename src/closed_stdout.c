/*
 * Keeps a closed standard output recognisable.
 *
 * Before main, the runtime of Rust opens /dev/null in place of a standard stream that is closed. A result that is written
 * there is lost, and the program ends with success. So before that, a closed descriptor 1 becomes the root folder, which
 * nothing can be written to and which output/mod.rs recognises.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

__attribute__((constructor)) static void mark_closed_stdout(void) {
    if (fcntl(STDOUT_FILENO, F_GETFD) != -1 || errno != EBADF) {
        return;
    }
    int folder = open("/", O_RDONLY | O_CLOEXEC);
    if (folder >= 0 && folder != STDOUT_FILENO) {
        dup2(folder, STDOUT_FILENO);
        close(folder);
    }
}
