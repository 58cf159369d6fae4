#pragma once
#include <curl/curl.h>
#include <stddef.h>
// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot import.
static inline CURLcode tm_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode tm_set_text(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode tm_set_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode tm_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }
typedef size_t (*tm_write_callback)(char *, size_t, size_t, void *);
static inline CURLcode tm_set_write(CURL *h, CURLoption o, tm_write_callback f) { return curl_easy_setopt(h, o, f); }
static inline CURLcode tm_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode tm_get_time(CURL *h, CURLINFO i, curl_off_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode tm_get_text(CURL *h, CURLINFO i, char **v) { return curl_easy_getinfo(h, i, v); }
typedef int (*tm_progress_callback)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode tm_set_progress(CURL *h, tm_progress_callback f) { return curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f); }
typedef int (*tm_seek_callback)(void *, curl_off_t, int);
static inline CURLcode tm_set_seek(CURL *h, tm_seek_callback f) { return curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, f); }
