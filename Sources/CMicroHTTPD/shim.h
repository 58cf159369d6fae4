#pragma once
#include <microhttpd.h>
#include <stdint.h>
