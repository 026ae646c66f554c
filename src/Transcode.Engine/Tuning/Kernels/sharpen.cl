// Sharpens by contrast: the less there is around a sample already, and the further it is from black and white, the more.
//
//   source, target    components of the same size in different buffers
//   columns × rows    of them
//   largest           sample
//   divisor           what the root is divided by for the weight, below 0
//
// In single precision with one rounding an operation, divisions and roots rounded as IEEE 754 says: devices that round these otherwise
// are not for this. Sharpener has the formula. Kernels are named by the bits of a sample.
// Groups of 32 × 8 items, a sample an item. OpenCL C 1.2. Their oracle is ScalarSharpener, exactly.

#include "planes.h"

#pragma OPENCL FP_CONTRACT OFF

#define SHARPEN(NAME, S)                                                                            \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(PLANE(const S, source), PLANE(S, target), int columns, int rows, int largest, float divisor) \
    {                                                                                               \
        const int x = (int)get_global_id(0);                                                        \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const int left = max(x - 1, 0), right = min(x + 1, columns - 1);                            \
        const int above = max(y - 1, 0), below = min(y + 1, rows - 1);                              \
        const int up = GET(source, x, above), down = GET(source, x, below);                         \
        const int before = GET(source, left, y), after = GET(source, right, y);                     \
        const int sample = GET(source, x, y);                                                       \
        const int a = GET(source, left, above), c = GET(source, right, above);                      \
        const int g = GET(source, left, below), i = GET(source, right, below);                      \
        const int least = min(min(min(up, down), min(before, after)), sample);                      \
        const int most = max(max(max(up, down), max(before, after)), sample);                       \
        const int n = least + min(least, min(min(a, c), min(g, i)));                                \
        const int m = most + max(most, max(max(a, c), max(g, i)));                                  \
        const int room = max(0, min(n, 2 * largest + 1 - m));                                       \
        const float weight = sqrt(clamp((float)room / (float)max(m, 1), 0.0f, 1.0f)) / divisor;     \
        const float sum = (float)(up + before + after + down) * weight;                             \
        const float sharpened = (sum + (float)sample) / (1.0f + 4.0f * weight);                     \
        SET(S, target, x, y, (int)(clamp(sharpened, 0.0f, (float)largest) + 0.5f));                 \
    }

SHARPEN(sharpen_8, uchar)
SHARPEN(sharpen_10, ushort)
