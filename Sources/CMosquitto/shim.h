#pragma once
#include <mosquitto.h>
#include <mqtt_protocol.h>
// Options of libmosquitto that are macros with casts or enums that Swift does not import well.
static inline int tm_set_tcp_nodelay(struct mosquitto *m) {
  return mosquitto_int_option(m, MOSQ_OPT_TCP_NODELAY, 1);
}

static inline int tm_set_protocol(struct mosquitto *m, int version) {
  return mosquitto_int_option(m, MOSQ_OPT_PROTOCOL_VERSION, version);
}
static inline int tm_set_receive_maximum(struct mosquitto *m, int value) {
  return mosquitto_int_option(m, MOSQ_OPT_RECEIVE_MAXIMUM, value);
}
