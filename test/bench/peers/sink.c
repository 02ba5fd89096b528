/*
 * A partner that costs next to nothing: one epoll loop on loopback that reads each request's whole body and answers 204.
 * Prints its port. Each line on stdin is answered with "<requests> <body bytes> <CPU µs>" so far; the end of stdin ends it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROOM 65536
#define EVENTS 256

static const char ANSWER[] = "HTTP/1.1 204 No Content\r\n\r\n";
static const char LENGTH[] = "\r\ncontent-length:";

typedef struct {
  int fd;
  size_t held;      /* bytes in `bytes`: the beginning of a head */
  size_t body_left; /* of the request under way */
  char bytes[ROOM];
} Connection;

static unsigned long long requests, body_bytes;

static void report(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  unsigned long long us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000ULL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
  printf("%llu %llu %llu\n", requests, body_bytes, us);
  fflush(stdout);
}

static size_t body_length(char *head, size_t length) {
  char last = head[length];
  head[length] = 0;
  char *at = strcasestr(head, LENGTH);
  head[length] = last;
  return at ? strtoul(at + sizeof LENGTH - 1, NULL, 10) : 0;
}

static int answer(Connection *c) {
  return write(c->fd, ANSWER, sizeof ANSWER - 1) == sizeof ANSWER - 1;
}

/* Takes what has come. Returns 0 where the connection is over. */
static int take(Connection *c) {
  ssize_t got = read(c->fd, c->bytes + c->held, ROOM - 1 - c->held);
  if (got <= 0) return 0;
  char *at = c->bytes, *end = c->bytes + c->held + got;
  for (;;) {
    if (c->body_left > 0) {
      size_t here = (size_t)(end - at) < c->body_left ? (size_t)(end - at) : c->body_left;
      at += here;
      c->body_left -= here;
      body_bytes += here;
      if (c->body_left > 0) break;
      requests++;
      if (!answer(c)) return 0;
    }
    char *head_end = at < end ? memmem(at, end - at, "\r\n\r\n", 4) : NULL;
    if (!head_end) break;
    c->body_left = body_length(at, head_end - at);
    at = head_end + 4;
    if (c->body_left == 0 && !answer(c)) return 0;
  }
  c->held = end - at;
  memmove(c->bytes, at, c->held);
  return c->held < ROOM - 1;
}

static void watch(int epoll, int fd, void *whose) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = whose};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void welcome(int epoll, int listener) {
  int fd = accept(listener, NULL, NULL), on = 1;
  if (fd < 0) return;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  Connection *c = malloc(sizeof *c);
  c->fd = fd;
  c->held = c->body_left = 0;
  watch(epoll, fd, c);
}

static int listen_on_loopback(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof place;
  if (bind(listener, (struct sockaddr *)&place, length) || listen(listener, 4096)) exit(1);
  getsockname(listener, (struct sockaddr *)&place, &length);
  printf("%d\n", ntohs(place.sin_port));
  fflush(stdout);
  return listener;
}

int main(void) {
  int listener = listen_on_loopback(), epoll = epoll_create1(0);
  static char listening, asking;
  watch(epoll, listener, &listening);
  watch(epoll, STDIN_FILENO, &asking);
  struct epoll_event events[EVENTS];
  for (;;) {
    int count = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      void *whose = events[i].data.ptr;
      char line[64];
      if (whose == &listening) welcome(epoll, listener);
      else if (whose == &asking) {
        if (read(STDIN_FILENO, line, sizeof line) <= 0) return 0;
        report();
      } else if (!take(whose)) {
        close(((Connection *)whose)->fd);
        free(whose);
      }
    }
  }
}
