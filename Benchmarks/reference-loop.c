// The least that can be done: commit before ack with stock libmosquitto and SQLite, nothing judged.
//
// One transaction for what has arrived, one row per message with a unique id where it has one,
// fdatasync, and only then the PUBACKs. Prints `reference <messages> <seconds>`.
//
//   reference-loop PORT MESSAGES DATABASE
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 512, RECEIVE_MAXIMUM = 1000 };

static sqlite3 *database;
static sqlite3_stmt *insert, *begin, *commit;
static int in_batch;
static long total;
static double first;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void run(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) {
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(database));
    exit(1);
  }
  sqlite3_reset(statement);
}

static void on_message(struct mosquitto *m, void *u, const struct mosquitto_message *message,
                       const mosquitto_property *p) {
  if (total == 0) first = now();
  if (in_batch == 0) run(begin);
  const char *payload = message->payload;
  sqlite3_bind_text(insert, 1, message->topic, -1, SQLITE_STATIC);
  sqlite3_bind_blob(insert, 2, payload, message->payloadlen, SQLITE_STATIC);
  if (message->payloadlen > 30 && payload[0] == '{')
    sqlite3_bind_text(insert, 3, payload + 7, 20, SQLITE_STATIC);
  else
    sqlite3_bind_null(insert, 3);
  run(insert);
  in_batch++;
  total++;
}

static void on_connect(struct mosquitto *m, void *u, int code, int flags,
                       const mosquitto_property *p) {
  mosquitto_subscribe(m, NULL, "tallyman/main/+/scan", 1);
  fprintf(stderr, "ready\n");
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int port = atoi(arguments[1]);
  long wanted = atol(arguments[2]);
  sqlite3_open(arguments[3], &database);
  sqlite3_exec(database,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE event(seq INTEGER PRIMARY KEY, topic TEXT, payload BLOB, id TEXT);"
               "CREATE UNIQUE INDEX event_id ON event(id) WHERE id IS NOT NULL;",
               0, 0, 0);
  sqlite3_prepare_v2(database, "INSERT INTO event(topic, payload, id) VALUES(?, ?, ?)", -1,
                     &insert, 0);
  sqlite3_prepare_v2(database, "BEGIN IMMEDIATE", -1, &begin, 0);
  sqlite3_prepare_v2(database, "COMMIT", -1, &commit, 0);
  mosquitto_lib_init();
  struct mosquitto *m = mosquitto_new("reference-loop", true, NULL);
  mosquitto_int_option(m, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  mosquitto_int_option(m, MOSQ_OPT_RECEIVE_MAXIMUM, RECEIVE_MAXIMUM);
  mosquitto_threaded_set(m, true);
  mosquitto_connect_v5_callback_set(m, on_connect);
  mosquitto_message_v5_callback_set(m, on_message);
  mosquitto_property *properties = NULL;
  mosquitto_property_add_int16(&properties, MQTT_PROP_RECEIVE_MAXIMUM, RECEIVE_MAXIMUM);
  if (mosquitto_connect_bind_v5(m, "127.0.0.1", port, 60, NULL, properties)) return 1;
  while (total < wanted) {
    int socket = mosquitto_socket(m);
    struct pollfd poller = {socket, POLLIN | (mosquitto_want_write(m) ? POLLOUT : 0), 0};
    poll(&poller, 1, 1000);
    if (poller.revents & POLLIN) {
      do {
        if (mosquitto_loop_read(m, 1)) return 1;
        struct pollfd more = {socket, POLLIN, 0};
        if (poll(&more, 1, 0) <= 0) break;
      } while (in_batch < BATCH);
      if (in_batch) {
        run(commit);
        in_batch = 0;
      }
    }
    while (mosquitto_want_write(m))
      if (mosquitto_loop_write(m, 1)) break;
    mosquitto_loop_misc(m);
  }
  printf("reference %ld %.3f\n", total, now() - first);
  return 0;
}
