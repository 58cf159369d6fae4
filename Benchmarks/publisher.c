// Publishes scans of 50 scanners at QoS 1 as fast as the broker takes them.
//
//   publisher PORT MESSAGES KIND [CODE]
//
// KIND is `raw` (the payload is CODE) or `json` (with an id of its own per message).
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCANNERS = 50, AHEAD = 5000 };

static volatile long acknowledged;
static volatile int connected;

static void on_publish(struct mosquitto *m, void *u, int id) { acknowledged++; }
static void on_connect(struct mosquitto *m, void *u, int code) { connected = 1; }

int main(int count, char **arguments) {
  if (count < 4) return 2;
  int port = atoi(arguments[1]);
  long messages = atol(arguments[2]);
  int json = !strcmp(arguments[3], "json");
  const char *code = count > 4 ? arguments[4] : "2990022700003";
  mosquitto_lib_init();
  struct mosquitto *m = mosquitto_new(NULL, true, NULL);
  mosquitto_publish_callback_set(m, on_publish);
  mosquitto_connect_callback_set(m, on_connect);
  mosquitto_max_inflight_messages_set(m, 1000);
  if (mosquitto_connect(m, "127.0.0.1", port, 60)) return 1;
  mosquitto_loop_start(m);
  while (!connected) usleep(1000);
  char payload[200], topic[64];
  for (long i = 0; i < messages; i++) {
    int length = json ? snprintf(payload, sizeof payload, "{\"id\":\"%08d-%011ld\",\"code\":\"%s\"}",
                                 getpid(), i, code)
                      : snprintf(payload, sizeof payload, "%s", code);
    snprintf(topic, sizeof topic, "tallyman/main/scanner%ld/scan", i % SCANNERS);
    while (i - acknowledged > AHEAD) usleep(200);
    mosquitto_publish(m, NULL, topic, length, payload, 1, false);
  }
  while (acknowledged < messages) usleep(1000);
  mosquitto_disconnect(m);
  mosquitto_loop_stop(m, false);
  return 0;
}
