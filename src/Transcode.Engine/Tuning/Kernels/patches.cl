// Averages each sample with those around it, each by how alike the patches of 5×5 samples around the two are, in a window of 5×5.
//
//   source, target    components of the same size in different buffers
//   columns × rows    of them
//   largest           sample
//   a, b, furthest    of PatchWeights: a difference d counts ⌊d·a·d·b/65,536⌋, and 65,535 where it is beyond furthest
//   fractionBits      of sums of weighted differences
//   scale             1024 / 2^fractionBits
//
// The arithmetic is SpatialDenoiser's: of two samples, the one above the other, or to the left of it in one row, is p, and
// v = (q − p)·w rounded; p gets v and q gets −v. Each item adds up what it gets, so each weight is made twice, and nobody waits for anybody.
// The one division is rounded as IEEE 754 says. A group holds its samples and four more to each side in its own memory; edges are repeated.
// Kernels are named by the bits of a sample.
// Groups of 32 × 8 items, a sample an item. OpenCL C 1.2. Their oracle is ScalarSpatialDenoiser, exactly.

#include "planes.h"

#pragma OPENCL FP_CONTRACT OFF

#define PATCH 2
#define WINDOW 2
#define AROUND (PATCH + WINDOW)
#define TILE_COLUMNS (32 + 2 * AROUND)
#define TILE_ROWS (8 + 2 * AROUND)

// In 32,768ths, of a distance from 0 to 65,535: 2 to the power of minus it over 8,192.
static int weight_of(int distance)
{
    const int fraction = (distance << 3) & 0xFFFF;
    const int power = 65535 - (fraction * (44012 - (int)((uint)(fraction * 11244) >> 16)) >> 16);
    return distance == 65535 ? 0 : (int)((uint)power * (uint)(0x8000 >> (distance >> 13)) >> 16);
}

#define PATCHES(NAME, S)                                                                            \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        PLANE(const S, source), PLANE(S, target), int columns, int rows,                            \
        int largest, int a, int b, int furthest, int fractionBits, float scale)                     \
    {                                                                                               \
        __local ushort tile[TILE_ROWS * TILE_COLUMNS];                                              \
        const int column = (int)get_local_id(0);                                                    \
        const int row = (int)get_local_id(1);                                                       \
        const int x = (int)get_global_id(0);                                                        \
        const int y = (int)get_global_id(1);                                                        \
        for (int i = row * 32 + column; i < TILE_ROWS * TILE_COLUMNS; i += 32 * 8)                  \
        {                                                                                           \
            const int fromX = clamp(x - column - AROUND + i % TILE_COLUMNS, 0, columns - 1);        \
            const int fromY = clamp(y - row - AROUND + i / TILE_COLUMNS, 0, rows - 1);              \
            tile[i] = (ushort)GET(source, fromX, fromY);                                            \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        __local const ushort *own = tile + (row + AROUND) * TILE_COLUMNS + column + AROUND;         \
        const int sample = own[0];                                                                  \
        int sum = 0, shares = 1024;                                                                 \
        for (int down = -WINDOW; down <= WINDOW; down++)                                            \
        {                                                                                           \
            for (int right = -WINDOW; right <= WINDOW; right++)                                     \
            {                                                                                       \
                const bool isInside = x + right >= 0 && x + right < columns && y + down >= 0 && y + down < rows; \
                if (!isInside || (down == 0 && right == 0))                                         \
                {                                                                                   \
                    continue;                                                                       \
                }                                                                                   \
                                                                                                    \
                __local const ushort *other = own + down * TILE_COLUMNS + right;                    \
                int distance = 0;                                                                   \
                for (int i = -PATCH; i <= PATCH; i++)                                               \
                {                                                                                   \
                    for (int j = -PATCH; j <= PATCH; j++)                                           \
                    {                                                                               \
                        const int at = i * TILE_COLUMNS + j;                                        \
                        const int apart = APART((int)own[at], (int)other[at]);                      \
                        distance += apart > furthest ? 65535 : (int)((uint)(apart * a) * (uint)(apart * b) >> 16); \
                    }                                                                               \
                }                                                                                   \
                                                                                                    \
                const int weight = weight_of(min(distance, 65535));                                 \
                const bool isFirst = down > 0 || (down == 0 && right > 0);                          \
                const int difference = isFirst ? (int)other[0] - sample : sample - (int)other[0];   \
                const int weighted = ((difference << fractionBits) * weight + (1 << 14)) >> 15;     \
                sum += isFirst ? weighted : -weighted;                                              \
                shares += (weight * 1024 + (1 << 14)) >> 15;                                        \
            }                                                                                       \
        }                                                                                           \
                                                                                                    \
        const float moved = (float)sum * scale / (float)shares;                                     \
        SET(S, target, x, y, clamp(sample + (int)floor(moved + 0.5f), 0, largest));                 \
    }

PATCHES(patches_8, uchar)
PATCHES(patches_10, ushort)
