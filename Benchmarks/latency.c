// Measures the time from the publishing of a scan to its answer.
//
//   latency PORT SCANS_PER_SECOND SECONDS CODE...
//
// Ten scanners send the codes in turn, each scan with an id of its own; its answer carries the id.
// Prints: scans, answers, p50, p90, p99 and the longest time in milliseconds.
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SCANNERS = 10, LIMIT = 1000000 };

static double sent[LIMIT], took[LIMIT];
static volatile long answered;
static volatile int subscribed;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void on_connect(struct mosquitto *m, void *u, int code) {
  mosquitto_subscribe(m, NULL, "tallyman/main/+/feedback", 1);
}
static void on_subscribe(struct mosquitto *m, void *u, int id, int n, const int *q) {
  subscribed = 1;
}
static void on_message(struct mosquitto *m, void *u, const struct mosquitto_message *message) {
  char text[4096];
  int length = message->payloadlen < 4095 ? message->payloadlen : 4095;
  memcpy(text, message->payload, length);
  text[length] = 0;
  char key[32];
  snprintf(key, sizeof key, "\"lat-%d-", getpid());
  char *found = strstr(text, key);
  if (!found) return;
  long number = atol(found + strlen(key));
  if (number < 0 || number >= LIMIT || took[number] > 0) return;
  took[number] = now() - sent[number];
  answered++;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count < 5) return 2;
  int port = atoi(arguments[1]);
  double rate = atof(arguments[2]), seconds = atof(arguments[3]);
  long scans = (long)(rate * seconds);
  if (scans > LIMIT) return 2;
  mosquitto_lib_init();
  struct mosquitto *m = mosquitto_new(NULL, true, NULL);
  mosquitto_connect_callback_set(m, on_connect);
  mosquitto_subscribe_callback_set(m, on_subscribe);
  mosquitto_message_callback_set(m, on_message);
  mosquitto_int_option(m, MOSQ_OPT_TCP_NODELAY, 1);
  if (mosquitto_connect(m, "127.0.0.1", port, 60)) return 1;
  mosquitto_loop_start(m);
  while (!subscribed) usleep(1000);
  double start = now();
  for (long i = 0; i < scans; i++) {
    double due = start + i * 1000 / rate;
    while (now() < due) usleep(200);
    char topic[64], payload[200];
    snprintf(topic, sizeof topic, "tallyman/main/scanner%ld/scan", i % SCANNERS);
    int length = snprintf(payload, sizeof payload, "{\"id\":\"lat-%d-%ld\",\"code\":\"%s\"}",
                          getpid(), i, arguments[4 + i / SCANNERS % (count - 4)]);
    sent[i] = now();
    mosquitto_publish(m, NULL, topic, length, payload, 1, false);
  }
  for (int wait = 0; answered < scans && wait < 10000; wait++) usleep(1000);
  long got = 0;
  for (long i = 0; i < scans; i++)
    if (took[i] > 0) took[got++] = took[i];
  qsort(took, got, sizeof *took, ascending);
  if (!got) return 1;
  printf("%ld %ld %.2f %.2f %.2f %.2f\n", scans, got, took[got / 2], took[got * 9 / 10],
         took[got * 99 / 100], took[got - 1]);
  mosquitto_disconnect(m);
  mosquitto_loop_stop(m, false);
  return got == scans ? 0 : 1;
}
