// Smooths steps between flat areas: a sample near the mean of four around it becomes that mean, with an ordered pattern.
//
//   source, target    components of the same size in different buffers
//   columns × rows    of them
//   threshold         a sample nearer than this to the mean becomes it
//   reach             from a sample to the four, across and down; held within the component
//   dithers           not 0 where what lies between two code values becomes a pattern of 2×2
//
// With s the sum of the four: |c − ⌊s/4⌋| < threshold ? ⌊(s + d)/4⌋ : c, as Debander has it. Kernels are named by the bits of a sample.
// Groups of 32 × 8 items, a sample an item. OpenCL C 1.2. Their oracle is ScalarDebander, exactly.

#include "planes.h"

#define DEBAND(NAME, S)                                                                             \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(PLANE(const S, source), PLANE(S, target), int columns, int rows, int threshold, int reach, int dithers) \
    {                                                                                               \
        const int x = (int)get_global_id(0);                                                        \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const int left = max(x - reach, 0), right = min(x + reach, columns - 1);                    \
        const int above = max(y - reach, 0), below = min(y + reach, rows - 1);                      \
        const int sample = GET(source, x, y);                                                       \
        const int sum = GET(source, left, above) + GET(source, right, above)                        \
            + GET(source, left, below) + GET(source, right, below);                                 \
        const int quarters = dithers ? ((y & 1) ? 3 - 2 * (x & 1) : 2 * (x & 1)) : 0;               \
        SET(S, target, x, y, APART(sample, sum >> 2) < threshold ? (sum + quarters) >> 2 : sample); \
    }

DEBAND(deband_8, uchar)
DEBAND(deband_10, ushort)
